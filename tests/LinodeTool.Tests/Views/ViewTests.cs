using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;
using LinodeTool.Views;

namespace LinodeTool.Tests.Views;

public sealed class ViewTests
{
    private static readonly Guid Id = new("11111111-2222-3333-4444-555555555555");

    [Fact]
    public void A_preview_says_nodes_by_region_and_group_cost_time_and_what_was_mapped()
    {
        var plan = new ResolvedPlan("shop", "shop-plan", [Region("us-east", 20), Region("eu-central", 1)], new Dictionary<string, long>(),
            ["newark → us-east"]);
        var preview = new ClusterPreview(
            "shop", plan, ClusterSituation.New, new AddCounts(21, 2, 1, 1), new PlanCost(0.3155m, 211m, []),
            new LeastTime(TimeSpan.FromSeconds(165), 48, "21 creates at 20 per 15 s: 15s, then the slowest start: 2m30s"), []);

        Approved.Matches("preview", string.Join('\n', PreviewView.Text(PreviewDocument.From(preview))) + "\n");
    }

    [Fact]
    public void A_plan_says_the_way_in_its_users_and_what_groups_have_inside_once_where_regions_are_alike()
    {
        var plan = new ResolvedPlan("shop", "shop-plan", [Region("us-east", 2, Inside), Region("eu-central", 1, Inside), Region("ap-south", 1)],
            new Dictionary<string, long>(), [])
        {
            Ssh = new SshPolicy { Admin = "keeper", Root = false, From = ["203.0.113.0/24"], Keys = KeySharing.Group, PostQuantumOnly = true },
            Accounts = new Dictionary<string, AccountSet>
            {
                ["ops"] = new([new("crew", 1500)], [new("ann", 1501, ["crew", "adm"], true, true, ["ssh-ed25519 AAAA"]), new("bot", null, [], false, false, [])]),
            },
        };

        Assert.Equal(
            """
            ssh  as keeper, root not at all; from 203.0.113.0/24; a key pair for every group of a region; key exchange pq-only

            SET  USER   UID  GROUPS     SUDO  LOGIN
            ops  ann   1501  crew, adm  yes   1 key
            ops  bot      -  -          no    no

            GROUP  REGIONS              USERS  USES      MOUNTS
            web    us-east, eu-central  ops    dns, ntp  /srv/fast (xfs on fast), /mnt/a (ext4 on data)
            """, string.Join('\n', AccessView.Text(PlanDocument.From(plan, null))));

        static ResolvedNode Inside(ResolvedNode node) => node with
        {
            Users = ["ops"],
            Egress = ["dns", "ntp"],
            Disks = [new("root", 9000, "ext4", true), new("fast", 1000, "raw", false) { MadeOnNode = "xfs", Mount = "/srv/fast" }],
            Volumes = [new("data", $"{node.Label}-data", 20, "ext4", "/mnt/a")],
        };
    }

    [Fact]
    public void An_expanded_node_says_its_users_mounts_and_what_it_may_call()
    {
        var node = Region("us-east", 1).Groups[0].Nodes[0] with
        {
            TakesUserData = true, Users = ["ops", "data"], Egress = ["dns"],
            Disks = [new("fast", 1000, "raw", false) { MadeOnNode = "btrfs", Mount = "/srv/fast" }],
            Volumes = [new("data", "web-01-data", 20, null, null)],
        };

        var cells = PlanView.Nodes.Columns.ToDictionary(column => column.Name, column => column.Cell(PlannedNodeDocument.From(node)));

        Assert.Equal(("ops,data", "dns", "/srv/fast:fast"), (cells["users"], cells["uses"], cells["mounts"]));
        Assert.Equal(("fast:1000MB:btrfs", "web-01-data:20GB"), (cells["disks"], cells["volumes"]));
        Assert.True(PlannedNodeDocument.From(node).TakesUserData);
    }

    [Fact]
    public void A_cluster_page_shows_summary_nodes_and_the_rest()
    {
        Approved.Matches("cluster-show", string.Join('\n', ClusterPages.Page(ClusterDocument.WithMembers(Cluster()))) + "\n");
    }

    [Fact]
    public void A_degraded_cluster_says_how_many_are_missing_and_gone_nodes_do_not_count()
    {
        var document = ClusterDocument.From(Cluster());

        Assert.Equal((2, 1, 1), (document.NodeCount, document.ReadyCount, document.FailedCount));
        Assert.Contains("degraded (1)", string.Join('\n', ClusterPages.Summary(document)));
    }

    [Fact]
    public void A_cost_table_ends_with_its_total()
    {
        var cost = new CostDocument(0.03m, 20m, [new("us-east", "web", "g6-nanode-1", 2, 0.015m, 10m), new("us-east", "balancer", "", 1, 0.015m,
            10m)]);

        Assert.Equal(
            """
            REGION   WHAT      TYPE         COUNT    HOURLY  MONTHLY
            us-east  web       g6-nanode-1      2  $0.015/h   $10.00
            us-east  balancer                   1  $0.015/h   $10.00
            total                               3   $0.03/h   $20.00
            """, string.Join('\n', PlanView.Cost(cost)));
    }

    private static ResolvedRegion Region(string id, int nodes, Func<ResolvedNode, ResolvedNode>? with = null) => new(
        id, [new ResolvedGroup("web", nodes, [.. Enumerable.Range(1, nodes).Select(i => new ResolvedNode(
            $"{id}/web/{i}", id, "web", i, $"web-{id}-{i:00}", $"web-{i:00}", null, null, ["g6-standard-1"], "linode/debian12", ["web"], true,
                true, [], [])).Select(node => with?.Invoke(node) ?? node)])], []);

    private static ClusterView Cluster() => new(
        new ClusterRecord(Id, "shop", ClusterState.Degraded, "", "shop.yaml", "", new DateTimeOffset(2026, 3, 1, 12, 0, 0,
            TimeSpan.Zero)) { LastRun = "7f3a" },
        [
            Node(1, NodeState.Ready) with { LinodeId = 70000001, PublicIpv4 = "192.0.2.1", Power = "running" },
            Node(2, NodeState.Failed) with { Failure = "quota" },
            Node(3, NodeState.Gone),
        ],
        [
            new ResourceRecord(Id, ResourceKind.Balancer, "us-east/webnb", "shop-webnb", 9001) { Region = "us-east", Address = "192.0.2.100" },
            new ResourceRecord(Id, ResourceKind.Volume, "us-east/web/1/data", "web-01-data", 8001) { Region = "us-east",
                NodeKey = "us-east/web/1", Size = 10 },
        ],
        null, new PlanCost(0.045m, 30m, []));

    private static NodeRecord Node(int ordinal, NodeState state) => new(
        Id, $"us-east/web/{ordinal}", $"web-{ordinal:00}", "us-east", "web", ordinal, "g6-standard-1", "linode/debian12", $"web-{ordinal:00}",
            ["web"], state);
}
