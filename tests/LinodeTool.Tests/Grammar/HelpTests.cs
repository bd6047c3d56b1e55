using System.CommandLine;
using LinodeTool.Grammar;

namespace LinodeTool.Tests.Grammar;

public sealed class HelpTests
{
    public static TheoryData<string> Pages()
    {
        var root = CommandTree.Build();
        return [.. root.Subcommands.Where(command => !command.Hidden).SelectMany(
            command => command.Subcommands.Select(verb => $"{command.Name} {verb.Name}").Prepend(command.Name)).Prepend("").Append("options")];
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task Every_page_is_as_approved_and_fits_two_screens(string page)
    {
        using var tool = new TestTool();

        var code = await tool.RunAsync(["help", .. page.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(0, code);
        Approved.Matches("help" + (page.Length > 0 ? "-" + page.Replace(' ', '-') : ""), tool.Out);
        Assert.InRange(tool.Out.Count(letter => letter == '\n'), 1, 48);
        Assert.All(tool.Out.Split('\n').Where(line => !line.StartsWith("  linodetool ", StringComparison.Ordinal)), line =>
            Assert.InRange(line.Length, 0, 86));
    }

    [Fact]
    public async Task Help_and_the_help_option_say_the_same()
    {
        using var one = new TestTool();
        using var other = new TestTool();

        await one.RunAsync("help", "cluster", "create");
        await other.RunAsync("cluster", "create", "--help");

        Assert.Equal(one.Out, other.Out);
    }

    [Fact]
    public void Every_verb_has_two_examples_that_parse_and_related_commands_that_exist()
    {
        var root = CommandTree.Build();
        var paths = Verbs(root).Select(verb => Path(verb)).ToHashSet();
        foreach (var verb in Verbs(root).Where(verb => !verb.Hidden))
        {
            Assert.True(verb.Guide.Examples.Count >= 2, Path(verb));
            Assert.All(verb.Guide.Examples, example =>
            {
                var parsed = Parsing.Parse(CommandTree.Build(), Split(example));
                Assert.Empty(parsed.Errors);
                Assert.IsType<Verb>(parsed.CommandResult.Command);
            });
            Assert.All(verb.Guide.Related, related => Assert.Contains(related, paths));
        }
    }

    [Theory, InlineData("exit-codes"), InlineData("failures"), InlineData("records"), InlineData("environment"), InlineData("output"), InlineData("nodes")]
    [InlineData("vault"), InlineData("queries"), InlineData("workers")]
    public async Task A_topic_fits_two_screens(string topic)
    {
        using var tool = new TestTool();

        Assert.Equal(0, await tool.RunAsync("help", topic));
        Assert.InRange(tool.Out.Count(letter => letter == '\n'), 10, 48);
        Assert.All(tool.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    private static IEnumerable<Verb> Verbs(Command command) =>
        command.Subcommands.SelectMany(Verbs).Concat(command is Verb verb ? [verb] : []);

    private static string Path(Verb verb) => verb.Parents.OfType<Noun>().FirstOrDefault() is { } noun ? $"{noun.Name} {verb.Name}" : verb.Name;

    /// <summary>Words as a shell splits them.</summary>
    private static string[] Split(string line)
    {
        var words = new List<string>();
        var (word, quoted) = ("", false);
        foreach (var letter in line + " ")
        {
            if (letter == '\'')
            {
                quoted = !quoted;
            }
            else if (letter == ' ' && !quoted)
            {
                words.AddRange(word.Length > 0 ? [word] : []);
                word = "";
            }
            else
            {
                word += letter;
            }
        }

        return [.. words.TakeWhile(one => one != ">")];
    }
}
