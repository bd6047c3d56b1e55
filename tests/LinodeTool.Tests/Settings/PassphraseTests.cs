using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Settings;

namespace LinodeTool.Tests.Settings;

public sealed class PassphraseTests
{
    [Fact]
    public void The_environment_comes_first_and_nobody_is_asked_then()
    {
        using var tool = new TestTool();
        tool.Environment["LCT_PASSPHRASE"] = "of the toolkit";
        Assert.Equal("of the toolkit", Find(tool, _ => throw new InvalidOperationException("asked")));

        tool.Environment["LINODETOOL_PASSPHRASE"] = "of the tool";
        Assert.Equal("of the tool", Find(tool, _ => throw new InvalidOperationException("asked")));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("9876")]
    [InlineData("99999999999")]
    public void A_descriptor_that_is_none_is_refused(string number)
    {
        using var tool = new TestTool();
        tool.Environment["LINODETOOL_PASSPHRASE_FD"] = number;

        Assert.Contains("LINODETOOL_PASSPHRASE_FD", Refusal(() => Find(tool)).What);
    }

    [Fact]
    public void Where_the_file_is_there_it_is_asked_for_once()
    {
        using var tool = new TestTool();
        tool.Write("secrets.age", "");
        var asked = new List<string>();

        Assert.Equal("typed", Find(tool, Answers(asked, "typed")));
        Assert.Equal(["passphrase of the secrets: "], asked);
    }

    [Fact]
    public void A_new_one_is_asked_for_twice()
    {
        using var tool = new TestTool();
        var asked = new List<string>();

        Assert.Equal("typed", Find(tool, Answers(asked, "typed", "typed")));
        Assert.Equal(2, asked.Count);
        Assert.Equal("LCT1524", Refusal(() => Find(tool, Answers(asked, "typed", "tyepd"))).Code);
    }

    [Fact]
    public void Where_there_is_none_and_nobody_to_ask_all_places_are_named()
    {
        using var tool = new TestTool();

        var problem = Refusal(() => Find(tool));

        Assert.Equal(("LCT3005", ExitCode.NoAccess), (problem.Code, ExitCodes.For(problem)));
        Assert.StartsWith("looked at LINODETOOL_PASSPHRASE, LCT_PASSPHRASE, LINODETOOL_PASSPHRASE_FD", problem.Why);
        Assert.Equal("LCT3005", Refusal(() => Find(tool, _ => "")).Code);
    }

    private static Func<string, string?> Answers(List<string> asked, params string[] answers)
    {
        var left = new Queue<string>(answers);
        return prompt =>
        {
            asked.Add(prompt);
            return left.Dequeue();
        };
    }

    private static string Find(TestTool tool, Func<string, string?>? ask = null) =>
        new PassphraseFinder(tool.Host, ask, Path.Combine(tool.Home, "secrets.age")).Find().Reveal();

    private static Problem Refusal(Action work) => Assert.Throws<LinodeToolkitException>(work).Problem;
}
