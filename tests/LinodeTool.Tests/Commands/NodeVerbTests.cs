using LinodeTool.Commands;
using LinodeTool.Grammar;

namespace LinodeTool.Tests.Commands;

public sealed class NodeVerbTests
{
    [Theory]
    [InlineData("node exec a b -- uname -a", "a b", "uname -a")]
    [InlineData("node exec a -o json -- grep -o json --dry-run -- x", "a", "grep -o json --dry-run -- x")]
    public void What_follows_the_dashes_is_the_command_whatever_looks_like_an_option_in_it(string line, string nodes, string command)
    {
        var parsed = Parsing.Parse(CommandTree.Build(), line.Split(' '));

        Assert.Empty(parsed.Errors);
        Assert.Equal(nodes.Split(' '), parsed.GetValue<string[]>("node"));
        Assert.Equal(command.Split(' '), Rest.In(line.Split(' ')));
    }

    [Theory]
    [InlineData("node exec web-1", "CMD is missing")]
    [InlineData("node exec web-1 uptime", "CMD is missing")]
    [InlineData("node exec -- uptime", "NODE is missing")]
    [InlineData("cluster exec web uptime", "there is nothing for \"uptime\" to mean here")]
    [InlineData("cluster exec web --", "CMD is missing")]
    [InlineData("cluster exec web --parallel 0 -- uptime", "--parallel cannot be \"0\"")]
    [InlineData("cluster exec web --timeout 5 -- uptime", "--timeout cannot be \"5\"")]
    [InlineData("node ssh web-1", "there is no terminal to open a shell at")]
    [InlineData("node trust web-1", "KEY is missing")]
    [InlineData("node trust web-1 no-such.pub", "KEY is not an SSH public key")]
    [InlineData("node trust web-1 -", "KEY is not an SSH public key")]
    [InlineData("emulator run", "CMD is missing")]
    public async Task A_line_that_cannot_be_meant_is_refused_before_anything_is_looked_up(string line, string said)
    {
        using var tool = new TestTool();

        Assert.Equal(2, await tool.RunAsync(line.Split(' ')));
        Assert.Contains(said, tool.Error);
        Assert.Empty(tool.Out);
    }

    [Theory]
    [InlineData("cluster exec web -- uptime")]
    [InlineData("cluster ssh web web-1 -- uptime")]
    [InlineData("node exec web-1 -- uptime")]
    [InlineData("node why web-1")]
    public async Task What_does_not_exist_ends_with_5(string line)
    {
        using var tool = new TestTool();

        Assert.Equal(5, await tool.RunAsync(line.Split(' ')));
        Assert.StartsWith("error LCT4", tool.Error);
    }

    [Fact]
    public void One_word_is_a_line_for_a_shell_and_several_are_taken_as_they_are()
    {
        Assert.Equal(["sh", "-c", "df -h | tail -1"], NodeCommand.Words(["df -h | tail -1"]));
        Assert.Equal(["echo", "a b"], NodeCommand.Words(["echo", "a b"]));
        Assert.Empty(NodeCommand.Words([]));
    }
}
