using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>A cluster that stands, to be brought to a plan.</summary>
/// <param name="Cluster">Name of the cluster.</param>
/// <param name="Plan">The plan.</param>
public sealed record ApplyRequest(string Cluster, PlanSource Plan)
{
    /// <summary>Values for the plan's variables.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();

    /// <summary>True deletes what the plan does not have: nodes, volumes, balancers. Else they stay.</summary>
    public bool Prune { get; init; }

    /// <summary>True makes nodes anew where a change asks for that; what is on their disks is lost. Else they stay as they are.</summary>
    public bool Rebuild { get; init; }

    /// <summary>True keeps the volumes of nodes that are deleted.</summary>
    public bool KeepVolumes { get; init; }
}

/// <summary>Another number of nodes for groups of a cluster that stands.</summary>
/// <param name="Cluster">Name of the cluster.</param>
public sealed record ScaleRequest(string Cluster)
{
    /// <summary>How many nodes, by group; a group of one region is named <c>region/group</c>, else it is meant in every region.</summary>
    public IReadOnlyDictionary<string, int> Groups { get; init; } = new Dictionary<string, int>();

    /// <summary>Names of nodes to take out.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>Names of nodes that were taken out before, to be made again under their old numbers and names.</summary>
    public IReadOnlyList<string> Insert { get; init; } = [];

    /// <summary>True keeps the volumes of nodes that are deleted.</summary>
    public bool KeepVolumes { get; init; }
}
