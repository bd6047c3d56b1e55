using LinodeClusterToolkit.Leases;

namespace LinodeClusterToolkit.Clusters;

/// <summary>In what way something is not as it should be.</summary>
public enum DriftKind
{
    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It is there and otherwise than it was made.</summary>
    Changed,

    /// <summary>It is there and should not be.</summary>
    Extra,

    /// <summary>It was switched off, and not by this toolkit.</summary>
    Off,

    /// <summary>It was switched on, and not by this toolkit.</summary>
    On,

    /// <summary>A step for it failed for good.</summary>
    Failed,

    /// <summary>A run that works on it was left before its end.</summary>
    Unfinished,
}

/// <summary>What of this toolkit brings something back to what it should be.</summary>
public enum DriftRemedy
{
    /// <summary>Nothing: it is set back by hand, where it was changed.</summary>
    ByHand,

    /// <summary>Going on with the last run of the cluster.</summary>
    GoOn,

    /// <summary>Creating the cluster again from its plan: what is missing is made.</summary>
    Create,

    /// <summary>Deleting its record, then creating the cluster again from its plan.</summary>
    MakeAnew,

    /// <summary>Stopping and starting its group.</summary>
    Restart,

    /// <summary>Starting its cluster: what runs already is taken up as it is.</summary>
    Start,

    /// <summary>Deleting it as something that no record knows.</summary>
    DeleteOrphan,

    /// <summary>Deleting the node.</summary>
    DeleteNode,
}

/// <summary>One difference between what should be and what is.</summary>
/// <param name="Cluster">Name of the cluster.</param>
/// <param name="Kind">In what way it differs.</param>
/// <param name="What">node, volume, balancer, firewall or stackscript.</param>
/// <param name="Label">Its label as recorded; of what no record knows, as found.</param>
public sealed record Drift(string Cluster, DriftKind Kind, string What, string Label)
{
    /// <summary>Identity inside the cluster, where it is known here.</summary>
    public string? Key { get; init; }

    /// <summary>Id in the cloud, where it has one.</summary>
    public long? Id { get; init; }

    /// <summary>What about it differs, e.g. <c>size</c>.</summary>
    public required string Fact { get; init; }

    /// <summary>What it should be; null for nothing.</summary>
    public string? Recorded { get; init; }

    /// <summary>What it is; null for nothing.</summary>
    public string? Found { get; init; }

    /// <summary>What would mend it.</summary>
    public DriftRemedy Remedy { get; init; }
}

/// <summary>How a cluster, or each of a set, differs from its plan, and from what stands in the account where that was asked.</summary>
/// <param name="Cluster">Its name.</param>
/// <param name="Drifts">The differences; none where all is as it should be.</param>
public sealed record ClusterDiff(string Cluster, IReadOnlyList<Drift> Drifts)
{
    /// <summary>What was not looked at, as the token may not read it.</summary>
    public IReadOnlyList<string> Unseen { get; init; } = [];

    /// <summary>Runs that were at work meanwhile: what they are just changing may be among the differences.</summary>
    public IReadOnlyList<Lease> AtWork { get; init; } = [];
}
