using System.Collections.Concurrent;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Remote.OpenSsh;
using LinodeClusterToolkit.Secrets;

namespace LinodeClusterToolkit.Clusters.Exports;

/// <summary>Gathers what a form needs of a cluster, and has it written.</summary>
/// <param name="exporters">All forms.</param>
/// <param name="store">The records.</param>
/// <param name="remote">Where keys are.</param>
/// <param name="ssh">How nodes are reached from here.</param>
/// <param name="cloud">Asked for what is in no record; opened when it is.</param>
/// <param name="folder">Where keys go unless somebody says, a folder for each cluster.</param>
internal sealed class Exports(
    IReadOnlyList<IExporter> exporters, IInventoryStore store, RemoteAccess remote, SshSettings ssh, Func<ILinodeCloud> cloud, string folder)
{
    // Each asks a program of this machine.
    private const int MostRoutes = 8;

    /// <exception cref="LinodeToolkitException">There is no such form, a key is missing, or the folder of keys cannot be used.</exception>
    public async Task<ClusterExport> ExportAsync(ClusterView view, string format, string? keys, CancellationToken cancellation)
    {
        var exporter = exporters.FirstOrDefault(one => one.Format.Name == format)
            ?? throw new LinodeToolkitException(ExportProblems.NoSuchFormat(format, [.. exporters.Select(one => one.Format.Name)]));
        var subject = new ExportSubject(view, await NodesAsync(view, cancellation).ConfigureAwait(false));
        var kept = exporter.Format.NeedsKeys ? new KeyFolder(Path.GetFullPath(keys ?? Path.Combine(folder, view.Cluster.Name))) : null;
        if (kept is not null)
        {
            kept.Open();
            subject = subject with { Nodes = await WithKeysAsync(subject.Nodes, kept, exporter.WantsRoutes, cancellation).ConfigureAwait(false) };
            kept.Close(isOwn: keys is null);
        }

        subject = exporter.Format.AsksCloud ? await WithPortsAsync(subject, cancellation).ConfigureAwait(false) : subject;
        IReadOnlyList<NodeRecord> leftOut = kept is null ? [] : [.. subject.LeftOut.Select(node => node.Node)];
        return new(exporter.Format, exporter.Write(subject), subject.Nodes.Count - leftOut.Count, leftOut)
        {
            KeyFolder = kept?.Path, Keys = kept?.Keys ?? 0,
        };
    }

    private async Task<IReadOnlyList<ExportNode>> NodesAsync(ClusterView view, CancellationToken cancellation)
    {
        var nodes = new List<ExportNode>();
        foreach (var cluster in view.Members.Count > 0 ? view.Members : [view])
        {
            var book = await ClusterBook.OpenAsync(store, cluster.Cluster, remote.Time, cancellation).ConfigureAwait(false);

            // A node that was made anew under the label of one that is gone stands for both.
            var there = book.Nodes.Where(node => node.State != NodeState.Gone).Select(node => node.Label).ToHashSet(StringComparer.Ordinal);
            nodes.AddRange(book.Nodes.Where(node => node.State != NodeState.Gone || !there.Contains(node.Label))
                .OrderBy(node => node.Region, StringComparer.Ordinal).ThenBy(node => node.Group, StringComparer.Ordinal).ThenBy(node => node.Ordinal)
                .Select(node => new ExportNode(book, node, ExportNode.WhyNotReached(node))));
        }

        return nodes;
    }

    private async Task<IReadOnlyList<ExportNode>> WithKeysAsync(
        IReadOnlyList<ExportNode> nodes, KeyFolder keys, bool routes, CancellationToken cancellation)
    {
        var (way, found) = (new LastingWay(ssh), new ConcurrentDictionary<(ClusterBook Book, string Key), ExportNode>());
        foreach (var cluster in nodes.Where(node => node.WhyNot is null).GroupBy(node => node.Book))
        {
            // A key that is not there is missed, and not made: it would open nothing.
            var sought = "";
            var identities = new NodeIdentities(
                remote.Secrets, cluster.Key.Cluster.Id, RemoteAccess.PolicyOf(cluster.Key.Cluster).Keys,
                _ => throw new LinodeToolkitException(ExportProblems.NoKey(sought, remote.Secrets.Description)));
            foreach (var node in cluster)
            {
                sought = node.Label;
                found[(node.Book, node.Node.Key)] = await WithKeyAsync(node, identities, way, keys, cancellation).ConfigureAwait(false);
            }
        }

        if (routes)
        {
            await Parallel.ForEachAsync(
                found.Keys, new ParallelOptions { MaxDegreeOfParallelism = MostRoutes, CancellationToken = cancellation },
                async (key, token) => found[key] = found[key] with { Route = await way.RouteAsync(found[key].Host!, token).ConfigureAwait(false) })
                .ConfigureAwait(false);
        }

        return [.. nodes.Select(node => found.GetValueOrDefault((node.Book, node.Node.Key), node))];
    }

    private async Task<ExportNode> WithKeyAsync(
        ExportNode node, NodeIdentities identities, LastingWay way, KeyFolder keys, CancellationToken cancellation)
    {
        var host = ConfigurationTools.HostOf(node.Node, keys.KnownHosts);
        RemotePath.DemandGood(host);
        var pair = await identities.AdminAsync(node.Label, node.Node.Region, node.Node.Group, cancellation).ConfigureAwait(false);
        var file = keys.Keep(node.Label, pair);
        keys.Know(node);
        return node with { Host = host, KeyFile = file, Way = new RemoteWay(way.Program, way.Options(host, file)) };
    }

    // What cannot be asked for is left out and said in the text: all the rest is known here.
    private async Task<ExportSubject> WithPortsAsync(ExportSubject subject, CancellationToken cancellation)
    {
        var ports = new Dictionary<long, IReadOnlyList<CloudBalancerPort>>();
        try
        {
            foreach (var id in subject.View.Resources.Where(made => made.Kind == ResourceKind.Balancer).Select(made => made.CloudId).OfType<long>())
            {
                ports[id] = await cloud().GetBalancerPortsAsync(id, cancellation).ConfigureAwait(false);
            }

            return subject with { Ports = ports };
        }
        catch (LinodeToolkitException failed)
        {
            return subject with { Ports = ports, NoPorts = failed.Problem.What };
        }
    }
}
