using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Changes;

/// <summary>Small clusters, plans and records, each member with a value that says nothing unless a test says it.</summary>
internal static class Small
{
    public static ClusterRecord Cluster { get; } =
        new(new Guid("0198c0de-0000-7000-8000-00000badcafe"), "shop", ClusterState.Creating, "", "", "", DateTimeOffset.UnixEpoch);

    public static ResolvedNode Node(string group, int ordinal, string region = "us-east", string? label = null) => new(
        $"{region}/{group}/{ordinal}", region, group, ordinal, label ?? $"{group}-{ordinal}", label ?? $"{group}-{ordinal}", null, null,
        ["g6-standard-1"], "linode/debian12", [], Boot: true, PrivateIp: false, [], [])
    {
        TakesUserData = true,
    };

    public static ResolvedVolume Volume(string name, string label, int sizeGb = 20) => new(name, label, sizeGb, null, null);

    public static ResolvedBalancer Balancer(string name, params string[] backends) => new(
        $"us-east/{name}", name, "us-east", $"shop-{name}",
        [new BalancerPort(80, 8080, "http", "roundrobin", "none", new HealthCheck("none", null, null, 5, 3, 2), backends)]);

    /// <summary>A plan of these nodes, each group complete when all its members are, or as many as <paramref name="min"/>.</summary>
    public static ResolvedPlan Plan(IEnumerable<ResolvedNode> nodes, IReadOnlyList<ResolvedBalancer>? balancers = null, int? min = null) => new(
        "shop", "shop",
        [
            .. nodes.GroupBy(node => node.Region).Select(region => new ResolvedRegion(
                region.Key,
                [.. region.GroupBy(node => node.Group).Select(group => new ResolvedGroup(group.Key, min ?? group.Count(), [.. group]))],
                [.. (balancers ?? []).Where(balancer => balancer.Region == region.Key)])),
        ],
        new Dictionary<string, long>(), []);

    public static NodeRecord Record(this ResolvedNode node, NodeState state, long? id = null) => new(
        Cluster.Id, node.Key, node.Label, node.Region, node.Group, node.Ordinal, node.Type, node.Image, node.HostName, node.Tags, state)
    {
        LinodeId = id, Stage = state == NodeState.Ready ? NodeStage.PlanReady : NodeStage.None,
    };

    public static ResourceRecord Made(ResourceKind kind, string key, long id = 7, string? nodeKey = null) =>
        new(Cluster.Id, kind, key, $"label-of-{key}", id) { Region = "us-east", NodeKey = nodeKey };

    public static ChangeSet Adding(params ResolvedNode[] nodes) => ChangePlanner.Additions(Cluster, Plan(nodes), [], []);
}
