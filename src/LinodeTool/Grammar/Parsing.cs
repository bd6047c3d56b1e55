using System.CommandLine;
using System.CommandLine.Parsing;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeTool.Grammar;

/// <summary>The one place that knows the habits of System.CommandLine: it only splits the line, what is wrong we say ourselves.</summary>
internal static class Parsing
{
    public static ParseResult Parse(Root root, IReadOnlyList<string> args)
    {
        try
        {
            // A plain command as root and no response files: "@x" is a value like any other, and a link named like a command does no harm.
            var parsed = Split(root, args);
            return parsed.CommandResult.Command is Verb { Rest: not null } ? Split(root, [.. args.TakeWhile(word => word != Rest.Mark)]) : parsed;
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new LinodeToolkitException(UsageProblems.Unreadable(failure.Message), failure);
        }
    }

    private static ParseResult Split(Root root, IReadOnlyList<string> args) =>
        CommandLineParser.Parse(root, args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    /// <summary>True where the line holds the option; the parser also has a result for flags that nobody gave.</summary>
    public static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Path as typed, without aliases: <c>linodetool cluster create</c>.</summary>
    public static string PathOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (SymbolResult? result = parsed.CommandResult; result is not null; result = result.Parent)
        {
            if (result is CommandResult command)
            {
                names.Insert(0, command.Command.Name);
            }
        }

        return string.Join(' ', names);
    }

    public static IEnumerable<Problem> ProblemsIn(ParseResult parsed, Root root)
    {
        var (path, command) = (PathOf(parsed), parsed.CommandResult.Command);
        if (command is not Verb)
        {
            var verbs = command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name).ToList();
            var word = parsed.UnmatchedTokens.FirstOrDefault(token => !IsOption(token));
            var option = parsed.UnmatchedTokens.FirstOrDefault(IsOption);
            return [word is not null ? UsageProblems.UnknownCommand(word, path, verbs)
                : option is not null ? UsageProblems.UnknownOption(option, path, OptionsOf(command, root))
                : UsageProblems.MissingVerb(path, verbs)];
        }

        var usage = HelpText.Usage(path, command);
        var options = parsed.UnmatchedTokens.Where(IsOption).ToList();
        return options.Count > 0 // a word after it may be its value
            ? options.Select(option => UsageProblems.UnknownOption(option, path, OptionsOf(command, root)))
            : parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens.Select(word => UsageProblems.TooMuch(word, path, usage))
            : parsed.Errors.Select(error => Translate(error, path, usage)).Distinct();
    }

    private static Problem Translate(ParseError error, string path, string usage) => error.SymbolResult switch
    {
        OptionResult { IdentifierTokenCount: > 1 } option => UsageProblems.GivenTwice(option.Option.Name, path),
        OptionResult option => UsageProblems.MissingValue(option.Option.Name, path, option.Option.Description),
        ArgumentResult { Tokens.Count: 0, Parent: OptionResult option } => UsageProblems.MissingValue(option.Option.Name, path,
            option.Option.Description),
        ArgumentResult { Tokens.Count: 0 } argument => UsageProblems.MissingArgument(argument.Argument.Name, path, usage),
        CommandResult command when command.Command.Arguments.FirstOrDefault(one => one.Arity.MinimumNumberOfValues > 0) is { } missing =>
            UsageProblems.MissingArgument(missing.Name, path, usage),
        _ => UsageProblems.Unreadable(error.Message),
    };

    private static bool IsOption(string token) => token.Length > 1 && token[0] == '-';

    private static IEnumerable<string> OptionsOf(Command command, Root root) =>
        command.Options.Concat(root.Options).SelectMany(option => option.Aliases.Prepend(option.Name))
            .Where(name => name.StartsWith("--", StringComparison.Ordinal));
}

/// <summary>The tree's root: the program itself with the options every command takes.</summary>
internal sealed class Root : Command
{
    public Root()
        : base("linodetool", "Clusters of servers on the Linode cloud from one plan and one command") => Globals.AddTo(this);

    public GlobalOptions Globals { get; } = new();
}
