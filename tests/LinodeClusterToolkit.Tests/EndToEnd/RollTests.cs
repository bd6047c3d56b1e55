using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tests.Support;
using Xunit.Abstractions;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>Nodes in turns, on records: what the cloud holds afterwards is what it held before, but for what was asked for.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class RollTests(ITestOutputHelper output)
{
    private const string Web1 = "fleet-us-east-web-1";
    private const string Db1 = "fleet-us-east-db-1";

    private const string Transitions = """
        version: 1
        regions:
        - region: us-east
          nodes:
          - name: web
            type: g6-nanode-1
            count: 4
            nodenames: 'web-{counter}'
            ready: [{ command: 'true' }]
            init:
              created: [{ name: 'shell:inline', inline: one }]
              boot: [{ name: 'shell:inline', inline: one }]
              clusterstarting: [{ name: 'shell:inline', inline: one }]
              clusterstarted: [{ name: 'shell:inline', inline: one }]
              regionready: [{ name: 'shell:inline', inline: one }]
              planready: [{ name: 'shell:inline', inline: one }]
              clusterstopping: [{ name: 'shell:inline', inline: one }]
              removing: [{ name: 'shell:inline', inline: one }]
        """;

    [Fact]
    public async Task A_group_is_rebooted_node_by_node_each_out_of_its_balancer_meanwhile()
    {
        await using var world = await CreatedAsync();
        var (before, creating) = (await IdsAsync(world, "linode/instances"), (await world.WritesAsync()).Count);

        var summary = await RollAsync(world, new RollRequest { Group = "web" });

        Assert.Equal(("done", "roll", 6, 6, 0), (summary.Outcome, summary.Verb, summary.Nodes, summary.NodesDone, summary.NodesFailed));
        await Fleet.DemandAsync(world);
        Assert.Equal(before, await IdsAsync(world, "linode/instances"));
        var writes = (await world.WritesAsync()).Skip(creating).ToList();
        Assert.Equal(24, writes.Count);
        Assert.All(writes.Chunk(4), turn => Assert.True(
            turn[0].StartsWith("PUT ") && turn[1].Contains("/shutdown") && turn[2].Contains("/boot") && turn[3].StartsWith("PUT "), string.Join("; ", turn)));

        Assert.All(await BackendModesAsync(world), mode => Assert.Equal("accept", mode));
        Assert.All(await world.NodesAsync(new NodeQuery("fleet", Group: "web")), node => Assert.Equal((NodeState.Ready, NodeStage.PlanReady), (node.State, node.Stage)));
        Assert.Equal(ClusterSituation.Finished, (await world.PreviewAsync("fleet", Fleet.Plan)).Situation);
    }

    [Theory]
    [InlineData("web", Web1)]
    [InlineData("db", Db1)]
    public async Task A_rebuilt_group_has_new_disks_and_host_keys_and_the_same_ids_addresses_and_volumes(string group, string one)
    {
        await using var world = await CreatedAsync();
        var (nodes, volumes) = (await NodeAsync(world, one), await IdsAsync(world, "volumes"));
        var disks = await IdsAsync(world, $"linode/instances/{nodes.LinodeId}/disks");

        var summary = await RollAsync(world, new RollRequest { Group = group, Kind = RollKind.Rebuild, MaxUnavailable = 2 });

        Assert.Equal("done", summary.Outcome);
        await Fleet.DemandAsync(world);
        var after = await NodeAsync(world, one);
        Assert.Equal((nodes.LinodeId, nodes.PublicIpv4, NodeState.Ready, NodeStage.PlanReady), (after.LinodeId, after.PublicIpv4, after.State, after.Stage));
        Assert.NotEqual(nodes.HostKeys, after.HostKeys);
        Assert.Equal(volumes, await IdsAsync(world, "volumes"));
        Assert.Empty(disks.Intersect(await IdsAsync(world, $"linode/instances/{nodes.LinodeId}/disks")));
        Assert.Equal(ClusterSituation.Finished, (await world.PreviewAsync("fleet", Fleet.Plan)).Situation);
    }

    [Theory]
    [InlineData(Web1, true)]
    [InlineData(Db1, true)]
    [InlineData(Db1, false)]
    public async Task Another_node_takes_the_place_of_one_that_is_gone_or_dead_under_its_name_with_its_volume(string label, bool gone)
    {
        await using var world = await CreatedAsync();
        var (before, volumes) = (await NodeAsync(world, label), await IdsAsync(world, "volumes"));
        if (gone)
        {
            await world.BehindItsBackAsync(HttpMethod.Delete, $"linode/instances/{before.LinodeId}");
        }

        var summary = await RollAsync(world, new RollRequest { Nodes = [before.Key], Kind = RollKind.Replace });

        Assert.Equal(("done", 1, 1), (summary.Outcome, summary.Nodes, summary.NodesDone));
        await Fleet.DemandAsync(world);
        var after = await NodeAsync(world, label);
        Assert.NotEqual(before.LinodeId, after.LinodeId);
        Assert.Equal((before.Key, before.HostName, NodeState.Ready, NodeStage.PlanReady), (after.Key, after.HostName, after.State, after.Stage));
        Assert.NotEqual(before.HostKeys, after.HostKeys);
        Assert.Equal(volumes, await IdsAsync(world, "volumes"));
        Assert.Equal(ClusterState.Started, (await world.Toolkit.GetClusterAsync("fleet")).Cluster.State);
    }

    [Fact]
    public async Task A_node_is_resized_and_the_plan_that_is_kept_says_so_too()
    {
        await using var world = await CreatedAsync();
        var before = await NodeAsync(world, Web1);

        var summary = await RollAsync(world, new RollRequest { Nodes = [before.Key], Type = "g6-standard-2" });

        Assert.Equal("done", summary.Outcome);
        Assert.Equal("g6-standard-2", (await NodeAsync(world, Web1)).Type);
        var line = Assert.Single(await Fleet.StandingAsync(world), one => one.StartsWith($"node {Web1} "));
        Assert.StartsWith($"node {Web1} g6-standard-2 running", line);
        var view = await world.Toolkit.GetClusterAsync("fleet");
        Assert.Equal("g6-standard-2", view.Plan!.Nodes.Single(node => node.Key == before.Key).Type);
        var again = await Assert.ThrowsAsync<Diagnostics.LinodeToolkitException>(() => RollAsync(world, new RollRequest { Nodes = [before.Key], Type = "g6-standard-2" }));
        Assert.Equal("LCT4553", again.Problem.Code);
        var tight = await Assert.ThrowsAsync<Diagnostics.LinodeToolkitException>(() => RollAsync(world, new RollRequest { Nodes = [before.Key], Type = "g6-nanode-1" }));
        Assert.Equal("LCT4552", tight.Problem.Code);
    }

    [Theory]
    [InlineData(1, 2, "web-2")]
    [InlineData(2, 2, "web-3")]
    public async Task After_a_failure_nothing_more_begins_and_the_same_request_goes_on_with_the_node_that_failed(int atOnce, int failing, string skipped)
    {
        TellingShell? shell = null;
        await using var world = new World(shell: time => shell ??= new TellingShell(time, seed: 3));
        await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));
        shell!.Failing.Add(($"fleet-us-east-web-{failing - 1}", "roll", 1));
        var request = new RollRequest { Group = "web", Region = "us-east", Kind = RollKind.Command, Command = ["true"], MaxUnavailable = atOnce };

        var failed = await RollAsync(world, request);

        Assert.Equal(("failed", 3, 1), (failed.Outcome, failed.Nodes, failed.NodesFailed));
        Assert.DoesNotContain(shell.All, told => told.Title == "roll" && told.Node.EndsWith(skipped));
        Assert.All(await world.NodesAsync(new NodeQuery("fleet", Group: "web")), node => Assert.Equal(NodeState.Ready, node.State));
        var ran = shell.All.Count(told => told.Title == "roll");
        Assert.Equal(atOnce, ran);

        Assert.Equal("done", (await RollAsync(world, request)).Outcome);
        Assert.Equal(4, shell.All.Count(told => told.Title == "roll"));

        // It has come to its end: the same request is another run.
        Assert.Equal("done", (await RollAsync(world, request)).Outcome);
        Assert.Equal(7, shell.All.Count(told => told.Title == "roll"));
    }

    [Theory]
    [InlineData("502")]
    [InlineData("cut-before")]
    [InlineData("cut-after")]
    public async Task Answers_that_are_lost_change_nothing_of_the_end(string fault)
    {
        await using var world = await CreatedAsync();
        var volumes = await IdsAsync(world, "volumes");
        foreach (var write in new[]
        {
            "POST /linode/instances", "POST /linode/instances/*/shutdown", "POST /linode/instances/*/boot", "POST /linode/instances/*/rebuild",
            "POST /linode/instances/*/resize", "POST /linode/instances/*/disks", "POST /linode/instances/*/configs", "POST /volumes/*/detach",
            "POST /volumes/*/attach", "DELETE /linode/instances/*", "PUT *",
        })
        {
            await world.FaultAsync($"{fault} on {write} times=1");
        }

        Assert.Equal("done", (await RollAsync(world, new RollRequest { Group = "web", Region = "us-east", Kind = RollKind.Rebuild })).Outcome);
        Assert.Equal("done", (await RollAsync(world, new RollRequest { Group = "db", Region = "us-east", Kind = RollKind.Rebuild, MaxUnavailable = 2 })).Outcome);
        Assert.Equal("done", (await RollAsync(world, new RollRequest { Group = "db", Region = "eu-central", Kind = RollKind.Replace })).Outcome);
        await Fleet.DemandAsync(world);
        var web = await NodeAsync(world, Web1);
        Assert.Equal("done", (await RollAsync(world, new RollRequest { Nodes = [web.Key], Type = "g6-standard-2" })).Outcome);

        Assert.All(await world.StruckAsync(), struck => Assert.Equal(1, struck));
        Assert.Equal(volumes, await IdsAsync(world, "volumes"));
        Assert.All(await BackendModesAsync(world), mode => Assert.Equal("accept", mode));
    }

    [Theory]
    [InlineData("clusterstopping", 1)]
    [InlineData("boot", 1)]
    [InlineData("clusterstarting", 2)]
    [InlineData("ready", 1)]
    [InlineData("planready", 2)]
    public async Task Each_turn_goes_through_the_plans_transitions_and_one_that_fails_holds_all_that_come_after(string at, int atOnce)
    {
        TellingShell? shell = null;
        await using var world = new World(shell: time => shell ??= new TellingShell(time, seed: 5));
        Assert.Equal("done", (await world.Time.RunAsync(() => world.CreateAsync("fleet", Transitions))).Outcome);
        var (created, writes) = (shell!.All.Count, (await world.WritesAsync()).Count);
        shell.Failing.Add(($"web-{atOnce}", at, 1));
        var request = new RollRequest { Group = "web", MaxUnavailable = atOnce };

        var failed = await RollAsync(world, request);

        Assert.Equal(("failed", 4, atOnce - 1, 1), (failed.Outcome, failed.Nodes, failed.NodesDone, failed.NodesFailed));
        Assert.DoesNotContain(shell.All.Skip(created), told => told.Node == $"web-{atOnce + 1}" || told.Node == "web-4");
        var shut = (await world.WritesAsync()).Skip(writes).Count(write => write.Contains("/shutdown"));
        Assert.Equal(at == "clusterstopping" ? 0 : atOnce, shut);
        Assert.Equal((NodeState.Failed, NodeState.Ready), ((await NodeAsync(world, $"web-{atOnce}")).State, (await NodeAsync(world, "web-4")).State));

        await world.RestartAsync();
        Assert.Equal("done", (await world.Time.RunAsync(() => world.ResumeAsync("fleet")))?.Outcome);
        string[] whole = ["clusterstopping", "boot", "clusterstarting", "ready", "clusterstarted", "regionready", "planready"];
        foreach (var node in shell.All.Skip(created).GroupBy(told => told.Node))
        {
            var index = Array.IndexOf(whole, at);
            Assert.Equal(
                node.Key == $"web-{atOnce}" ? [.. whole[..(index + 1)], .. whole[index..]] : whole,
                node.OrderBy(told => told.Began).Select(told => told.At).Where(whole.Contains));
        }

        // Never more at once than may be away.
        var turns = shell.All.Skip(created).GroupBy(told => told.Node).Select(node => (From: node.Min(told => told.Began), To: node.Max(told => told.Ended))).ToList();
        Assert.Equal(4, turns.Count);
        Assert.All(turns, one => Assert.InRange(turns.Count(other => other.From < one.To && one.From < other.To), 1, atOnce));
        Assert.All(await world.NodesAsync(new NodeQuery("fleet")), node => Assert.Equal((NodeState.Ready, NodeStage.PlanReady), (node.State, node.Stage)));
    }

    [Theory]
    [InlineData(RollKind.Reboot, "web", 1)]
    [InlineData(RollKind.Rebuild, "web", 2)]
    [InlineData(RollKind.Rebuild, "db", 3)]
    [InlineData(RollKind.Replace, "web", 4)]
    [InlineData(RollKind.Replace, "db", 5)]
    public async Task Left_at_any_moment_it_is_gone_on_with_to_the_same_end(RollKind kind, string group, int seed)
    {
        var random = new Random(seed);
        TimeSpan whole;
        await using (var undisturbed = await CreatedAsync())
        {
            whole = (await RollAsync(undisturbed, Request())).Elapsed;
        }

        for (var round = 0; round < 6; round++)
        {
            await using var world = await CreatedAsync();
            var volumes = await IdsAsync(world, "volumes");
            await world.FaultAsync("delay=3s on POST *");
            var outcome = "";
            for (var times = 0; outcome != "done"; times++)
            {
                using var leave = new CancellationTokenSource(times > 2 ? TimeSpan.FromHours(9) : whole * random.NextDouble(), world.Time);
                outcome = await LeftAsync(world, times, leave.Token);
                output.WriteLine($"{kind} {group} {round}.{times}: {outcome}");
                await world.RestartAsync();
            }

            await Fleet.DemandAsync(world);
            Assert.Equal(volumes, await IdsAsync(world, "volumes"));
            Assert.All(await BackendModesAsync(world), mode => Assert.Equal("accept", mode));
            Assert.Equal(ClusterSituation.Finished, (await world.PreviewAsync("fleet", Fleet.Plan)).Situation);
        }

        RollRequest Request() => new() { Group = group, Region = "us-east", Kind = kind };

        Task<string> LeftAsync(World world, int times, CancellationToken leave) => world.Time.RunAsync(async () =>
        {
            try
            {
                var summary = times == 0
                    ? await world.Toolkit.RollAsync("fleet", Request(), null, default, leave)
                    : await world.Toolkit.ResumeAsync("fleet", null, null, default, leave) ?? await world.Toolkit.RollAsync("fleet", Request(), null, default, leave);
                foreach (var failure in summary.Failures)
                {
                    output.WriteLine($"  {failure.Step}: {failure.Problem} {failure.Problem.Why}");
                }

                Assert.NotEqual("failed", summary.Outcome);
                return summary.Outcome;
            }
            catch (OperationCanceledException)
            {
                return "left";
            }
        });
    }

    private static async Task<World> CreatedAsync()
    {
        var world = new World();
        Assert.Equal("done", (await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan))).Outcome);
        return world;
    }

    private async Task<RunSummary> RollAsync(World world, RollRequest request)
    {
        var summary = await world.Time.RunAsync(() => world.Toolkit.RollAsync("fleet", request, world.Events));
        foreach (var failure in summary.Failures)
        {
            output.WriteLine($"{failure.Step} ({failure.Attempts}): {failure.Problem} {failure.Problem.Why}");
        }

        return summary;
    }

    private static async Task<NodeRecord> NodeAsync(World world, string label) =>
        (await world.NodesAsync(new NodeQuery("fleet"))).Single(node => node.Label == label);

    private static async Task<IReadOnlyList<long>> IdsAsync(World world, string path) =>
        [.. (await world.GetAsync(path)).Select(one => one.GetProperty("id").GetInt64()).Order()];

    private static async Task<IReadOnlyList<string>> BackendModesAsync(World world)
    {
        var modes = new List<string>();
        foreach (var balancer in await world.GetAsync("nodebalancers"))
        {
            var path = $"nodebalancers/{balancer.GetProperty("id")}/configs";
            foreach (var config in await world.GetAsync(path))
            {
                modes.AddRange((await world.GetAsync($"{path}/{config.GetProperty("id")}/nodes")).Select(node => node.GetProperty("mode").GetString()!));
            }
        }

        return modes;
    }
}
