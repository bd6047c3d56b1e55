using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Clusters.Storage;

/// <summary>A cluster whose lease is held while one of its volumes or nodes is worked on, with its records as they are under the lease.</summary>
internal sealed class StorageSite : IAsyncDisposable
{
    private readonly HeldLease held;

    private StorageSite(Workshop shop, RemoteAccess remote, HeldLease held, ClusterBook book)
    {
        (Shop, this.held, Book, Identities) = (shop, held, book, remote.IdentitiesOf(book.Cluster));
        Inside = remote.ToolsFor(book, Identities);
    }

    public Workshop Shop { get; }

    public ClusterBook Book { get; }

    public NodeIdentities Identities { get; }

    public ConfigurationTools Inside { get; }

    public ILinodeCloud Cloud => Shop.Cloud;

    public ClusterRecord Cluster => Book.Cluster;

    public ResolvedPlan Plan => ResolvedPlanJson.Read(Book.Cluster.Resolved);

    public static async Task<StorageSite> OpenAsync(
        Workshop usual, RemoteAccess remote, ClusterRecord cluster, string purpose, CancellationToken cancellation)
    {
        var shop = usual.For(cluster);
        var held = await HeldLease.TakeAsync(shop.Leases, cluster.Name, purpose, shop.Self, shop.Time, cancellation).ConfigureAwait(false);
        try
        {
            var under = shop.Under(held.Lease);
            return new(under, remote, held, await ClusterBook.OpenAsync(under.Store, cluster, shop.Time, cancellation).ConfigureAwait(false));
        }
        catch
        {
            await held.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The record of a node as it is under the lease, and its id in the cloud.</summary>
    /// <exception cref="LinodeToolkitException">It is gone, or its place is another's now.</exception>
    public (NodeRecord Node, long Id) Find(NodeRecord node) => Find(Book, node);

    /// <inheritdoc cref="Find(NodeRecord)"/>
    public static (NodeRecord Node, long Id) Find(ClusterBook book, NodeRecord node) =>
        book.FindNode(node.Key) is { LinodeId: { } id, State: not NodeState.Gone } known && (known.ClusterId, known.LinodeId) == (node.ClusterId, node.LinodeId)
            ? (known, id)
            : throw new LinodeToolkitException(ClusterProblems.NoSuch("node", node.Label, []));

    /// <summary>Whether a node can be worked on from inside now.</summary>
    public static bool IsEntered(NodeRecord node) => node is { State: NodeState.Ready, PublicIpv4: not null, HostKeys.Count: > 0 };

    /// <summary>Waits until the cloud is done with something, within the usual patience.</summary>
    public Task<T> WithinAsync<T>(string subject, string stage, Func<CancellationToken, Task<T>> wait, CancellationToken cancellation) =>
        OnceOnly.WithinAsync(Shop.Patience, subject, stage, cancellation, wait);

    /// <summary>Asks the node for work as soon as it is free for it.</summary>
    public Task WhenIdleAsync(NodeRecord node, Func<CancellationToken, Task> call, CancellationToken cancellation) =>
        WithinAsync(node.Label, "busy", async token =>
        {
            while (true)
            {
                try
                {
                    await call(token).ConfigureAwait(false);
                    return true;
                }
                catch (LinodeApiException busy) when (busy.Failure == ApiFailure.Busy)
                {
                    await Task.Delay(TimeSpan.FromSeconds(2), Shop.Time, token).ConfigureAwait(false);
                    await Cloud.Events.WaitIdleAsync(node.LinodeId!.Value, token).ConfigureAwait(false);
                }
            }
        }, cancellation);

    /// <summary>Calls functions of the scripts for volumes on a node, one after the other.</summary>
    public Task<ScriptReport> RunAsync(NodeRecord node, IEnumerable<(string Function, string[] Words)> calls, CancellationToken cancellation)
    {
        var script = ShellScript.Of("Configuration", "storage").And("Configuration", "volumes").And("Configuration", "packages");
        foreach (var (function, words) in calls)
        {
            script.Call(function, words);
        }

        return Inside.RunAsync(node.Key, script, cancellation, TimeSpan.FromMinutes(20));
    }

    public ValueTask DisposeAsync() => held.DisposeAsync();
}
