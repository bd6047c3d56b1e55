using System.Collections.Concurrent;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>What every part works with.</summary>
internal sealed class ProvisioningTools(
    ILinodeCloud cloud, ClusterBook book, NodeCredentials credentials, ISecretStore secrets, CloudPatience patience)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, bool> fresh = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> others = new(StringComparer.Ordinal);

    public ILinodeCloud Cloud { get; } = cloud;

    public ClusterBook Book { get; } = book;

    public NodeCredentials Credentials { get; } = credentials;

    /// <summary>Secrets that plans refer to.</summary>
    public ISecretStore Secrets { get; } = secrets;

    public CloudPatience Patience { get; } = patience;

    public TimeProvider Time { get; } = patience.Time;

    /// <summary>Told of nodes that this process has made, so that others of the same run hear of them; null where there are none.</summary>
    public Func<string, Task>? Freshened { get; set; }

    /// <summary>Remembers that this run made the node, and did not take it up: nothing is on it but what the run has made.</summary>
    public Task MarkFreshAsync(string nodeKey)
    {
        fresh[nodeKey] = true;
        return Freshened?.Invoke(nodeKey) ?? Task.CompletedTask;
    }

    /// <summary>Another process of the same run has made these nodes.</summary>
    public void Hear(IEnumerable<string> nodeKeys)
    {
        foreach (var key in nodeKeys)
        {
            others[key] = true;
        }
    }

    /// <summary>True where this process sent the node's create call, so that its events are all after our mark.</summary>
    public bool IsFresh(string nodeKey) => fresh.ContainsKey(nodeKey);

    /// <summary>True where this process or another one of the same run sent it, so that nothing of an earlier one can be on the node.</summary>
    public bool IsOfThisRun(string nodeKey) => IsFresh(nodeKey) || others.ContainsKey(nodeKey);

    /// <summary>Volumes of the cluster, one list for all who wait.</summary>
    public SharedPoll<CloudVolume> Volumes { get; } = new(
        token => cloud.ListVolumesAsync(new CloudFilter(Tag: book.Cluster.OwnerTag), token), volume => volume.Id, PollEvery, patience.Time);

    /// <summary>Nodes of the cluster, one list for all who wait; for nodes whose events were before our time.</summary>
    public SharedPoll<CloudNode> Nodes { get; } = new(
        token => cloud.ListNodesAsync(new CloudFilter(Tag: book.Cluster.OwnerTag), token), node => node.Id, PollEvery, patience.Time);
}

/// <summary>What lets somebody into a new node.</summary>
/// <param name="AuthorizedKeys">Public keys for root.</param>
/// <param name="RootPassword">Password of root by the node's label: random and forgotten unless one was stored or the plan keeps it.</param>
/// <param name="Identities">Key pairs of admin account and host, one of each for every node.</param>
/// <param name="Policy">How nodes are reached.</param>
internal sealed record NodeCredentials(
    IReadOnlyList<string> AuthorizedKeys, Func<string, CancellationToken, Task<Sensitive>> RootPassword, NodeIdentities Identities, SshPolicy Policy);
