using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Changes;

/// <summary>What a run adds, keeps and removes: the difference between a resolved plan and what the inventory holds.</summary>
/// <remarks>Create, resume, scale and delete differ in nothing but this value.</remarks>
/// <param name="Cluster">The cluster.</param>
/// <param name="AddedNodes">Nodes that are wanted and not complete, in the plan's order.</param>
/// <param name="KeptNodes">Nodes that are complete and stay.</param>
/// <param name="RemovedNodes">Nodes to be deleted.</param>
/// <param name="AddedBalancers">Balancers that are wanted and not there.</param>
/// <param name="RemovedResources">Balancers, volumes and firewalls to be deleted; what dies with its node is not listed.</param>
/// <param name="Groups">Groups of which nodes come up, with their part in the order of starting.</param>
internal sealed record ChangeSet(
    ClusterRecord Cluster,
    IReadOnlyList<ResolvedNode> AddedNodes,
    IReadOnlyList<NodeRecord> KeptNodes,
    IReadOnlyList<NodeRecord> RemovedNodes,
    IReadOnlyList<ResolvedBalancer> AddedBalancers,
    IReadOnlyList<ResourceRecord> RemovedResources,
    IReadOnlyList<ChangedGroup> Groups)
{
    /// <summary>True where there is nothing to do.</summary>
    public bool IsEmpty =>
        AddedNodes.Count == 0 && StartedNodes.Count == 0 && StoppedNodes.Count == 0 && RemovedNodes.Count == 0 && AddedBalancers.Count == 0
        && RemovedResources.Count == 0 && RotatedKeys.Count == 0 && Turns.Count == 0 && Edits.Count == 0 && !NeedsFirewall;

    /// <summary>Nodes that stand and are off, to be booted.</summary>
    public IReadOnlyList<NodeRecord> StartedNodes { get; init; } = [];

    /// <summary>Nodes to be shut down; they stand afterwards.</summary>
    public IReadOnlyList<NodeRecord> StoppedNodes { get; init; } = [];

    /// <summary>Nodes that are worked on one after the other, or so many at a time; those that are made anew are among the added nodes too.</summary>
    public IReadOnlyList<Turn> Turns { get; init; } = [];

    /// <summary>What is changed of things that stay.</summary>
    public IReadOnlyList<Edit> Edits { get; init; } = [];

    /// <summary>Balancers that stand, with nodes behind them that go away, for a while or for good.</summary>
    public IReadOnlyList<ResolvedBalancer> DrainedBalancers { get; init; } = [];

    /// <summary>Admin key pairs to be replaced.</summary>
    public IReadOnlyList<RotatedKey> RotatedKeys { get; init; } = [];

    /// <summary>Nodes that are to be entered with another key.</summary>
    public IEnumerable<NodeRecord> RotatedNodes => RotatedKeys.SelectMany(key => key.Nodes);

    /// <summary>Groups of which nodes go down, with their part in the order of stopping.</summary>
    public IReadOnlyList<ChangedGroup> Descending { get; init; } = [];

    /// <summary>Groups of which nodes are deleted that something is to be done on before.</summary>
    public IReadOnlyList<ChangedGroup> Leaving { get; init; } = [];

    /// <summary>Balancers that stand, with added nodes behind them.</summary>
    public IReadOnlyList<ResolvedBalancer> KeptBalancers { get; init; } = [];

    /// <summary>True has the platform's watchdog leave stopped nodes alone, whatever happens to them.</summary>
    public bool Unwatch { get; init; }

    /// <summary>True goes on where what is to be done before a node goes down fails.</summary>
    public bool Force { get; init; }

    /// <summary>True where the cluster's firewall is wanted and has no id yet.</summary>
    public bool NeedsFirewall { get; init; }

    /// <summary>Scripts for first boots that added nodes need and the account does not have yet.</summary>
    public IReadOnlyList<BootScript> MissingScripts { get; init; } = [];

    /// <summary>How nodes are reached by SSH.</summary>
    public SshPolicy Ssh { get; init; } = new();

    /// <summary>Sets of users that added nodes name.</summary>
    public IReadOnlyDictionary<string, AccountSet> Accounts { get; init; } = new Dictionary<string, AccountSet>();

    /// <summary>What listens, who runs it and who calls it.</summary>
    public ServiceMap Services { get; init; } = ServiceMap.None;

    /// <summary>Nodes that go on working while something of theirs is changed.</summary>
    public IEnumerable<NodeRecord> EditedNodes => Edits.Select(edit => edit.Record).OfType<NodeRecord>().DistinctBy(node => node.Key)
        .Where(node => AddedNodes.All(added => added.Key != node.Key) && TurnOf(node.Key) is null);

    /// <summary>Changes by a rule.</summary>
    public IEnumerable<Edit> EditsBy(params IEnumerable<ChangeRule> rules) => Edits.Where(edit => rules.Any(edit.Is));

    /// <summary>Added nodes that are booted, and so configured.</summary>
    public IEnumerable<ResolvedNode> BootedNodes => AddedNodes.Where(node => node.Boot);

    /// <summary>The turn of a node, or null where it has none.</summary>
    public Turn? TurnOf(string key) => Turns.FirstOrDefault(turn => turn.Node.Key == key);

    /// <summary>Volumes of the added nodes.</summary>
    public IEnumerable<ResolvedVolume> AddedVolumes => AddedNodes.SelectMany(node => node.Volumes);

    /// <summary>What rides in the create call of an added node.</summary>
    public Riders RidersOf(ResolvedNode node) =>
        Groups.Concat(Turns.Select(turn => turn.Group)).FirstOrDefault(one => one.Region == node.Region && one.Group == node.Group)?.Riders ?? Riders.None;
}
