using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Clusters.Applying;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Changes;

namespace LinodeClusterToolkit.Tests.Clusters.Applying;

/// <summary>Each rule of the table is found by a small difference, and what does not differ is not told.</summary>
public sealed class ChangeFinderTests
{
    private static readonly ClusterRecord Cluster = Small.Cluster with { FirewallId = 9, State = ClusterState.Started };
    private static readonly string Owner = Cluster.OwnerTag;

    // What each rule is found by; the account, the records or one of the plans is another than those that agree.
    private static readonly IReadOnlyDictionary<string, Func<Scene, Scene>> Differences = new Dictionary<string, Func<Scene, Scene>>
    {
        ["node.add"] = scene => scene.Wanting(Small.Node("web", 2)),
        ["node.finish"] = scene => scene.Recording(node => node with { State = NodeState.Failed, Configuration = ConfigurationState.None }),
        ["node.again"] = scene => scene with { Node = null },
        ["node.remove"] = scene => scene with { Target = Small.Plan([], [Small.Balancer("front")]) with { Regions = [] } },
        ["node.type"] = scene => scene.Having(node => node with { Types = ["g6-standard-2"] }),
        ["node.type.small"] = scene => scene.Having(node => node with { Types = ["g6-nanode-1"] }),
        ["node.image"] = scene => scene.Having(node => node with { Image = "linode/debian11" }),
        ["node.disk.size"] = scene => scene.Before(Disk(1000)).Having(Disk(2000)),
        ["node.disk.smaller"] = scene => scene.Before(Disk(2000)).Having(Disk(1000)),
        ["node.disks"] = scene => scene.Having(Disk(1000)),
        ["node.tags"] = scene => scene.Having(node => node with { Tags = ["other"] }),
        ["node.owner"] = scene => scene with { Node = scene.Node! with { Tags = ["webserver"] } },
        ["node.guard"] = scene => scene with { Guarded = new HashSet<long>() },
        ["node.watchdog"] = scene => scene with { Node = scene.Node! with { IsWatched = false } },
        ["node.power"] = scene => scene with { Node = scene.Node! with { Status = "offline" } },
        ["node.private-ip"] = scene => (scene with { Node = scene.Node! with { PrivateIpv4 = null, Ipv4 = ["198.51.100.1"] } })
            .Recording(node => node with { PrivateIpv4 = null }).Having(node => node with { PrivateIp = true }),
        ["node.off"] = scene => scene.Recording(node => node with { State = NodeState.Stopped, Power = "offline" }).Planned(plan => plan with { Ssh = new() { Root = false } }),
        ["node.users"] = scene => scene.Having(node => node with { Users = ["ops"] })
            .Planned(plan => plan with { Accounts = new Dictionary<string, AccountSet> { ["ops"] = new([], [new("deploy", null, [], true, false, [])]) } }),
        ["node.ssh"] = scene => scene.Planned(plan => plan with { Ssh = new() { Root = false } }),
        ["plan.ssh.account"] = scene => scene.Planned(plan => plan with { Ssh = new() { Admin = "other" } }),
        ["node.services"] = scene => scene.Planned(plan => Each(plan with { Services = [new("http", [new(80, 80, "tcp")], [], [], true)] }, group => group with { Provides = ["http"] })),
        ["volume.add"] = scene => scene.Having(node => node with { Volumes = [.. node.Volumes, Small.Volume("more", "web-1-more")] }),
        ["volume.again"] = scene => scene with { Volume = null },
        ["volume.size"] = scene => scene.Having(node => node with { Volumes = [Small.Volume("data", "web-1-data", 30)] }),
        ["volume.smaller"] = scene => scene.Having(node => node with { Volumes = [Small.Volume("data", "web-1-data", 10)] }),
        ["volume.fs"] = scene => scene.Having(node => node with { Volumes = [new("data", "web-1-data", 20, "xfs", null)] }),
        ["volume.mount"] = scene => scene.Having(node => node with { Volumes = [new("data", "web-1-data", 20, null, "/srv")] }),
        ["volume.attach"] = scene => scene with { Volume = scene.Volume! with { NodeId = null } },
        ["volume.tags"] = scene => scene with { Volume = scene.Volume! with { Tags = [Owner] } },
        ["volume.remove"] = scene => scene.Having(node => node with { Volumes = [] }),
        ["balancer.add"] = scene => scene.Planned(plan => Balanced(plan, Small.Balancer("front", "us-east/web/1"), Small.Balancer("back", "us-east/web/1"))),
        ["balancer.port"] = scene => scene with { Port = scene.Port with { Protocol = "tcp" } },
        ["balancer.backend"] = scene => scene with { Port = scene.Port with { Backends = [] } },
        ["balancer.remove"] = scene => scene.Planned(plan => Balanced(plan)),
        ["firewall.add"] = scene => scene with { Firewall = null },
        ["firewall.rules"] = scene => scene with { Firewall = scene.Firewall! with { Rules = FirewallRules.OnlySsh(["192.0.2.0/24"]) } },
        ["group.actions"] = scene => scene.Planned(plan => Each(plan, group => group with { Actions = [Action] })),
        ["group.order"] = scene => scene.Planned(plan => Each(plan, group => group with { DependsOn = ["db"] })),
        ["group.names"] = scene => scene.Stored(plan => Each(plan, group => group with { Model = new(group.Nodes[0], "web-{counter}") }))
            .Planned(plan => Each(plan, group => group with { Model = new(group.Nodes[0], "other-{counter}") })),
        ["plan.other"] = scene => scene.Planned(plan => plan with { PlanName = "other" }),
        ["plan.api"] = scene => scene.Planned(plan => plan with { Api = ApiGeneration.V3 }),
    };

    private static ResolvedAction Action => PlanResolver.Resolve(
        Plans.PlanTexts.Source("version: 1\nregions:\n- region: us-east\n  nodes: [{ name: web, type: g6-nanode-1, image: debian 12, init: { clusterstarting: [{ name: 'shell:inline', inline: id }] } }]\n"),
        Plans.PlanTexts.Request()).OrThrow().Regions[0].Groups[0].Actions[0];

    public static TheoryData<string> Rules => [.. ChangeRules.All.Select(rule => rule.Id)];

    [Fact]
    public void Where_all_agree_there_is_nothing_to_do() => Assert.Empty(Found(new()));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Each_rule_of_the_table_is_found_by_a_difference_and_goes_the_way_the_table_says(string rule)
    {
        var found = Assert.Single(Found(Differences[rule](new())).Where(change => change.Rule == rule).DistinctBy(change => change.Rule));

        var said = ChangeRules.All.Single(one => one.Id == rule);
        Assert.Equal((said.Way, said.LosesData), (found.Way, found.LosesData));
        Assert.NotEmpty(found.Why);
    }

    [Fact]
    public void Rules_are_named_once() => Assert.Equal(ChangeRules.All.Count, ChangeRules.All.DistinctBy(rule => rule.Id).Count());

    [Fact]
    public void What_an_unfinished_run_may_have_left_of_another_plan_is_found_though_target_and_stored_plan_agree()
    {
        var begun = new Scene().Having(node => node with { Users = ["ops"] })
            .Planned(plan => plan with { Accounts = new Dictionary<string, AccountSet> { ["ops"] = new([], [new("deploy", null, [], true, false, [])]) } }).Target;

        var found = Found(new Scene { Begun = [begun] });

        Assert.Equal("node.users", Assert.Single(found).Rule);
    }

    [Fact]
    public void A_node_that_somebody_keeps_out_of_its_balancer_stays_out()
    {
        var scene = new Scene();

        Assert.Empty(Found(scene with { Port = scene.Port with { Backends = [scene.Port.Backends[0] with { Mode = "drain" }] } }));
    }

    private static IReadOnlyList<PlannedChange> Found(Scene scene)
    {
        var sight = new CloudSight
        {
            Nodes = scene.Node is { } node ? [node] : [], Volumes = scene.Volume is { } volume ? [volume] : [],
            Balancers = [new(7, "shop-front", "us-east", "203.0.113.7", null, [Owner])], Firewalls = scene.Firewall is { } firewall ? [firewall] : [],
            Guarded = scene.Guarded, Scripts = [], Ports = new Dictionary<long, IReadOnlyList<CloudBalancerPort>> { [7] = [scene.Port] },
        };
        return ChangeFinder.Find(new(
            new DriftRecords(Cluster, scene.Target, [scene.Record], Made, KnowsRules: true), [.. scene.Begun, scene.InForce], sight, LinodeCatalog.BuiltIn));
    }

    private static readonly ResourceRecord[] Made =
    [
        new(Cluster.Id, ResourceKind.Volume, "us-east/web/1/data", "web-1-data", 5) { Region = "us-east", NodeKey = "us-east/web/1", Size = 20 },
        new(Cluster.Id, ResourceKind.Balancer, "us-east/front", "shop-front", 7) { Region = "us-east", Address = "203.0.113.7" },
        new(Cluster.Id, ResourceKind.Firewall, "firewall", "lct-shop", 9),
    ];

    private static Func<ResolvedNode, ResolvedNode> Disk(int size) => node => node with { Disks = [new("boot", size, "ext4", true)] };

    private static ResolvedPlan Each(ResolvedPlan plan, Func<ResolvedGroup, ResolvedGroup> change) =>
        plan with { Regions = [.. plan.Regions.Select(region => region with { Groups = [.. region.Groups.Select(change)] })] };

    private static ResolvedPlan Balanced(ResolvedPlan plan, params ResolvedBalancer[] balancers) =>
        plan with { Regions = [.. plan.Regions.Select(region => region with { Balancers = balancers })] };

    /// <summary>A node with a volume behind a balancer, as recorded, as planned before and now, and as it stands: all the same.</summary>
    private sealed record Scene
    {
        private static readonly ResolvedNode Web = Small.Node("web", 1) with { Tags = ["webserver"], Volumes = [Small.Volume("data", "web-1-data")] };
        private static readonly ResolvedPlan Plan = Small.Plan([Web], [Small.Balancer("front", Web.Key)]);

        public ResolvedPlan Target { get; init; } = Plan;

        public ResolvedPlan InForce { get; init; } = Plan;

        public IReadOnlyList<ResolvedPlan> Begun { get; init; } = [];

        public NodeRecord Record { get; init; } = Web.Record(NodeState.Ready, 1) with
        {
            PublicIpv4 = "198.51.100.1", PrivateIpv4 = "192.168.128.1", Ipv6 = "2001:db8::1", Power = "running", Configuration = ConfigurationState.Configured,
        };

        public CloudNode? Node { get; init; } = new(
            1, "web-1", "us-east", "g6-standard-1", "linode/debian12", "running", "198.51.100.1", "192.168.128.1", "2001:db8::1", [Owner, "webserver"])
        {
            Ipv4 = ["192.168.128.1", "198.51.100.1"], IsWatched = true,
        };

        public CloudVolume? Volume { get; init; } = new(5, "web-1-data", "active", 20, "us-east", 1, "/dev/x", ["webserver", Owner]);

        public IReadOnlySet<long> Guarded { get; init; } = new HashSet<long> { 1 };

        public CloudFirewall? Firewall { get; init; } = new(9, "lct-shop", "enabled", [Owner]) { Rules = FirewallRules.OnlySsh(["0.0.0.0/0", "::/0"]) };

        public CloudBalancerPort Port { get; init; } = new(3, 80, "http", [new(4, "web-1", "192.168.128.1:8080", "UP") { Mode = "accept" }])
        {
            Algorithm = "roundrobin", Stickiness = "none", Check = "none", CheckPath = "", CheckInterval = 5, CheckTimeout = 3, CheckAttempts = 2,
        };

        public Scene Planned(Func<ResolvedPlan, ResolvedPlan> change) => this with { Target = change(Target) };

        public Scene Stored(Func<ResolvedPlan, ResolvedPlan> change) => this with { InForce = change(InForce) };

        public Scene Recording(Func<NodeRecord, NodeRecord> change) => this with { Record = change(Record) };

        public Scene Having(Func<ResolvedNode, ResolvedNode> change) => Planned(plan => Changed(plan, change));

        public Scene Before(Func<ResolvedNode, ResolvedNode> change) => Stored(plan => Changed(plan, change));

        public Scene Wanting(ResolvedNode node) => Planned(plan => Each(plan, group => group with { Nodes = [.. group.Nodes, node], Min = group.Min + 1 }));

        private static ResolvedPlan Changed(ResolvedPlan plan, Func<ResolvedNode, ResolvedNode> change) =>
            Each(plan, group => group with { Nodes = [.. group.Nodes.Select(change)] });
    }
}
