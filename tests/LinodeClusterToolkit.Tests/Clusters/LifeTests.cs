using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <summary>Previews, runs and queries through the front door.</summary>
public sealed class LifeTests : IAsyncLifetime
{
    private const string Two = "[{ name: web, type: g6-nanode-1, count: 2 }]";
    private const string Three = "[{ name: web, type: g6-nanode-1, count: 3 }]";
    private const string WithVolume = "[{ name: db, type: g6-nanode-1, storage: [{ label: data, size: 20GB, type: blockstore }] }]";
    private readonly FrontDoor door = new();

    [Fact]
    public async Task What_was_never_made_is_new_and_a_preview_makes_nothing()
    {
        var preview = await door.PreviewAsync("shop", Two);

        Assert.Equal((ClusterSituation.New, new AddCounts(2, 0, 0, 1)), (preview.Situation, preview.Adds));
        Assert.Equal(["offer"], door.Cloud.Calls);
    }

    [Fact]
    public async Task What_was_made_is_finished_and_another_plan_is_another()
    {
        Assert.Equal("done", (await door.CreateAsync("shop", Two)).Outcome);

        Assert.Equal(ClusterSituation.Finished, (await door.PreviewAsync("shop", Two)).Situation);
        var other = await door.PreviewAsync("shop", Three);
        Assert.Equal(ClusterSituation.Other, other.Situation);
        var taken = await Assert.ThrowsAsync<LinodeToolkitException>(() => door.Toolkit.CreateAsync(other, observer: null));
        Assert.Equal("LCT4013", taken.Problem.Code);
    }

    [Fact]
    public async Task What_failed_in_part_is_unfinished_and_the_same_run_goes_on()
    {
        door.Cloud.Before = call => Refuse(call.StartsWith("create ") && call.EndsWith('2'));
        var first = await door.CreateAsync("shop", Two);
        Assert.Equal(("failed", 1, 1), (first.Outcome, first.NodesDone, first.NodesFailed));

        var again = await door.PreviewAsync("shop", Two);
        door.Cloud.Before = _ => { };
        var second = await door.Toolkit.CreateAsync(again, observer: null);

        Assert.Equal((ClusterSituation.Unfinished, 1), (again.Situation, again.Adds.Nodes));
        Assert.Equal((first.Run, "done"), (second.Run, second.Outcome));
        Assert.Equal(2, door.Cloud.Nodes.Count);
    }

    [Fact]
    public async Task A_volume_that_failed_is_made_when_the_run_goes_on()
    {
        door.Cloud.Before = call => Refuse(call.StartsWith("volume "));
        await door.CreateAsync("shop", WithVolume);
        door.Cloud.Before = _ => { };

        Assert.Equal("", string.Join("; ", (await door.CreateAsync("shop", WithVolume)).Failures));
        Assert.Equal((1, 1), (door.Cloud.Nodes.Count, door.Cloud.Volumes.Count));
    }

    [Fact]
    public async Task An_answer_that_got_lost_makes_nothing_twice()
    {
        var lost = 0;
        door.Cloud.After = call =>
        {
            if (call.StartsWith("create ") && lost++ == 0)
            {
                throw FakeCloud.Fails(ApiFailure.AnswerLost);
            }
        };

        var summary = await door.CreateAsync("shop", Two);

        Assert.Equal(("done", 2), (summary.Outcome, door.Cloud.Nodes.Count));
        Assert.Equal(2, lost);
    }

    [Fact]
    public async Task A_node_of_somebody_else_is_neither_taken_up_nor_touched()
    {
        var label = (await door.PreviewAsync("shop", Two)).Plan.Nodes.First().Label;
        door.Cloud.Nodes.Add(new(900, label, "us-east", "g6-nanode-1", null, "running", null, null, null, ["theirs"]));

        var summary = await door.CreateAsync("shop", Two);
        await door.Toolkit.DeleteAsync("shop", new(), observer: null);

        Assert.Equal("LCT6011", Assert.Single(summary.Failures, failure => failure.Node is not null).Problem.Code);
        Assert.Equal([900], door.Cloud.Nodes.Select(node => node.Id));
    }

    [Fact]
    public async Task A_name_is_free_again_after_a_delete_and_the_new_cluster_starts_anew()
    {
        await door.CreateAsync("shop", Two);
        await door.Toolkit.DeleteAsync("shop", new(), observer: null);
        Assert.Empty(door.Cloud.Nodes);

        Assert.Equal(ClusterSituation.New, (await door.PreviewAsync("shop", Two)).Situation);
        await door.CreateAsync("shop", Two);

        var shop = await door.Toolkit.GetClusterAsync("shop");
        Assert.Equal(ClusterState.Started, shop.Cluster.State);
        Assert.Equal([NodeState.Ready, NodeState.Ready], shop.Nodes.Select(node => node.State));
        Assert.All(shop.Nodes, node => Assert.Equal(shop.Cluster.Id, node.ClusterId));
    }

    [Fact]
    public async Task A_preview_that_another_plan_has_overtaken_is_refused()
    {
        var (two, three) = (await door.PreviewAsync("shop", Two), await door.PreviewAsync("shop", Three));
        await door.Toolkit.CreateAsync(two, observer: null);

        var taken = await Assert.ThrowsAsync<LinodeToolkitException>(() => door.Toolkit.CreateAsync(three, observer: null));

        Assert.Equal("LCT4013", taken.Problem.Code);
        Assert.Equal(2, door.Cloud.Nodes.Count);
    }

    [Fact]
    public async Task Volumes_can_outlive_their_cluster()
    {
        await door.CreateAsync("shop", WithVolume);

        var summary = await door.Toolkit.DeleteAsync("shop", new() { KeepVolumes = true }, observer: null);

        var kept = Assert.Single(summary.Remains);
        Assert.Equal(("volume", door.Cloud.Volumes[0].Id, door.Cloud.Volumes[0].Label, true), (kept.Kind, kept.Id, kept.Label, kept.Monthly > 0));
        Assert.Equal((0, 1, 0), (door.Cloud.Nodes.Count, door.Cloud.Volumes.Count, door.Cloud.Firewalls.Count));
    }

    [Fact]
    public async Task What_carries_the_owner_tag_is_deleted_though_no_record_knows_it()
    {
        await door.CreateAsync("shop", Two);
        var tag = (await door.Toolkit.GetClusterAsync("shop")).Cluster.OwnerTag;
        door.Cloud.Nodes.Add(new(900, "stray", "us-east", "g6-nanode-1", null, "running", null, null, null, [tag]));
        door.Cloud.Volumes.Add(new(901, "stray", "active", 20, "us-east", null, "/dev/disk", [tag]));

        await door.Toolkit.DeleteAsync("shop", new(), observer: null);

        Assert.Equal((0, 0), (door.Cloud.Nodes.Count, door.Cloud.Volumes.Count));
    }

    [Fact]
    public async Task Clusters_and_nodes_are_found_by_any_of_their_names()
    {
        await door.CreateAsync("web-shop", Two);
        await door.CreateAsync("iot", Two);

        Assert.Equal("web-shop", (await door.Toolkit.GetClusterAsync("SHOP")).Cluster.Name);
        var node = (await door.Toolkit.GetClusterAsync("iot")).Nodes[0];
        Assert.Equal(node.Key, (await door.Toolkit.GetNodeAsync(node.Label)).Key);
        Assert.Equal(node.Label, (await door.Toolkit.GetNodeAsync($"{node.LinodeId}")).Label);
        Assert.Equal(node.Label, (await door.Toolkit.GetNodeAsync(node.Key, "iot")).Label);
        var several = await Assert.ThrowsAsync<LinodeToolkitException>(() => door.Toolkit.GetNodeAsync(node.Key));
        Assert.Equal("LCT4012", several.Problem.Code);
        Assert.Equal(["iot", "web-shop"], (await door.Toolkit.ListClustersAsync().ToListAsync()).Select(view => view.Cluster.Name));
        Assert.Single(await door.Toolkit.ListRunsAsync("iot").ToListAsync());
        Assert.Equal(10m, (await door.Toolkit.GetClusterAsync("iot")).Cost!.Monthly);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await door.DisposeAsync();

    private static void Refuse(bool refused)
    {
        if (refused)
        {
            throw FakeCloud.Fails(ApiFailure.Refused);
        }
    }
}
