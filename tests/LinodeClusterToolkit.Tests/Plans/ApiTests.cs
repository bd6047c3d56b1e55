using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

/// <summary>What a plan asks of the API, and what becomes of it where the API cannot do it.</summary>
public sealed class ApiTests
{
    private static readonly LinodeCatalog Poor = new(LinodeCatalog.BuiltIn.Offer with
    {
        Abilities = new(CloudFirewalls: false, ImagesAtCreation: false, Tags: false, LongLabels: false),
    });

    [Theory]
    [InlineData("api: v3\n", ApiGeneration.V3)]
    [InlineData("api: v4\n", ApiGeneration.V4)]
    [InlineData("", null)]
    public void A_plan_names_the_generation_of_the_API_it_wants(string line, ApiGeneration? wanted)
    {
        Assert.Equal(wanted, PlanReader.Read(Plan(line, "")).OrThrow().Api);
        Assert.Equal(wanted, ResolvedPlanJson.Read(ResolvedPlanJson.Write(Resolve(LinodeCatalog.BuiltIn, line, ""))).Api);
    }

    [Fact]
    public void Where_nodes_come_without_an_image_they_get_the_disks_the_platform_makes_elsewhere()
    {
        Assert.Empty(Resolve(LinodeCatalog.BuiltIn, "", "").Nodes.Single().Disks);

        var disks = Resolve(Poor, "", "").Nodes.Single().Disks;

        Assert.Equal([("boot", 25_600 - 512, "ext4", true), ("swap", 512, "swap", false)],
            disks.Select(disk => (disk.Label, disk.SizeMb, disk.Filesystem, disk.Boot)));
    }

    [Fact]
    public void Disks_that_a_plan_names_are_those_there_are()
    {
        const string Storage = ", storage: [{ label: all, size: 100%, fs: ext4, boot: yes }]";
        Assert.Equal("all", Resolve(Poor, "", Storage).Nodes.Single().Disks.Single().Label);
    }

    [Fact]
    public void Names_that_are_too_long_for_the_API_are_cut_where_the_plan_gives_none_and_refused_where_it_does()
    {
        var cluster = new string('c', 40);
        var node = PlanResolver.Resolve(Plan("", ""), new ResolveRequest(cluster, Poor)).OrThrow().Nodes.Single();
        Assert.InRange(node.Label.Length, 20, 32);
        Assert.Equal($"{cluster}-us-east-web-1", node.HostName);
        Assert.Equal($"{cluster}-us-east-web-1", PlanResolver.Resolve(Plan("", ""), new ResolveRequest(cluster, LinodeCatalog.BuiltIn)).OrThrow().Nodes.Single().Label);
        var refused = PlanResolver.Resolve(Plan("", ", nodenames: '{cluster}-{counter}'"), new ResolveRequest(cluster, Poor));
        Assert.Contains("3 to 32 characters", refused.Errors.Single().Why);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_Cloud_Firewall_is_made_where_the_API_has_them(bool has)
    {
        var plan = Resolve(has ? LinodeCatalog.BuiltIn : Poor, "", "");
        var cluster = new ClusterRecord(Guid.CreateVersion7(), "shop", ClusterState.Creating, "", "", "", DateTimeOffset.UnixEpoch);
        Assert.Equal(has, ChangePlanner.Additions(cluster, plan, [], []).NeedsFirewall);
    }

    private static PlanSource Plan(string line, string more) =>
        new("p.yaml", null, $"version: 1\n{line}regions: [{{ region: us-east, nodes: [{{ name: web, type: g6-nanode-1{more} }}] }}]\n");

    private static ResolvedPlan Resolve(LinodeCatalog catalog, string line, string more) =>
        PlanResolver.Resolve(Plan(line, more), new ResolveRequest("shop", catalog)).OrThrow();
}
