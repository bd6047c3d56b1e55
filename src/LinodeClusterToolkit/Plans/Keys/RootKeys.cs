namespace LinodeClusterToolkit.Plans.Keys;

/// <summary>The keys of a plan, from the top.</summary>
internal static class RootKeys
{
    private static readonly PlanKey Counters = new("counters", new ListKind(Kinds.Variable),
        "Running counters for names; they start at 1, outlive the run and give no number twice. Declared on top they run through all regions.");

    private static readonly PlanKey Nodes = new("nodes", new ListKind(new SectionKind(GroupKeys.Group)),
        "Groups of equal nodes; in a region with a region plan, a group of the same name overrides the region plan's.");

    private static readonly PlanKey Balancers = new("nodebalancers", new ListKind(new SectionKind(BalancerKeys.Balancer)),
        "NodeBalancers; in a region with a region plan, one of the same name overrides the region plan's.");

    public static readonly PlanShape RegionPlan = new("region plan", "What a region holds, to be used for several regions.",
    [
        new("name", Kinds.Name, "Name that regions refer to.") { Required = true },
        Nodes,
        Balancers,
        Counters,
    ]);

    public static readonly PlanShape Region = new("region", "A region and what it holds.",
    [
        new("region", Kinds.Text, "Which region: an id such as us-east, a city, or an id of 2017.") { Required = true },
        new("regionplan", Kinds.Name, "Name of the region plan it follows."),
        Nodes,
        Balancers,
        Counters,
        new("clusters", new NamesKind(new ListKind(Kinds.Text)),
            "Names for sets of groups, by group name or tag, that start and stop together.") { Later = true },
    ]);

    public static readonly PlanShape Dns = new("dns", "How names become addresses.",
    [
        new("mode", new WordKind("hosts", "domains", "server", "split"),
            "hosts keeps every node's names with the cluster; domains, server and split publish them.") { Later = true, Now = ["hosts"] },
    ]);

    public static readonly PlanShape Network = new("network", "What the nodes are connected to besides the public network.",
    [
        new("private", new WordKind("none", "ip", "vlan", "vpc"), "ip gives every node an address of the region's private network.")
            { Later = true, Now = ["none", "ip"] },
    ]);

    public static readonly PlanShape Plan = new("plan", "A plan: everything about a cluster.",
    [
        new("version", new VersionKind(1), "Version of the plan language; without it the plan is read as one of 2017."),
        new("name", Kinds.Text, "Name of the plan, for people."),
        new("vars", new NamesKind(new ValueKind()), "Variables, used as '{name}' in quotes; a value given on the command line wins."),
        new("defaults", new SectionKind(GroupKeys.Defaults), "What holds for every group that does not say otherwise."),
        new("ssh", new SectionKind(SshKeys.Ssh), "How nodes are reached by SSH."),
        new("users", new NamesKind(new SectionKind(UserKeys.Set), Kinds.Name), "Sets of groups and users, by name."),
        new("storage", new NamesKind(new ListKind(new SectionKind(StorageKeys.Item))), "Storage plans, by name, for groups to share."),
        new("services", new NamesKind(new SectionKind(ServiceKeys.Service), Kinds.Name), "What listens, by name, and who may call it."),
        Counters,
        new("regionplans", Kinds.OneOrMany(new SectionKind(RegionPlan)), "Region plans, each usable for several regions."),
        new("regionplan", Kinds.OneOrMany(new SectionKind(RegionPlan)), "The only region plan.") { Only2017 = true },
        new("regions", new ListKind(new SectionKind(Region)), "Regions of the cluster.") { Required = true },
        new("dns", new SectionKind(Dns), "How names become addresses."),
        new("network", new SectionKind(Network), "What the nodes are connected to besides the public network."),
        new("protect", Kinds.Flag, "Refuses to delete the cluster or a node of it until the protection is taken back."),
        new("api", new WordKind("v3", "v4"), "Generation of the API to use; where none is named that of the profile."),
    ]);
}
