using System.CommandLine;
using System.Text;

namespace LinodeTool.Grammar;

/// <summary>Help pages, made from the same tree that parses: at most two screens each, 80 columns wide.</summary>
internal static class HelpText
{
    private const int Width = 79;

    public static string For(Command command, string path, Root root) => command switch
    {
        Verb verb => OfVerb(verb, path),
        Noun noun => OfNoun(noun, path),
        _ => OfRoot(root),
    };

    public static string Usage(string path, Command command)
    {
        var usage = new StringBuilder(path);
        foreach (var argument in command.Arguments)
        {
            var name = argument.Name.ToUpperInvariant();
            usage.Append(argument.Arity switch
            {
                { MinimumNumberOfValues: > 0, MaximumNumberOfValues: > 1 } => $" {name}…",
                { MinimumNumberOfValues: > 0 } => $" {name}",
                _ => $" [{name}]",
            });
        }

        usage.Append(command.Options.Count > 0 ? " [OPTIONS]" : "");
        return usage.Append((command as Verb)?.Rest switch
        {
            null => "",
            { Needed: true } rest => $" -- {rest.Name}…",
            var rest => $" [-- {rest.Name}…]",
        }).ToString();
    }

    /// <summary>Options every command takes; a page of its own, so that the others stay short.</summary>
    public static string Options(Root root)
    {
        var page = new Page("Options every command takes, anywhere on the line");
        foreach (var (heading, options) in root.Globals.Sections)
        {
            page.Section(heading, options.Select(option => (Name(option), option.Description!)));
        }

        return page.ToString();
    }

    private static string OfRoot(Root root)
    {
        var page = new Page($"linodetool: {root.Description}");
        page.Line("usage  linodetool NOUN VERB [ARGUMENTS] [OPTIONS]");
        foreach (var task in root.Subcommands.Where(command => !command.Hidden).GroupBy(command => (command as Noun)?.Task ?? "about"))
        {
            page.Section(task.Key, task.Select(command => (command.Name, command.Subcommands.Count == 0
                ? command.Description!
                : string.Join(" | ", command.Subcommands.Select(verb => verb.Name)))));
        }

        page.Section("first steps",
        [
            ("no account", "linodetool --emulator cluster create web plans/ha-wordpress.yaml"),
            ("account", "linodetool secret set personal-token -"),
        ]);
        page.Line("More: linodetool NOUN VERB --help");
        page.Line("      linodetool help options, exit-codes, failures, records, environment, nodes");
        return page.ToString();
    }

    private static string OfNoun(Noun noun, string path)
    {
        var page = new Page($"{path}: {noun.Description}");
        page.Section("verbs", noun.Subcommands.Select(verb => (verb.Name, verb.Description!)));
        page.Line($"More: {path} VERB --help");
        return page.ToString();
    }

    private static string OfVerb(Verb verb, string path)
    {
        var page = new Page($"{path}: {verb.Description}");
        page.Line("usage  " + Usage(path, verb));
        page.Section(null, verb.Arguments.Select(argument => (argument.Name.ToUpperInvariant(), argument.Description!))
            .Concat(verb.Rest is { } rest ? [(rest.Name, rest.Description)] : []));
        page.Text(verb.Guide.When);
        page.Section("options", verb.Options.Select(option => (Name(option), option.Description!)));
        page.Section("examples", verb.Guide.Examples.Select(example => ("linodetool " + example, "")));
        page.Section("exit codes", verb.Guide.ExitNotes.Select(note => (note, "")));
        page.Line($"related  {string.Join(", ", verb.Guide.Related)}");
        page.Line("Options every command takes: linodetool help options");
        return page.ToString();
    }

    private static string Name(Option option) =>
        string.Concat(option.Aliases.Select(alias => alias + ", ")) + option.Name + (option.HelpName is { } value ? " " + value : "");

    private sealed class Page
    {
        private readonly StringBuilder text = new();

        public Page(string title) => text.Append(title).Append('\n');

        public void Line(string line) => text.Append('\n').Append(line).Append('\n');

        public void Text(string words)
        {
            text.Append('\n');
            Wrap(words, "");
        }

        public void Section(string? heading, IEnumerable<(string Name, string Words)> lines)
        {
            var all = lines.ToList();
            if (all.Count == 0)
            {
                return;
            }

            text.Append('\n').Append(heading is null ? "" : heading + "\n");
            var column = Math.Min(30, all.Where(line => line.Words.Length > 0).Select(line => line.Name.Length).DefaultIfEmpty().Max() + 4);
            foreach (var (name, words) in all)
            {
                if (words.Length == 0)
                {
                    text.Append("  ").Append(name).Append('\n');
                    continue;
                }

                text.Append(("  " + name).PadRight(column)).Append(name.Length + 2 >= column ? "  " : "");
                Wrap(words, new string(' ', column));
            }
        }

        public override string ToString() => text.ToString();

        /// <summary>Words in lines; the first goes on where the text stands.</summary>
        private void Wrap(string words, string indent)
        {
            var length = LastLineLength();
            var first = true;
            foreach (var word in words.Split(' '))
            {
                if (!first && length + 1 + word.Length > Width)
                {
                    text.Append('\n').Append(indent);
                    (length, first) = (indent.Length, true);
                }

                text.Append(first ? "" : " ").Append(word);
                length += word.Length + (first ? 0 : 1);
                first = false;
            }

            text.Append('\n');
        }

        private int LastLineLength()
        {
            var length = 0;
            while (length < text.Length && text[text.Length - 1 - length] != '\n')
            {
                length++;
            }

            return length;
        }
    }
}
