using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Remote;
using LinodeTool.Commands;

namespace LinodeTool.Tests.Commands;

public sealed class NodeLinesTests
{
    [Fact]
    public void Lines_of_several_nodes_carry_the_nodes_name_and_steer_no_terminal()
    {
        using var tool = new TestTool();

        new NodeLines(tool.Host, prefixed: true).Write(Said("one\n\ntwo \u001b[31m\r\n", "oh\u202e"));

        Assert.Equal("web-1: one\nweb-1: \nweb-1: two \\u001b[31m\n", tool.Out);
        Assert.Equal("web-1: oh\\u202e\n", tool.Error);
    }

    [Fact]
    public void What_one_node_says_stays_as_it_is_in_a_pipe_and_is_made_harmless_at_a_terminal()
    {
        using var pipe = new TestTool();
        using var terminal = new TestTool { AtTerminal = true };

        new NodeLines(pipe.Host, prefixed: false).Write(Said("a\u001b[0m\r\nb", ""));
        new NodeLines(terminal.Host, prefixed: false).Write(Said("a\u001b[0m\r\nb", ""));

        Assert.Equal(("a\u001b[0m\r\nb", "a\\u001b[0m\nb"), (pipe.Out, terminal.Out));
    }

    private static NodeOutcome Said(string output, string error) => new(
        new NodeRecord(Guid.Empty, "us-east/web/1", "web-1", "us-east", "web", 1, "t", "i", "web-1", [], NodeState.Ready),
        new RemoteResult(0, output, error, TimeSpan.Zero), null);
}
