using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Model;

/// <summary>A group of nodes as far as one place of the plan describes it; null is what that place leaves open.</summary>
internal sealed record NodeGroup(PlanPlace Place)
{
    public Located<string>? Name { get; init; }

    /// <summary>True where a type was said, even one that could not be read.</summary>
    public bool SaysType { get; init; }

    public IReadOnlyList<Located<string>>? Types { get; init; }

    public Located<int>? Count { get; init; }

    public Located<int>? Min { get; init; }

    public IReadOnlyList<Located<string>>? Tags { get; init; }

    public Located<string>? Image { get; init; }

    public NameSpec? NodeNames { get; init; }

    public NameSpec? HostNames { get; init; }

    public NameSpec? PublicFqdn { get; init; }

    public NameSpec? PrivateFqdn { get; init; }

    public Located<IReadOnlyList<StorageItem>>? Storage { get; init; }

    public Located<bool>? BootOnCreate { get; init; }

    /// <summary>Sets of users, each of which there is.</summary>
    public IReadOnlyList<Located<string>>? Users { get; init; }

    /// <summary>Profiles of what its nodes may call.</summary>
    public IReadOnlyList<string>? Egress { get; init; }

    /// <summary>Services its nodes run, each of which there is.</summary>
    public IReadOnlyList<Located<string>>? Provides { get; init; }

    /// <summary>Services its nodes call, each of which there is.</summary>
    public IReadOnlyList<Located<string>>? Uses { get; init; }

    public IReadOnlyList<Located<string>>? DependsOn { get; init; }

    public IReadOnlyList<ReadyCheck>? Ready { get; init; }

    public Located<bool>? Watchdog { get; init; }

    /// <summary>What is done to its nodes, by transition.</summary>
    public IReadOnlyDictionary<Transition, IReadOnlyList<PlannedAction>> Actions { get; init; } =
        new Dictionary<Transition, IReadOnlyList<PlannedAction>>();

    /// <summary>The templates said, with their keys.</summary>
    public IEnumerable<NameSpec> Templates => new[] { NodeNames, HostNames, PublicFqdn, PrivateFqdn }.OfType<NameSpec>();

    /// <summary>This group, with what it leaves open taken from another.</summary>
    public NodeGroup Over(NodeGroup below) => this with
    {
        Name = Name ?? below.Name,
        SaysType = SaysType || below.SaysType,
        Types = Types ?? below.Types,
        Count = Count ?? below.Count,
        Min = Min ?? below.Min,
        Tags = Tags ?? below.Tags,
        Image = Image ?? below.Image,
        NodeNames = NodeNames ?? below.NodeNames,
        HostNames = HostNames ?? below.HostNames,
        PublicFqdn = PublicFqdn ?? below.PublicFqdn,
        PrivateFqdn = PrivateFqdn ?? below.PrivateFqdn,
        Storage = Storage ?? below.Storage,
        BootOnCreate = BootOnCreate ?? below.BootOnCreate,
        Users = Users ?? below.Users,
        Egress = Egress ?? below.Egress,
        Provides = Provides ?? below.Provides,
        Uses = Uses ?? below.Uses,
        DependsOn = DependsOn ?? below.DependsOn,
        Ready = Ready ?? below.Ready,
        Watchdog = Watchdog ?? below.Watchdog,
        Actions = Actions.Concat(below.Actions.Where(under => !Actions.ContainsKey(under.Key))).ToDictionary(),
    };
}
