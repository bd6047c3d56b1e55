using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Clusters.Exports;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Remote.OpenSsh;
using LinodeClusterToolkit.Tests.Changes;
using LinodeClusterToolkit.Tests.Configuration;

namespace LinodeClusterToolkit.Tests.Clusters.Exports;

/// <summary>Small clusters as those who write them down get them.</summary>
internal static class Exported
{
    /// <summary>Nodes at 203.0.113.1, …2 with ids from 100; each as the test changes it.</summary>
    public static async Task<ExportSubject> OfAsync(
        IReadOnlyList<ResolvedNode> nodes, Func<NodeRecord, NodeRecord>? change = null, SshSettings? ssh = null, params ResourceRecord[] resources)
    {
        var book = (await Inside.OfAsync(new ScriptedShell(), [.. nodes])).Book;
        foreach (var node in book.Nodes.OrderBy(node => node.LinodeId))
        {
            await book.SaveNodeAsync((change ?? (same => same))(node with { State = NodeState.Ready, Power = "running" }));
        }

        var way = new LastingWay(ssh ?? new());
        var all = book.Nodes.OrderBy(node => node.Group, StringComparer.Ordinal).ThenBy(node => node.Ordinal).Select(node =>
        {
            var host = ConfigurationTools.HostOf(node, "/keys/known_hosts");
            var file = $"/keys/{node.Label}.key";
            return new ExportNode(book, node, ExportNode.WhyNotReached(node))
            {
                Host = host, KeyFile = file, Way = new RemoteWay(way.Program, way.Options(host, file)),
            };
        });
        return new(new ClusterView(Small.Cluster, [.. book.Nodes.Where(node => node.State != NodeState.Gone)], resources, null, null), [.. all]);
    }
}
