using LinodeTool.Output;

namespace LinodeTool.Tests.Output;

public sealed class InkTests
{
    [Theory]
    [InlineData("auto", true, "TERM=xterm", true)]
    [InlineData("auto", false, "TERM=xterm", false)]
    [InlineData("auto", true, "TERM=dumb", false)]
    [InlineData("auto", true, "", false)]
    [InlineData("auto", true, "TERM=xterm NO_COLOR=1", false)]
    [InlineData("auto", false, "TERM=xterm FORCE_COLOR=1", true)]
    [InlineData("auto", false, "TERM=xterm FORCE_COLOR=1 NO_COLOR=1", false)]
    [InlineData("always", false, "NO_COLOR=1", true)]
    [InlineData("never", true, "TERM=xterm FORCE_COLOR=1", false)]
    public void The_option_beats_no_color_beats_force_color_beats_the_terminal(string color, bool terminal, string environment, bool painted)
    {
        using var tool = new TestTool();
        foreach (var pair in environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')))
        {
            tool.Environment[pair[0]] = pair[1];
        }

        Assert.Equal(painted, Ink.For(tool.Host, color, terminal).On);
    }
}
