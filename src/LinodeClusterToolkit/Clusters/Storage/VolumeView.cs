using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>A volume of a cluster, with the node that has it.</summary>
/// <param name="Cluster">Name of its cluster.</param>
/// <param name="Record">Its record.</param>
/// <param name="Node">Node it is attached to, or null.</param>
public sealed record VolumeView(string Cluster, ResourceRecord Record, NodeRecord? Node)
{
    /// <summary>Where the plan has it mounted, on the node that the plan has it on; null where it does not.</summary>
    public string? Mount { get; init; }

    /// <summary>The filesystem the plan has made on it; null where it does not.</summary>
    public string? Filesystem { get; init; }

    /// <summary>Key of the node that the plan has it on; null where the plan knows nothing of it.</summary>
    public string? PlannedNode { get; init; }

    /// <summary>What a volume of so many GB costs a month, in US dollars, by the general price list.</summary>
    public static decimal MonthlyOf(int sizeGb) => Costs.Volume(sizeGb).PerMonth;

    /// <summary>Whether it is where the plan mounts it.</summary>
    public bool IsMountedByPlan => Mount is not null && Node is not null && Node.Key == PlannedNode;
}

/// <summary>What became of a volume.</summary>
/// <param name="Volume">As it is now.</param>
/// <param name="Done">What was done on its node, in words, in order; none where nothing had to be.</param>
public sealed record VolumeOutcome(VolumeView Volume, IReadOnlyList<string> Done)
{
    /// <summary>Whether the node has to be booted again until it sees the new size; the same call then does the rest.</summary>
    public bool NeedsReboot { get; init; }

    /// <summary>Whether what was to be done on the node was written down, and nothing ran.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>Why nothing was done on a node; null where something was, or had not to be.</summary>
    public string? Undone { get; init; }
}
