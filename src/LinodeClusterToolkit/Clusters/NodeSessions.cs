using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What a command came to on one of several nodes: a result, or why there is none.</summary>
public sealed record NodeOutcome(NodeRecord Node, RemoteResult? Result, Problem? Problem);

/// <summary>What is known of a node that is not as it should be.</summary>
/// <param name="Node">Its record.</param>
/// <param name="Steps">Its steps in the cluster's last run, as the journal has them.</param>
/// <param name="Log">The last lines of what ran on it.</param>
public sealed record NodeStory(NodeRecord Node, IReadOnlyList<JournalEntry> Steps, IReadOnlyList<string> Log);

/// <summary>Commands, files and sessions on nodes that stand.</summary>
internal sealed class NodeSessions(RemoteAccess remote, NodeLog logs, IInventoryStore store, ITaskJournal journal)
{
    // As for a node that answered before.
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    public async Task<RemoteResult> RunAsync(NodeRecord node, ShellCommand command, CancellationToken cancellation)
    {
        var host = await ConnectAsync(node, cancellation).ConfigureAwait(false);
        return await remote.Shell.Value.RunAsync(host, command, cancellation).ConfigureAwait(false);
    }

    /// <summary>Outcomes as they come; what fails on one node does not stop the others.</summary>
    public async IAsyncEnumerable<NodeOutcome> RunAsync(
        IReadOnlyList<NodeRecord> nodes, ShellCommand command, int parallel, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var outcomes = Channel.CreateUnbounded<NodeOutcome>();
        var work = Task.Run(
            async () =>
            {
                try
                {
                    await Parallel.ForEachAsync(nodes, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation },
                        async (node, token) => await outcomes.Writer.WriteAsync(await TryAsync(node, command, token).ConfigureAwait(false), token)
                            .ConfigureAwait(false)).ConfigureAwait(false);
                }
                finally
                {
                    outcomes.Writer.Complete();
                }
            },
            cancellation);
        await foreach (var outcome in outcomes.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            yield return outcome;
        }

        await work.ConfigureAwait(false);
    }

    public async Task UploadAsync(NodeRecord node, string local, string path, CancellationToken cancellation) =>
        await remote.Shell.Value.UploadAsync(await ConnectAsync(node, cancellation).ConfigureAwait(false), local, path, cancellation).ConfigureAwait(false);

    public async Task DownloadAsync(NodeRecord node, string path, string local, CancellationToken cancellation) =>
        await remote.Shell.Value.DownloadAsync(await ConnectAsync(node, cancellation).ConfigureAwait(false), path, local, cancellation)
            .ConfigureAwait(false);

    public async Task<IReadOnlyList<string>> SessionAsync(
        NodeRecord node, IReadOnlyList<string> command, bool terminal, CancellationToken cancellation)
    {
        var host = await HostAsync(node, cancellation).ConfigureAwait(false);
        return await remote.Shell.Value.SessionAsync(host, command, terminal, cancellation).ConfigureAwait(false);
    }

    public async Task<NodeStory> WhyAsync(NodeRecord node, int lines, CancellationToken cancellation)
    {
        var cluster = await store.ClusterOfAsync(node.ClusterId, cancellation).ConfigureAwait(false);
        var steps = cluster.LastRun is { } run ? await journal.ReadAsync(run, cancellation).ConfigureAwait(false) : [];
        var own = steps.Where(step => step.Step.EndsWith($" {node.Label}", StringComparison.Ordinal)
            || step.Step.Contains($" {node.Label}/", StringComparison.Ordinal) || step.Step.StartsWith($"{node.Label} ", StringComparison.Ordinal));
        return new(node, [.. own], logs.Tail(node.Label, lines));
    }

    private async Task<NodeOutcome> TryAsync(NodeRecord node, ShellCommand command, CancellationToken cancellation)
    {
        try
        {
            return new(node, await RunAsync(node, command, cancellation).ConfigureAwait(false), null);
        }
        catch (LinodeToolkitException failed)
        {
            return new(node, null, failed.Problem);
        }
    }

    private async Task<RemoteHost> ConnectAsync(NodeRecord node, CancellationToken cancellation)
    {
        var host = await HostAsync(node, cancellation).ConfigureAwait(false);
        await remote.Shell.Value.ConnectAsync(host, Within, null, cancellation).ConfigureAwait(false);
        return host;
    }

    private async Task<RemoteHost> HostAsync(NodeRecord node, CancellationToken cancellation)
    {
        if (node.PublicIpv4 is null || node.HostKeys.Count == 0)
        {
            throw new LinodeToolkitException(ClusterProblems.NotReachable(node.Label, node.State));
        }

        var cluster = await store.ClusterOfAsync(node.ClusterId, cancellation).ConfigureAwait(false);
        var book = await ClusterBook.OpenAsync(store, cluster, remote.Time, cancellation).ConfigureAwait(false);
        return await remote.ToolsFor(book, remote.IdentitiesOf(cluster)).HostAsync(node.Key, cancellation).ConfigureAwait(false);
    }
}
