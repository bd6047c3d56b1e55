using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>An inventory that was lost is made anew from the account, and what nobody knows any more is found.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class ImportTests
{
    private static readonly string[] Kinds = ["linodes", "volumes", "nodebalancers", "firewalls"];

    [Fact]
    public async Task With_its_plan_a_lost_cluster_is_known_as_before_and_nothing_is_left_to_do()
    {
        await using var world = new World();
        var owner = await MakeAsync(world);
        var before = await FactsAsync(world);
        await world.LoseInventoryAsync();

        var view = await ImportAsync(world, new("fleet", owner) { Plan = new PlanSource("plan.yaml", null, Fleet.Plan) });

        Assert.Equal((ClusterState.Degraded, owner), (view.Cluster.State, view.Cluster.OwnerTag)); // one is off, as its plan says
        Assert.Equal(before, await FactsAsync(world));
        Assert.Equal(new AddCounts(0, 0, 0, 0), (await world.Time.RunAsync(() => world.PreviewAsync("fleet", Fleet.Plan))).Adds);
        Assert.Equal("done", (await world.Time.RunAsync(() => world.Toolkit.DeleteAsync("fleet", new(), world.Events))).Outcome);
        Assert.Equal(0, (await world.CountsAsync(Kinds)).Sum());
    }

    [Fact]
    public async Task Without_a_plan_its_groups_are_read_off_the_labels_and_it_can_be_stopped_and_deleted()
    {
        await using var world = new World();
        var owner = await MakeAsync(world);
        await world.LoseInventoryAsync();

        await ImportAsync(world, new("found", owner));

        var keys = (await world.NodesAsync(new NodeQuery("found"))).Select(node => node.Key).ToHashSet();
        Assert.Superset(new HashSet<string> { "us-east/web/3", "eu-central/db/2", "us-east/cold/1" }, keys);
        Assert.Equal("done", (await world.Time.RunAsync(() => world.Toolkit.StopAsync("found", new(), world.Events))).Outcome);
        Assert.Equal("done", (await world.Time.RunAsync(() => world.Toolkit.DeleteAsync("found", new(), world.Events))).Outcome);
        Assert.Equal(0, (await world.CountsAsync(Kinds)).Sum());
    }

    [Fact]
    public async Task What_carries_another_tag_is_taken_up_is_ours_from_then_on_and_protected()
    {
        await using var world = new World();
        await world.BehindItsBackAsync(HttpMethod.Post, "volumes", """{ "label": "olddata", "region": "us-east", "size": 20, "tags": ["legacy"] }""");
        foreach (var label in new[] { "old1", "old2" })
        {
            await world.BehindItsBackAsync(HttpMethod.Post, "linode/instances", $$"""
                { "label": "{{label}}", "region": "us-east", "type": "g6-nanode-1", "tags": ["legacy"] }
                """);
        }

        var view = await ImportAsync(world, new("old", "legacy"));

        Assert.True(view.Cluster.IsProtected);
        Assert.Equal(["us-east/old/1", "us-east/old/2"], view.Nodes.Select(node => node.Key));
        Assert.Equal(["olddata"], view.Resources.Select(made => made.Label));
        Assert.Empty((await world.Toolkit.DiffAsync("old", live: true)).Drifts);
        Assert.Equal("LCT4024", await CodeOfAsync(() => world.Time.RunAsync(() => world.Toolkit.DeleteAsync("old", new(), world.Events))));
        Assert.All(
            [.. await world.GetAsync("linode/instances"), .. await world.GetAsync("volumes")],
            node => Assert.Contains(view.Cluster.OwnerTag, node.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString())));
    }

    [Fact]
    public async Task What_is_known_or_carries_no_such_tag_is_refused()
    {
        await using var world = new World();
        var owner = await MakeAsync(world);
        Assert.Equal("LCT4028", await CodeOfAsync(() => ImportAsync(world, new("fleet", "any"))));
        Assert.Equal("LCT4029", await CodeOfAsync(() => ImportAsync(world, new("other", owner))));
        Assert.Equal("LCT4027", await CodeOfAsync(() => ImportAsync(world, new("other", "nobody"))));
    }

    [Fact]
    public async Task What_a_known_cluster_has_left_is_an_orphan_with_a_price_and_can_be_deleted_and_what_others_have_cannot()
    {
        await using var world = new World();
        var owner = await MakeAsync(world);
        Assert.Empty(await world.Toolkit.FindOrphansAsync());
        var theirs = $"lct:{Guid.NewGuid():D}";
        foreach (var (label, tag) in new[] { ("left", owner), ("strange", theirs), ("mine", "personal") })
        {
            await world.BehindItsBackAsync(HttpMethod.Post, "linode/instances", $$"""
                { "label": "{{label}}", "region": "us-east", "type": "g6-nanode-1", "tags": ["{{tag}}"] }
                """);
            await world.BehindItsBackAsync(HttpMethod.Post, "volumes", $$"""
                { "label": "{{label}}", "region": "us-east", "size": 20, "tags": ["{{tag}}"] }
                """);
        }

        await world.PassAsync(TimeSpan.FromMinutes(5));
        var found = await world.Toolkit.FindOrphansAsync();

        Assert.Equal(
            ["node left fleet 5.00", "node strange  5.00", "volume left fleet 2.00", "volume strange  2.00"],
            found.Select(one => FormattableString.Invariant($"{one.Kind} {one.Label} {one.Cluster} {one.Monthly:0.00}")).Order(StringComparer.Ordinal));
        await Assert.ThrowsAsync<ArgumentException>(() => world.Toolkit.DeleteOrphanAsync(found.First(one => one.Cluster is null)));
        foreach (var one in found.Where(one => one.Cluster is not null))
        {
            await world.Time.RunAsync(async () =>
            {
                await world.Toolkit.DeleteOrphanAsync(one);
                return one;
            });
        }

        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.All(await world.Toolkit.FindOrphansAsync(), one => Assert.Equal("strange", one.Label));
        var left = await world.CountsAsync(Kinds);
        Assert.Equal([14, 6, 2, 1], left); // those of the fleet, of the stranger and of nobody
    }

    [Fact]
    public async Task What_an_interrupted_run_has_not_written_down_yet_is_no_orphan()
    {
        await using var world = new World();
        using var leave = new CancellationTokenSource(TimeSpan.FromSeconds(4.5), world.Time);
        await world.FaultAsync("delay=3s on POST *");
        await world.Time.RunAsync(() => world.LeaveAsync("fleet", Fleet.Plan, leave.Token));
        await world.ClearFaultsAsync();
        await world.RestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.NotEmpty(await world.GetAsync("linode/instances"));
        Assert.Empty(await world.Toolkit.FindOrphansAsync());
    }

    private static async Task<ClusterView> ImportAsync(World world, ImportRequest request) =>
        await world.Toolkit.ImportAsync(await world.Toolkit.PreviewImportAsync(request));

    private static async Task<string> MakeAsync(World world)
    {
        Assert.Equal("done", (await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan))).Outcome);
        return (await world.Toolkit.GetClusterAsync("fleet")).Cluster.OwnerTag;
    }

    /// <summary>What the records say of nodes and other things, as far as the account can tell it.</summary>
    private static async Task<IReadOnlyList<string>> FactsAsync(World world)
    {
        var view = await world.Toolkit.GetClusterAsync("fleet");
        return
        [
            .. view.Nodes.Select(node => $"{node.Key} {node.Label} {node.LinodeId} {node.Type} {node.PublicIpv4} {node.PrivateIpv4} {node.HostName} "
                + $"{node.Login} {string.Join(',', node.Tags)} {node.Stage}").Order(StringComparer.Ordinal),
            .. view.Resources.Where(made => made.Kind is not (ResourceKind.Disk or ResourceKind.Config))
                .Select(made => $"{made.Kind} {made.Key} {made.CloudId} {made.NodeKey} {made.Region} {made.Size} {made.Address}").Order(StringComparer.Ordinal),
            $"firewall {view.Cluster.FirewallId}",
        ];
    }

    private static async Task<string> CodeOfAsync<T>(Func<Task<T>> work) =>
        (await Assert.ThrowsAsync<LinodeToolkitException>(work)).Problem.Code;
}
