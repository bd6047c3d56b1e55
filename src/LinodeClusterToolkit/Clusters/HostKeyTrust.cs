using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Clusters;

/// <summary>A node and the host key somebody accepted for it.</summary>
/// <param name="Node">Its record as it is now.</param>
/// <param name="Before">Fingerprints of the keys it might show until then; none where none was known.</param>
/// <param name="Now">Fingerprint of the only key it may show from now on.</param>
public sealed record TrustedHostKey(NodeRecord Node, IReadOnlyList<string> Before, string Now);

/// <summary>Puts a host key that a person read at a node's console in place of the known ones.</summary>
/// <param name="remote">Where the files of known host keys are.</param>
/// <param name="shop">Inventory and leases.</param>
internal sealed class HostKeyTrust(RemoteAccess remote, Workshop shop)
{
    /// <summary>Connects to nothing, and leaves open connections as they are.</summary>
    public async Task<TrustedHostKey> AcceptAsync(ClusterRecord cluster, NodeRecord node, string hostKeyLine, CancellationToken cancellation)
    {
        var key = SshPublicKey.Parse(hostKeyLine, $"the key given for {node.Label}");
        var held = await HeldLease.TakeAsync(shop.Leases, cluster.Name, "trust", shop.Self, shop.Time, cancellation).ConfigureAwait(false);
        await using var untilEnd = held.ConfigureAwait(false);

        // Read under the lease: the record handed in may be older than a run that has ended since, and its place be another node's now.
        var book = await ClusterBook.OpenAsync(shop.Store.Under(held.Lease), cluster, remote.Time, cancellation).ConfigureAwait(false);
        var record = book.FindNode(node.Key);
        if (record is null or { State: NodeState.Gone } || (record.ClusterId, record.LinodeId) != (node.ClusterId, node.LinodeId))
        {
            throw new LinodeToolkitException(ClusterProblems.NoSuch("node", node.Label, []));
        }

        if (record.LinodeId is null || record.PublicIpv4 is null)
        {
            throw new LinodeToolkitException(ClusterProblems.NotReachable(record.Label, record.State));
        }

        string[] before = [.. record.HostKeys.Select(line => SshPublicKey.Parse(line, $"the record of {record.Label}").Fingerprint)];
        if (before is not [var only] || only != key.Fingerprint)
        {
            await book.SaveNodeAsync(record with { HostKeys = [$"{key.Type} {key.Body}"], HostKeyOrigin = HostKeyOrigin.Accepted })
                .ConfigureAwait(false);
        }

        remote.ToolsFor(book, remote.IdentitiesOf(cluster)).KnowHost(book.Node(node.Key));
        return new(book.Node(node.Key), before, key.Fingerprint);
    }
}
