using System.CommandLine;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

/// <summary>Where in the grammar the word to be completed stands.</summary>
/// <param name="Words">Commands or options that fit there.</param>
/// <param name="Argument">Name of the argument or option whose value is wanted; null where a word of the grammar is.</param>
internal sealed record Completion(IEnumerable<string> Words, string? Argument)
{
    /// <summary>The cluster named before, whose nodes and groups are meant; null where none is.</summary>
    public string? Cluster { get; private init; }

    public static Completion Locate(Root root, IReadOnlyList<string> words)
    {
        Command command = root;
        var position = 0;
        string? cluster = null;
        for (var i = 0; i < words.Count - 1; i++)
        {
            if (words[i] == Rest.Mark)
            {
                return new([], ""); // a command for elsewhere, of which nothing is known here
            }

            if (words[i].StartsWith('-'))
            {
                cluster = words[i] == "--cluster" && i < words.Count - 2 ? words[i + 1] : cluster;
                i += Find(root, command, words[i]) is { Arity.MaximumNumberOfValues: > 0 } ? 1 : 0;
            }
            else if (command.Subcommands.FirstOrDefault(sub => sub.Name == words[i] || sub.Aliases.Contains(words[i])) is { } sub)
            {
                command = sub;
            }
            else
            {
                cluster = position == 0 && command.Arguments is [var first, ..] && NameOf(command, first.Name) == "cluster" ? words[i] : cluster;
                position++;
            }
        }

        if (words.Count > 1 && Find(root, command, words[^2]) is { Arity.MaximumNumberOfValues: > 0 } option)
        {
            return new([], option.Name.TrimStart('-')) { Cluster = cluster };
        }

        return words[^1].StartsWith('-') ? new(command.Options.Concat(root.Options).Select(one => one.Name), null)
            : command.Subcommands.Count > 0 ? new(command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name), null)
            : position < command.Arguments.Count ? new([], NameOf(command, command.Arguments[position].Name)) { Cluster = cluster }
            : new([], command.Arguments is [.., { Arity.MaximumNumberOfValues: > 1 } last] ? NameOf(command, last.Name) : "");
    }

    /// <summary>An argument <c>name</c> is that of the noun's thing; images with a noun of their own are the account's.</summary>
    private static string NameOf(Command command, string argument) => argument != "name" ? argument
        : command.Parents.OfType<Noun>().FirstOrDefault()?.Name switch { null => argument, "image" => "own-image", var noun => noun };

    private static Option? Find(Root root, Command command, string word) =>
        command.Options.Concat(root.Options).FirstOrDefault(option => option.Name == word || option.Aliases.Contains(word));
}
