using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Remote;
using LinodeTool.Host;

namespace LinodeTool.Commands;

/// <summary>What commands print on nodes, onto the streams it belongs to; with the node's name before each line where there are several.</summary>
internal sealed class NodeLines(ToolHost host, bool prefixed)
{
    public void Write(NodeOutcome outcome)
    {
        if (outcome.Result is { } result)
        {
            Write(host.Out, host.OutIsTerminal, outcome.Node.Label, result.Output);
            host.Out.Flush(); // what it said on its other stream comes after it
            Write(host.Error, host.ErrorIsTerminal, outcome.Node.Label, result.Error);
        }
    }

    // A node must not steer our terminal, nor break out of its line. What one node says into a pipe is data, and stays as it is.
    private void Write(TextWriter writer, bool isTerminal, string node, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (!prefixed)
        {
            writer.Write(isTerminal ? Shown(text) : text);
            return;
        }

        foreach (var line in (text.EndsWith('\n') ? text[..^1] : text).Split('\n'))
        {
            writer.WriteLine($"{node}: {Shown(line)}");
        }
    }

    private static string Shown(string text) => RemoteText.Printable(text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\r'));
}
