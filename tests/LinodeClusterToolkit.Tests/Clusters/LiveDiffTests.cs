using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Changes;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <summary>The pure comparison: what is recorded, what was seen, and what is said of it.</summary>
public sealed class LiveDiffTests
{
    private static readonly ClusterRecord Cluster = Small.Cluster with { FirewallId = 9, PlanText = "a plan", State = ClusterState.Started };
    private static readonly string Owner = Cluster.OwnerTag;
    private static readonly ResolvedNode Web = Small.Node("web", 1) with { Tags = ["webserver"], Volumes = [Small.Volume("data", "web-1-data")] };
    private static readonly NodeRecord Node = Web.Record(NodeState.Ready, 1) with
    {
        PublicIpv4 = "198.51.100.1", PrivateIpv4 = "192.168.128.1", Ipv6 = "2001:db8::1", Power = "running",
    };

    private static readonly ResourceRecord[] Made =
    [
        new(Cluster.Id, ResourceKind.Volume, "us-east/web/1/data", "web-1-data", 5) { Region = "us-east", NodeKey = Web.Key, Size = 20 },
        new(Cluster.Id, ResourceKind.Balancer, "us-east/front", "shop-front", 7) { Region = "us-east", Address = "203.0.113.7" },
        new(Cluster.Id, ResourceKind.Firewall, "firewall", "lct-shop", 9),
        new(Cluster.Id, ResourceKind.StackScript, "boot-script", "lct-shop", 11),
    ];

    private static readonly CloudNode Seen = new(
        1, "web-1", "us-east", "g6-standard-1", "linode/debian12", "running", "198.51.100.1", "192.168.128.1", "2001:db8::1", [Owner, "webserver"])
    {
        Ipv4 = ["192.168.128.1", "198.51.100.1"], IsWatched = true,
    };

    private static readonly CloudVolume Volume = new(5, "web-1-data", "active", 20, "us-east", 1, "/dev/x", ["webserver", Owner]);
    private static readonly CloudFirewall Firewall = new(9, "lct-shop", "enabled", [Owner]) { Rules = FirewallRules.OnlySsh(["0.0.0.0/0", "::/0"]) };
    private static readonly CloudBalancer Balancer = new(7, "shop-front", "us-east", "203.0.113.7", null, [Owner]);
    private static readonly CloudBalancerPort Port = new(3, 80, "http", [new(4, "web-1", "192.168.128.1:8080", "UP") { Mode = "accept" }])
    {
        Algorithm = "roundrobin", Stickiness = "none", Check = "none", CheckPath = "", CheckInterval = 5, CheckTimeout = 3, CheckAttempts = 2,
    };

    private static readonly CloudSight Well = new()
    {
        Nodes = [Seen], Volumes = [Volume], Balancers = [Balancer], Firewalls = [Firewall], Guarded = new HashSet<long> { 1 },
        Scripts = [new(11, "lct-shop", Owner) { Script = "#!/bin/sh" }], Ports = Ports(Port),
    };

    private static readonly DriftRecords Records = new(
        Cluster, Small.Plan([Web], [Small.Balancer("front", Web.Key)]), [Node], Made, KnowsRules: true);

    [Fact]
    public void What_is_as_it_was_made_differs_in_nothing() => Assert.Empty(Lines(Records, Well));

    [Fact]
    public void Every_fact_of_a_node_is_held_against_its_record()
    {
        var changed = Seen with
        {
            Label = "x", Region = "eu-west", Type = "g6-nanode-1", Image = "linode/arch", Tags = ["other"], IsWatched = false, Ipv6 = "2001:db8::2",
            PublicIpv4 = "198.51.100.9", Ipv4 = ["192.168.128.1", "198.51.100.9", "203.0.113.200"],
        };

        Assert.Equal(
            [
                "changed node web-1 label: web-1, x", $"changed node web-1 owner tag: {Owner}, -", "changed node web-1 tags: webserver, other",
                "changed node web-1 region: us-east, eu-west", "changed node web-1 type: g6-standard-1, g6-nanode-1",
                "changed node web-1 image: linode/debian12, linode/arch", "changed node web-1 public_ipv4: 198.51.100.1, 198.51.100.9",
                "changed node web-1 more ipv4: -, 203.0.113.200", "changed node web-1 ipv6: 2001:db8::1, 2001:db8::2",
                "changed node web-1 watchdog: on, off", "changed node web-1 firewall: lct-shop, -",
            ],
            Lines(Records, Well with { Nodes = [changed], Guarded = new HashSet<long>() }));
    }

    [Fact]
    public void What_is_not_known_is_no_difference()
    {
        var unknown = Node with { PublicIpv4 = null, PrivateIpv4 = null, Ipv6 = null, Image = "", Power = "unknown" };
        var seen = Seen with { Image = null, IsWatched = null, Ipv4 = [], Status = "offline" };
        ResourceRecord[] made = [.. Made.Select(one => one with { Region = null, Size = null, Address = null })];

        Assert.Empty(Lines(
            Records with { Nodes = [unknown], Resources = made, KnowsRules = false },
            Well with
            {
                Nodes = [seen], Firewalls = [Firewall with { Rules = FirewallRules.OnlySsh([]) }],
                Ports = Ports(new CloudBalancerPort(3, 80, "http", Port.Backends)),
            }));
    }

    [Theory]
    [InlineData(NodeState.Ready, "running", "offline", "off node web-1 power: running, offline")]
    [InlineData(NodeState.Ready, "running", "shutting_down", "off node web-1 power: running, shutting_down")]
    [InlineData(NodeState.Ready, "running", "rebooting", "")]
    [InlineData(NodeState.Ready, "running", "migrating", "")]
    [InlineData(NodeState.Ready, "offline", "offline", "")] // as its plan wants it
    [InlineData(NodeState.Ready, "offline", "booting", "on node web-1 power: offline, booting")]
    [InlineData(NodeState.Stopped, "offline", "offline", "")]
    [InlineData(NodeState.Stopped, "offline", "running", "on node web-1 power: offline, running")]
    public void Power_is_drift_only_where_nobody_here_asked_for_it(NodeState state, string power, string status, string expected) =>
        Assert.Equal(expected, string.Join('\n', Lines(
            Records with { Nodes = [Node with { State = state, Power = power }] }, Well with { Nodes = [Seen with { Status = status }] })));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_missing_node_is_one_difference_and_what_follows_from_it_none(bool isListed) => Assert.Equal(
        ["missing node web-1 node: g6-standard-1 in us-east, -"],
        Lines(Records, Well with
        {
            Nodes = isListed ? [Seen with { Status = "deleting" }] : [], Guarded = new HashSet<long>(), Volumes = [Volume with { NodeId = null }],
            Ports = Ports(Port with { Backends = [] }),
        }));

    [Fact]
    public void A_missing_firewall_is_one_difference_however_many_nodes_were_behind_it() =>
        Assert.Equal(["missing firewall lct-shop firewall: lct-shop, -"], Lines(Records, Well with { Firewalls = [], Guarded = null }));

    [Fact]
    public void Volumes_balancers_and_scripts_are_held_against_what_was_made() => Assert.Equal(
        [
            "changed volume web-1-data label: web-1-data, v", "changed volume web-1-data tags: webserver, more, webserver",
            "changed volume web-1-data size: 20 GB, 30 GB", "changed volume web-1-data attached to: web-1, node 77",
            "changed balancer shop-front address: 203.0.113.7, 203.0.113.8", "changed balancer shop-front port 80 algorithm: roundrobin, source",
            "changed balancer shop-front port 80 back end mode: web-1 accept, web-1 drain",
            "extra balancer shop-front port 80 back end: -, y 192.0.2.1:1",
            "extra balancer shop-front port 81: -, tcp", $"changed stackscript lct-shop description: {Owner}, mine",
        ],
        Lines(Records, Well with
        {
            Volumes = [Volume with { Label = "v", Tags = [Owner, "webserver", "more"], SizeGb = 30, NodeId = 77 }],
            Balancers = [Balancer with { Ipv4 = "203.0.113.8" }],
            Ports = Ports(
                Port with { Algorithm = "source", Backends = [Port.Backends[0] with { Mode = "drain" }, new(6, "y", "192.0.2.1:1", "UP")] },
                new CloudBalancerPort(8, 81, "tcp", [])),
            Scripts = [Well.Scripts![0] with { Description = "mine" }],
        }));

    [Fact]
    public void Rules_are_held_one_by_one_and_how_they_are_written_is_none_of_it()
    {
        var (ssh, rules) = (Firewall.Rules!.Inbound[0], Firewall.Rules!);
        IEnumerable<string> With(FirewallRules now) => Lines(Records, Well with { Firewalls = [Firewall with { Rules = now }] });

        FirewallRule otherwise = ssh with { Action = "accept", Ports = "22 ", Ipv6 = ["::/0"], Ipv4 = ["0.0.0.0/0", "0.0.0.0/0"] };
        Assert.Empty(With(rules with { Inbound = [otherwise] }));
        Assert.Equal(
            [
                "changed firewall lct-shop inbound policy: DROP, ACCEPT",
                "changed firewall lct-shop inbound rule ssh: ACCEPT TCP 22 0.0.0.0/0, ::/0, ACCEPT TCP 22 192.0.2.0/24",
                "extra firewall lct-shop inbound rule hole: -, ACCEPT UDP 192.0.2.0/24",
            ],
            With(rules with
            {
                InboundPolicy = "ACCEPT",
                Inbound = [ssh with { Ipv4 = ["192.0.2.0/24"], Ipv6 = [] }, new("hole", "ACCEPT", "UDP", null, ["192.0.2.0/24"], [])],
            }));
        Assert.Equal(["missing firewall lct-shop inbound rule ssh: ACCEPT TCP 22 0.0.0.0/0, ::/0, -"], With(rules with { Inbound = [] }));
    }

    [Fact]
    public void What_carries_the_tag_and_is_in_no_record_is_extra_unless_a_run_waits_for_it()
    {
        var waiting = Small.Node("web", 2).Record(NodeState.Creating);
        var sight = Well with
        {
            Nodes =
            [
                Seen, Seen with { Id = 2, Label = "web-2" }, Seen with { Id = 3, Label = "x", Tags = [Owner] },
                Seen with { Id = 4, Label = "guest", Tags = [] },
            ],
            Guarded = new HashSet<long> { 1, 4 },
            Volumes = [Volume, Volume with { Id = 6, Label = "lost" }],
            Scripts = [.. Well.Scripts!, new(12, "lct-shop", Owner), new(13, "lct-shop", "others")],
        };

        Assert.Equal(
            [
                "unfinished node web-2 state: ready, creating", "extra node web-2 node: -, in no plan",
                "extra node x node: -, g6-standard-1 in us-east",
                "extra node guest firewall: -, behind the cluster's firewall", "extra volume lost volume: -, 20 GB in us-east",
                "extra stackscript lct-shop stackscript: -, in the account",
            ],
            Lines(Records with { Nodes = [Node, waiting] }, sight));
    }

    [Fact]
    public void A_script_of_another_text_is_told_from_the_one_that_was_stored()
    {
        var script = LinodeClusterToolkit.Changes.BootScript.Of(closes: false, "#!/bin/sh\necho hello\n")!;
        var records = Records with { Resources = [.. Made.Where(one => one.Kind != ResourceKind.StackScript), Made[3] with { Key = script.Key }] };
        IEnumerable<string> With(string text) => Lines(records, Well with { Scripts = [new(11, "lct-shop", Owner) { Script = text }] });

        Assert.Empty(With(script.Text));
        Assert.Empty(With(script.Text.ReplaceLineEndings("\r\n").TrimEnd()));
        Assert.Equal(["changed stackscript lct-shop script: as stored, another text"], With(script.Text + "echo more\n"));
    }

    [Fact]
    public void Without_a_look_at_the_cloud_the_records_are_held_against_the_plan()
    {
        ResolvedNode[] planned = [Web, Small.Node("web", 2), Small.Node("web", 3), Small.Node("web", 4), Small.Node("web", 5) with { Boot = false }];
        var records = Records with
        {
            Plan = Small.Plan(planned, [Small.Balancer("front"), Small.Balancer("back")]),
            Nodes =
            [
                Node, planned[1].Record(NodeState.Gone), planned[2].Record(NodeState.Failed, 3) with { Failure = "no room\n  fix: x" },
                planned[4].Record(NodeState.Ready, 5) with { Power = "offline", Stage = NodeStage.None },
                Small.Node("more", 1).Record(NodeState.Ready, 6) with { Power = "running" },
            ],
            Resources = [],
        };

        Assert.Equal(
            [
                "missing node web-2 node: g6-standard-1 in us-east, deleted", "missing node web-4 node: g6-standard-1 in us-east, -",
                "extra node more-1 node: -, in no plan", "failed node web-3 state: ready, failed: no room",
                "missing volume web-1-data volume: 20 GB, -",
                "missing balancer shop-front balancer: in us-east, -", "missing balancer shop-back balancer: in us-east, -",
            ],
            Lines(records, null));
    }

    [Fact]
    public async Task What_the_token_may_not_read_is_named_and_nothing_is_concluded_from_it()
    {
        await using var door = new FrontDoor();
        await door.CreateAsync("shop", "[{ name: web, type: g6-nanode-1, storage: [{ label: data, size: 20GB, type: blockstore }] }]");
        door.Cloud.Volumes.Clear();
        var bound = new FakeCloud { Scopes = ["linodes:read_only", "firewall:read_only", "stackscripts:read_write"] };
        bound.Nodes.AddRange(door.Cloud.Nodes);
        bound.Firewalls.AddRange(door.Cloud.Firewalls);
        bound.StackScripts.AddRange(door.Cloud.StackScripts);

        var all = await door.Toolkit.DiffAsync("shop", live: true);
        await using var toolkit = new LinodeToolkit(new LinodeToolkitOptions
        {
            DataFolder = door.DataFolder, CacheFolder = door.DataFolder, Token = () => new Sensitive("none"), Cloud = bound,
        });
        var some = await toolkit.DiffAsync("shop", live: true);

        Assert.Equal("volume", Assert.Single(all.Drifts).What);
        Assert.Equal((0, "volumes, balancers"), (some.Drifts.Count, string.Join(", ", some.Unseen)));
        Assert.Equal(["identity", "list firewalls", "list guarded", "list nodes", "list scripts"], bound.Calls);
    }

    private static Dictionary<long, IReadOnlyList<CloudBalancerPort>> Ports(params CloudBalancerPort[] ports) => new() { [7] = ports };

    private static IEnumerable<string> Lines(DriftRecords records, CloudSight? sight) => LiveDiff.Compare(records, sight).Select(drift =>
        $"{drift.Kind.ToString().ToLowerInvariant()} {drift.What} {drift.Label} {drift.Fact}: {drift.Recorded ?? "-"}, {drift.Found ?? "-"}");
}
