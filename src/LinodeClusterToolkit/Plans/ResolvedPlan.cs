using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Plans;

/// <summary>A plan in which every name, size, type and member is decided: the input of the change set, stored with the cluster.</summary>
/// <param name="Cluster">Name of the cluster, as <c>{cluster}</c> rendered it.</param>
/// <param name="PlanName">The plan's own <c>name</c>, or the cluster's where it has none.</param>
/// <param name="Regions">Regions in the plan's order; their ids are those of the catalogue.</param>
/// <param name="Counters">Next value of every running counter touched, by its address (<c>name</c> or <c>region/name</c>).</param>
/// <param name="Notes">What was mapped or assumed, one line each: shown in the preview.</param>
public sealed record ResolvedPlan(
    string Cluster,
    string PlanName,
    IReadOnlyList<ResolvedRegion> Regions,
    IReadOnlyDictionary<string, long> Counters,
    IReadOnlyList<string> Notes)
{
    // Plans kept by an earlier version do not hold what follows; the reader of JSON then sets null, past any initial value.

    /// <summary>How its nodes are reached by SSH.</summary>
    public SshPolicy Ssh { get => field ?? new(); init; }

    /// <summary>Sets of groups and users, by name; nodes name those they have.</summary>
    public IReadOnlyDictionary<string, AccountSet> Accounts { get => field ?? new Dictionary<string, AccountSet>(); init; }

    /// <summary>Clusters that a plan of plans stands for, each behind those it starts after; none in the plan of a cluster.</summary>
    public IReadOnlyList<ResolvedMember> Members { get => field ?? []; init; }

    /// <summary>What listens, and who may call it; groups name those they provide and use.</summary>
    public IReadOnlyList<ResolvedService> Services { get => field ?? []; init; }

    /// <summary>Generation of the API the plan asks for; null where it asks for none.</summary>
    public ApiGeneration? Api { get; init; }

    /// <summary>True where the API has no Cloud Firewalls: the firewall on each node stands alone.</summary>
    public bool NoCloudFirewall { get; init; }

    /// <summary>True refuses to delete the cluster until that is taken back.</summary>
    public bool Protect { get; init; }

    /// <summary>All nodes, region by region, group by group.</summary>
    public IEnumerable<ResolvedNode> Nodes => Regions.SelectMany(region => region.Groups).SelectMany(group => group.Nodes);

    /// <summary>All balancers, region by region.</summary>
    public IEnumerable<ResolvedBalancer> Balancers => Regions.SelectMany(region => region.Balancers);
}

/// <summary>A cluster of a set.</summary>
/// <param name="Cluster">Its name.</param>
/// <param name="After">Names of the clusters that start before it and stop after it.</param>
public sealed record ResolvedMember(string Cluster, IReadOnlyList<string> After);

/// <summary>One region of a resolved plan.</summary>
public sealed record ResolvedRegion(string Id, IReadOnlyList<ResolvedGroup> Groups, IReadOnlyList<ResolvedBalancer> Balancers);

/// <summary>One node group of a region.</summary>
/// <param name="Name">Name by which it is selected.</param>
/// <param name="Min">Fewest ready nodes with which the group counts as ready; its count where the plan says nothing.</param>
/// <param name="Nodes">Members by ordinal.</param>
public sealed record ResolvedGroup(string Name, int Min, IReadOnlyList<ResolvedNode> Nodes)
{
    /// <summary>What a new node of it is like; null in plans that were kept by an earlier version.</summary>
    public NodeModel? Model { get; init; }

    /// <summary>What is done to its nodes, transition by transition, in order.</summary>
    public IReadOnlyList<ResolvedAction> Actions { get => field ?? []; init; }

    /// <summary>Groups, in whatever region, that start before it and stop after it.</summary>
    public IReadOnlyList<string> DependsOn { get => field ?? []; init; }

    /// <summary>When a node of it counts as started.</summary>
    public IReadOnlyList<ReadyCheck> Ready { get => field ?? []; init; }

    /// <summary>Names of the services its nodes run.</summary>
    public IReadOnlyList<string> Provides { get => field ?? []; init; }

    /// <summary>Names of the services its nodes call.</summary>
    public IReadOnlyList<string> Uses { get => field ?? []; init; }

    /// <summary>True where the platform is to leave a node off that powered off by itself.</summary>
    public bool Unwatched { get; init; }
}

/// <summary>One node, complete: what the create call and its disks need.</summary>
/// <param name="Key">Identity inside the cluster, <c>region/group/ordinal</c>; never reused.</param>
/// <param name="Region">Region id.</param>
/// <param name="Group">Group name.</param>
/// <param name="Ordinal">From 1, only growing within the group.</param>
/// <param name="Label">Label in Cloud Manager, unique in the account.</param>
/// <param name="HostName">Name the host calls itself; the label where the plan says nothing.</param>
/// <param name="PublicFqdn">Public name, if the plan gives one.</param>
/// <param name="PrivateFqdn">Private name, if the plan gives one.</param>
/// <param name="Types">Type ids, first choice first; the next is taken where one is sold out.</param>
/// <param name="Image">Image id.</param>
/// <param name="Tags">The plan's tags; the owner tag is added by the create call.</param>
/// <param name="Boot">False: the node is made and left powered off.</param>
/// <param name="PrivateIp">True: the node gets an address of the region's private network (a balancer needs it).</param>
/// <param name="Disks">Custom disks in order of device, empty for the platform's own layout.</param>
/// <param name="Volumes">Block storage volumes, attached after the disks in this order.</param>
public sealed record ResolvedNode(
    string Key,
    string Region,
    string Group,
    int Ordinal,
    string Label,
    string HostName,
    string? PublicFqdn,
    string? PrivateFqdn,
    IReadOnlyList<string> Types,
    string Image,
    IReadOnlyList<string> Tags,
    bool Boot,
    bool PrivateIp,
    IReadOnlyList<ResolvedDisk> Disks,
    IReadOnlyList<ResolvedVolume> Volumes)
{
    /// <summary>What ids of the account's own images begin with.</summary>
    internal const string OwnImages = "private/";

    /// <summary>The type asked for first.</summary>
    public string Type => Types[0];

    /// <summary>All it calls itself, its host name first.</summary>
    public IReadOnlyList<string> OwnNames =>
        [.. new[] { HostName, PublicFqdn, PrivateFqdn }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>True where user data given at its creation is acted on: the image has cloud-init, the region a metadata service.</summary>
    public bool TakesUserData { get; init; }

    /// <summary>True where it is made from an image of the account, which may be a copy of another node.</summary>
    internal bool IsOfOwnImage => Image.StartsWith(OwnImages, StringComparison.Ordinal);

    /// <summary>Names of the sets of users it has.</summary>
    public IReadOnlyList<string> Users { get => field ?? []; init; }

    /// <summary>What it may call besides its own network: of <c>dns</c>, <c>ntp</c>, <c>packages</c>, <c>metadata</c> and <c>ping</c>.</summary>
    public IReadOnlyList<string> Egress { get => field ?? []; init; }
}

/// <summary>Groups and users that belong together.</summary>
public sealed record AccountSet(IReadOnlyList<AccountGroup> Groups, IReadOnlyList<Account> Users);

/// <summary>A group of users on nodes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Gid">Its number; null leaves the choice to the node.</param>
public sealed record AccountGroup(string Name, int? Gid);

/// <summary>A user on nodes.</summary>
/// <param name="Name">Name of the account.</param>
/// <param name="Uid">Its number; null leaves the choice to the node.</param>
/// <param name="Groups">Groups it belongs to besides its own.</param>
/// <param name="Sudo">True lets it become root; no password is asked.</param>
/// <param name="Login">True lets it log in by SSH.</param>
/// <param name="Keys">Its public SSH keys, each a line.</param>
public sealed record Account(string Name, int? Uid, IReadOnlyList<string> Groups, bool Sudo, bool Login, IReadOnlyList<string> Keys);

/// <summary>A disk of a node.</summary>
/// <param name="Label">Display label, 1 to 48 characters.</param>
/// <param name="SizeMb">Size in MB.</param>
/// <param name="Filesystem">ext4, ext3, swap or raw: what the API can make.</param>
/// <param name="Boot">True for the disk the image goes on.</param>
public sealed record ResolvedDisk(string Label, int SizeMb, string Filesystem, bool Boot)
{
    /// <summary>xfs or btrfs where the node itself makes the filesystem, or null.</summary>
    public string? MadeOnNode { get; init; }

    /// <summary>Where it is mounted, or null.</summary>
    public string? Mount { get; init; }
}

/// <summary>A block storage volume of a node.</summary>
/// <param name="Name">Its label in the plan, e.g. <c>data</c>.</param>
/// <param name="Label">Label in the account, 1 to 32 characters; forms the device path.</param>
/// <param name="SizeGb">Size in GB.</param>
/// <param name="Filesystem">Filesystem the plan wants on it, or null.</param>
/// <param name="Mount">Where the plan wants it mounted, or null.</param>
public sealed record ResolvedVolume(string Name, string Label, int SizeGb, string? Filesystem, string? Mount);

/// <summary>A NodeBalancer of a region.</summary>
/// <param name="Key">Identity inside the cluster, <c>region/name</c>.</param>
/// <param name="Name">Its name in the plan.</param>
/// <param name="Region">Region id.</param>
/// <param name="Label">Label in the account, 3 to 32 characters.</param>
/// <param name="Ports">One entry for each port it listens on.</param>
public sealed record ResolvedBalancer(string Key, string Name, string Region, string Label, IReadOnlyList<BalancerPort> Ports)
{
    /// <summary>Names of the groups whose nodes are behind it, with those that are still to come.</summary>
    public IReadOnlyList<string> Groups { get => field ?? []; init; }
}

/// <summary>A port of a balancer and the nodes behind it.</summary>
/// <param name="Port">Port it listens on.</param>
/// <param name="BackendPort">Port of the nodes.</param>
/// <param name="Protocol">http or tcp.</param>
/// <param name="Algorithm">roundrobin, leastconn or source.</param>
/// <param name="Stickiness">none, table or http_cookie.</param>
/// <param name="Check">How a back end is found dead.</param>
/// <param name="Backends">Keys of the nodes behind it.</param>
public sealed record BalancerPort(
    int Port, int BackendPort, string Protocol, string Algorithm, string Stickiness, HealthCheck Check, IReadOnlyList<string> Backends);

/// <summary>A balancer's active check of its back ends.</summary>
/// <param name="Kind">none, connection, http or http_body.</param>
/// <param name="Path">Path asked for by http and http_body.</param>
/// <param name="Body">Text http_body looks for.</param>
/// <param name="IntervalSeconds">Seconds between checks.</param>
/// <param name="TimeoutSeconds">Seconds an answer may take.</param>
/// <param name="Attempts">Failed checks until a back end counts as down.</param>
public sealed record HealthCheck(string Kind, string? Path, string? Body, int IntervalSeconds, int TimeoutSeconds, int Attempts);
