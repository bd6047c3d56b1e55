using System.CommandLine;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class HelpCommand
{
    private const string Options = "options";

    private static readonly Guide Guide = new(
        "To read about a command or a topic.",
        ["help cluster create", "help exit-codes", "help environment"],
        ["version", "completion"]);

    public static Verb Create()
    {
        var about = new Argument<string[]>("about") { Description = "A command, or a topic", Arity = ArgumentArity.ZeroOrMore };
        return new Verb("help", "Explain a command or a topic", Guide, context =>
        {
            context.View.Raw(Page(context.Root, context.Value(about)));
            return Task.FromResult(ExitCode.Done);
        })
        {
            about,
        };
    }

    private static string Page(Root root, string[] words)
    {
        if (words is [Options])
        {
            return HelpText.Options(root);
        }

        if (words is [var topic] && Resources.Text("topic." + topic) is { } page)
        {
            return page;
        }

        Command command = root;
        foreach (var word in words)
        {
            command = command.Subcommands.FirstOrDefault(sub => sub.Name == word || sub.Aliases.Contains(word)) ?? throw new LinodeToolkitException(
                CommandProblems.NoTopic(string.Join(' ', words), [.. Resources.Names("topic."), Options, .. Paths(root)]));
        }

        return HelpText.For(command, string.Join(' ', words.Prepend(root.Name)), root);
    }

    private static IEnumerable<string> Paths(Root root) => root.Subcommands.Where(command => !command.Hidden)
        .SelectMany(command => command.Subcommands.Select(verb => $"{command.Name} {verb.Name}").Prepend(command.Name));
}
