using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What a run would do, before it does anything.</summary>
/// <param name="Cluster">Name of the cluster.</param>
/// <param name="Plan">The resolved plan.</param>
/// <param name="Situation">What stands under that name now.</param>
/// <param name="Adds">Nodes to create, balancers, volumes and firewalls included as counts.</param>
/// <param name="Cost">What the whole plan costs.</param>
/// <param name="LeastTime">The bound: time under the account's limits and the cloud's own times, and what sets it.</param>
/// <param name="Warnings">What the user should know.</param>
public sealed record ClusterPreview(
    string Cluster, ResolvedPlan Plan, ClusterSituation Situation, AddCounts Adds, PlanCost Cost, LeastTime LeastTime,
    IReadOnlyList<Problem> Warnings)
{
    internal CreateRequest? Request { get; init; }

    internal NodeRequest? Nodes { get; init; }

    internal LinodeCatalog? Catalog { get; init; }
}

/// <summary>What stands under a cluster's name.</summary>
public enum ClusterSituation
{
    /// <summary>Nothing: it is created.</summary>
    New,

    /// <summary>An unfinished run of the same plan: it is resumed.</summary>
    Unfinished,

    /// <summary>A finished run of the same plan: nothing to do.</summary>
    Finished,

    /// <summary>A cluster of another plan.</summary>
    Other,
}

/// <summary>How many things a run adds.</summary>
public sealed record AddCounts(int Nodes, int Volumes, int Balancers, int Firewalls);

/// <summary>Cost of a plan, USD; by group and in all.</summary>
public sealed record PlanCost(decimal Hourly, decimal Monthly, IReadOnlyList<CostLine> Lines);

/// <summary>One line of a cost table.</summary>
public sealed record CostLine(string Region, string What, string Type, int Count, decimal Hourly, decimal Monthly);

/// <summary>The bound of a run and the words that explain it: what the account's limits and the cloud's own times make of it.</summary>
/// <param name="Time">How long it takes when nothing fails and the slowest node is as slow as any on record.</param>
/// <param name="Calls">Calls it needs, polling apart.</param>
/// <param name="Because">What sets it, e.g. <c>82 creates at 20 per 15 s: 1m00s, then the slowest start: 1m45s</c>.</param>
public sealed record LeastTime(TimeSpan Time, int Calls, string Because);

/// <summary>A cluster with all that belongs to it, for show and list.</summary>
public sealed record ClusterView(
    ClusterRecord Cluster, IReadOnlyList<NodeRecord> Nodes, IReadOnlyList<ResourceRecord> Resources, ResolvedPlan? Plan, PlanCost? Cost)
{
    /// <summary>Clusters of a set in the order of their start, as far as they are there; none where it is one cluster.</summary>
    public IReadOnlyList<ClusterView> Members { get; init; } = [];

    /// <summary>Last barrier that the cluster of each region passed; nodes that failed or stay off hold none back.</summary>
    public IReadOnlyDictionary<string, NodeStage> RegionStages => Nodes.Where(node => node.State != NodeState.Gone)
        .GroupBy(node => node.Region, StringComparer.Ordinal).ToDictionary(region => region.Key, Least, StringComparer.Ordinal);

    /// <summary>Last barrier that all regions passed.</summary>
    public NodeStage Stage => Plan?.Members.Count > Members.Count ? NodeStage.None : RegionStages.Values.DefaultIfEmpty(NodeStage.None).Min();

    /// <summary>Whether it is starting, running, stopping or stopped: its state in those four words.</summary>
    /// <remarks>
    /// What is being created is starting, what is being deleted is stopping; one that is not whole runs as long as any node of it does.
    /// A run that was interrupted leaves it starting or stopping, until somebody goes on with it.
    /// </remarks>
    public ClusterActivity Activity => Cluster.State switch
    {
        ClusterState.Creating or ClusterState.Starting => ClusterActivity.Starting,
        ClusterState.Started => ClusterActivity.Running,
        ClusterState.Stopping or ClusterState.Deleting => ClusterActivity.Stopping,
        ClusterState.Degraded when Nodes.Any(node => node.State != NodeState.Gone && node.Power == "running") => ClusterActivity.Running,
        _ => ClusterActivity.Stopped,
    };

    /// <summary>All addresses of it: those of its nodes, and of its balancers.</summary>
    public IReadOnlyList<ClusterAddress> Addresses =>
    [
        .. Nodes.Where(node => node.State != NodeState.Gone)
            .SelectMany(node => node.Addresses.Select(address => new ClusterAddress(node.Label, address))),
        .. Resources.Where(made => made is { Kind: ResourceKind.Balancer, Address: not null })
            .Select(made => new ClusterAddress(made.Label, made.Address!)),
    ];

    // A node that its plan leaves off has no part in this, unless there are no others.
    private static NodeStage Least(IEnumerable<NodeRecord> nodes) =>
        nodes.Where(node => node.State != NodeState.Failed && node.Power != "offline").Select(node => node.Stage)
            .DefaultIfEmpty(NodeStage.None).Min();
}

/// <summary>What a cluster is doing.</summary>
public enum ClusterActivity
{
    /// <summary>On its way up.</summary>
    Starting,

    /// <summary>Up.</summary>
    Running,

    /// <summary>On its way down.</summary>
    Stopping,

    /// <summary>Down.</summary>
    Stopped,
}

/// <summary>An address of a cluster.</summary>
/// <param name="Of">Label of the node or balancer that has it.</param>
/// <param name="Address">The address.</param>
public sealed record ClusterAddress(string Of, string Address);

/// <summary>Gets the events of a run as they happen, one at a time and in order; must return quickly.</summary>
public interface IRunObserver
{
    /// <summary>Takes one event.</summary>
    void OnEvent(RunEvent happened);
}
