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

    public ILinodeCloud Cloud { get; } = cloud;

    public ClusterBook Book { get; } = book;

    public NodeCredentials Credentials { get; } = credentials;

    /// <summary>Secrets that plans refer to.</summary>
    public ISecretStore Secrets { get; } = secrets;

    public CloudPatience Patience { get; } = patience;

    public TimeProvider Time { get; } = patience.Time;

    /// <summary>Remembers that this process sent the node's create call, so that its events are all after our mark.</summary>
    public void MarkFresh(string nodeKey) => fresh[nodeKey] = true;

    /// <summary>True where this process sent the node's create call.</summary>
    public bool IsFresh(string nodeKey) => fresh.ContainsKey(nodeKey);

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
