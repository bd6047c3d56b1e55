using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Backups of a node, and what they cost.</summary>
/// <param name="Node">The node.</param>
/// <param name="Backups">As the cloud has them.</param>
/// <param name="Monthly">What they cost a month more, in US dollars; null where that is not known.</param>
public sealed record NodeBackups(NodeRecord Node, CloudBackups Backups, decimal? Monthly);

/// <summary>A node after a backup was restored to it.</summary>
/// <param name="Node">The node.</param>
/// <param name="Backup">What was restored.</param>
/// <param name="IsUp">Whether it runs again; it does where it ran before.</param>
public sealed record RestoredNode(NodeRecord Node, CloudBackup Backup, bool IsUp)
{
    /// <summary>Why it cannot be entered; null where it can, or where nobody tried.</summary>
    public Problem? Warning { get; init; }
}
