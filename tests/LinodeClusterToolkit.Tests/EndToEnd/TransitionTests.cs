using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>When actions of a plan run: on records and virtual time, with commands that take as long as chance has it.</summary>
public sealed class TransitionTests : IAsyncLifetime
{
    private const string Every = """
        created: [{ name: 'shell:inline', inline: one }]
              firstboot: [{ name: 'shell:inline', inline: one }, { name: 'shell:inline', inline: two }]
              sshready: [{ name: 'shell:inline', inline: one }]
              boot: [{ name: 'shell:inline', inline: one }]
              clusterstarting: [{ name: 'shell:inline', inline: one }, { name: 'shell:inline', inline: two }]
              clusterstarted: [{ name: 'shell:inline', inline: one }]
              regionready: [{ name: 'shell:inline', inline: one }]
              planready: [{ name: 'shell:inline', inline: one }]
              clusterstopping: [{ name: 'shell:inline', inline: one }]
              removing: [{ name: 'shell:inline', inline: one }]
        """;

    private const string Two = $$"""
        version: 1
        regionplans:
        - name: all
          nodes:
          - name: web
            type: g6-nanode-1
            count: 3
            min: MIN
            nodenames: 'web-{region}-{counter}'
            depends-on: [db]
            init:
              {{Every}}
          - name: db
            type: g6-nanode-1
            count: 2
            nodenames: 'db-{region}-{counter}'
            ready: [{ command: 'true' }]
            init:
              {{Every}}
        regions:
        - { region: us-east, regionplan: all }
        - { region: eu-central, regionplan: all }
        """;

    private static readonly string[] Rising =
        ["created", "firstboot", "sshready", "boot", "clusterstarting", "clusterstarted", "regionready", "planready"];

    private readonly World world;
    private TellingShell? shell;

    public TransitionTests() => world = new World(shell: time => shell ??= new TellingShell(time, seed: 7));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_takes_long_each_group_starts_after_those_it_depends_on_and_each_barrier_waits_for_all(int seed)
    {
        TellingShell? told = null;
        await using var other = new World(shell: time => told ??= new TellingShell(time, seed));

        Assert.Equal("done", (await other.Time.RunAsync(() => other.CreateAsync("shop", Plan(3)))).Outcome);

        var all = told!.All;
        foreach (var node in all.GroupBy(one => one.Node))
        {
            // Of a node: transition after transition, each action after the one before.
            var actions = node.Where(one => one.Title.Contains("shell:")).OrderBy(one => one.Began).ToList();
            Assert.Equal(10, actions.Count);
            Assert.Equal(Rising, actions.Select(one => one.At).Distinct());
            Assert.All(actions.Zip(actions.Skip(1)), pair => Assert.True(pair.First.Ended < pair.Second.Began, $"{pair.First} {pair.Second}"));
        }

        foreach (var at in Rising[4..])
        {
            Comes(after: one => one.At == at && IsDb(one), one => one.At == at && !IsDb(one));
        }

        Comes(after: one => one.At == "ready", one => one.At == "clusterstarting" && !IsDb(one));
        foreach (var region in new[] { "us-east", "eu-central" })
        {
            Comes(after: one => one.Node.Contains(region) && one.At is "clusterstarting" or "ready", one => one.Node.Contains(region) && one.At == "clusterstarted");
            Comes(after: one => one.Node.Contains(region) && one.At == "clusterstarted", one => one.Node.Contains(region) && one.At == "regionready");
        }

        Comes(after: one => one.At == "regionready", one => one.At == "planready");

        void Comes(Func<TellingShell.Told, bool> after, Func<TellingShell.Told, bool> then) =>
            Assert.True(all.Where(after).Max(one => one.Ended) < all.Where(then).Min(one => one.Began));
    }

    [Fact]
    public async Task On_the_way_down_who_depends_goes_first_and_is_off_before_the_next_begins()
    {
        await CreateAsync(3);
        var before = shell!.All.Count;

        var summary = await world.Time.RunAsync(() => world.Toolkit.StopAsync("shop", new StopRequest(), world.Events));

        Assert.Equal(("done", 10, 10), (summary.Outcome, summary.Nodes, summary.NodesDone));
        var drains = shell.All.Skip(before).Where(one => one.At == "clusterstopping").ToList();
        Assert.Equal(10, drains.Count);
        Assert.True(drains.Where(one => !IsDb(one)).Max(one => one.Ended) < drains.Where(IsDb).Min(one => one.Began));
        Assert.Equal(ClusterState.Stopped, (await world.Toolkit.GetClusterAsync("shop")).Cluster.State);
        Assert.All(await world.GetAsync("linode/instances"), node => Assert.Equal("offline", node.GetProperty("status").GetString()));
        Assert.Equal(10, (await world.WritesAsync()).Count(write => write.Contains("/shutdown")));

        // And up again: no create call, boots in order, every transition of a start once more.
        var creates = (await world.WritesAsync()).Count(write => write.StartsWith("POST /v4/linode/instances "));
        var from = shell.All.Count;
        Assert.Equal("done", (await world.Time.RunAsync(() => world.Toolkit.StartAsync("shop", new StartRequest(), world.Events))).Outcome);
        var again = shell.All.Skip(from).Where(one => one.Title.Contains("shell:")).ToList();
        Assert.Equal(Rising[3..], again.OrderBy(one => one.Began).Select(one => one.At).Distinct());
        Assert.True(again.Where(one => one.At == "clusterstarting" && IsDb(one)).Max(one => one.Ended) < again.Where(one => one.At == "boot" && !IsDb(one)).Min(one => one.Began));
        Assert.Equal(creates, (await world.WritesAsync()).Count(write => write.StartsWith("POST /v4/linode/instances ")));
        var view = await world.Toolkit.GetClusterAsync("shop");
        Assert.Equal((ClusterState.Started, NodeStage.PlanReady), (view.Cluster.State, view.Stage));
    }

    [Theory]
    [InlineData("created")]
    [InlineData("firstboot")]
    [InlineData("sshready")]
    [InlineData("boot")]
    [InlineData("clusterstarting")]
    [InlineData("clusterstarted")]
    [InlineData("regionready")]
    [InlineData("planready")]
    public async Task What_fails_on_a_node_is_named_the_barrier_holds_and_the_same_command_does_what_is_left(string at)
    {
        Shell().Failing.Add(("web-us-east-2", at, 1));

        var failed = await CreateAsync(3);

        Assert.Equal("failed", failed.Outcome);
        var node = Assert.Single(failed.Failures, failure => failure.Node is not null);
        Assert.Equal(($"{at} 1 shell:inline web-us-east-2", "LCT6217"), (node.Step, node.Problem.Code));
        Assert.Contains("it hurts", node.Problem.Why);
        Assert.Contains("group us-east/web", Assert.Single(failed.Failures, failure => failure.Node is null).Problem.What);
        Assert.Equal(ClusterState.Degraded, (await world.Toolkit.GetClusterAsync("shop")).Cluster.State);
        Assert.Equal(at == "planready", Shell().Actions.Any(action => action.Contains("planready") && action.StartsWith("web-eu")));

        var before = Shell().Actions.ToList();
        Assert.Equal("done", (await CreateAsync(3)).Outcome);

        // What had ended well is not done again; what failed is.
        var (again, all) = (Shell().Actions.Skip(before.Count).ToList(), Shell().Actions.ToList());
        Assert.Contains($"web-us-east-2 {at} shell:inline", again);
        Assert.Equal(101, all.Count);
        Assert.Equal(NodeStage.PlanReady, (await world.Toolkit.GetClusterAsync("shop")).Stage);
        Assert.Equal(ClusterSituation.Finished, (await world.PreviewAsync("shop", Plan(3))).Situation);
    }

    [Fact]
    public async Task With_a_minimum_the_rest_goes_on_and_the_one_that_failed_is_left_for_later()
    {
        Shell().Failing.Add(("web-us-east-2", "clusterstarting", 1));

        var failed = await CreateAsync(2);

        Assert.Equal("clusterstarting 1 shell:inline web-us-east-2", Assert.Single(failed.Failures).Step);
        Assert.Equal(9, Shell().Actions.Count(action => action.Contains("planready")));
        Assert.DoesNotContain(Shell().Actions, action => action.StartsWith("web-us-east-2 clusterstarted"));
        Assert.Equal("web-us-east-2", Assert.Single(await world.NodesAsync(new NodeQuery(State: NodeState.Failed))).Label);

        Assert.Equal("done", (await CreateAsync(2)).Outcome);
        Assert.Equal(10, Shell().Actions.Count(action => action.Contains("planready")));
    }

    [Fact]
    public async Task What_fails_twice_and_then_works_is_done_where_the_plan_lets_it_try_again()
    {
        var plan = Plan(3).Replace("clusterstarted: [{ name: 'shell:inline', inline: one }]", "clusterstarted: [{ name: 'shell:inline', inline: one, retries: 2 }]");
        Shell().Failing.Add(("web-us-east-2", "clusterstarted", 2));

        var summary = await world.Time.RunAsync(() => world.CreateAsync("shop", plan));

        Assert.Equal("done", summary.Outcome);
        Assert.Equal(3, Shell().Actions.Count(action => action == "web-us-east-2 clusterstarted shell:inline"));
    }

    [Fact]
    public async Task The_first_does_it_alone_and_one_after_the_other_never_two_at_once_with_what_follows_behind_both()
    {
        var plan = Plan(3).Replace(
            "clusterstarting: [{ name: 'shell:inline', inline: one }, { name: 'shell:inline', inline: two }]",
            "clusterstarting: [{ name: 'shell:inline', inline: a, run-on: first }, { name: 'shell:inline', inline: b, run-on: each-in-turn }, { name: 'shell:inline', inline: c }]");

        Assert.Equal("done", (await world.Time.RunAsync(() => world.CreateAsync("shop", plan))).Outcome);

        var web = Shell().All.Where(one => one.At == "clusterstarting" && one.Node.StartsWith("web-us")).OrderBy(one => one.Began).ToList();
        Assert.Equal(["web-us-east-1", "web-us-east-1", "web-us-east-2", "web-us-east-3"], web.Take(4).Select(one => one.Node));
        Assert.Equal(7, web.Count);
        Assert.All(web.Take(4).Zip(web.Skip(1)), pair => Assert.True(pair.First.Ended < pair.Second.Began));
    }

    [Fact]
    public async Task The_first_finds_done_what_all_of_its_group_did_before()
    {
        var plan = Plan(3).Replace(
            "clusterstarting: [{ name: 'shell:inline', inline: one }, { name: 'shell:inline', inline: two }]",
            "clusterstarting: [{ name: 'shell:inline', inline: a }, { name: 'shell:inline', inline: b, run-on: first }]");

        Assert.Equal("done", (await world.Time.RunAsync(() => world.CreateAsync("shop", plan))).Outcome);

        var web = Shell().All.Where(one => one.At == "clusterstarting" && one.Node.StartsWith("web-us")).OrderBy(one => one.Began).ToList();
        Assert.Equal(4, web.Count);
        Assert.Equal("web-us-east-1", web[3].Node);
        Assert.True(web.Take(3).Max(one => one.Ended) < web[3].Began);
    }

    [Fact]
    public async Task A_drain_that_fails_keeps_its_group_and_all_below_it_running_until_it_is_forced()
    {
        await CreateAsync(3);
        Shell().Failing.Add(("web-eu-central-1", "clusterstopping", 2));

        var refused = await world.Time.RunAsync(() => world.Toolkit.StopAsync("shop", new StopRequest(), world.Events));

        Assert.Equal("failed", refused.Outcome);
        Assert.Equal("clusterstopping 1 shell:inline web-eu-central-1", Assert.Single(refused.Failures, failure => failure.Node is not null).Step);
        var off = (await world.GetAsync("linode/instances")).Where(node => node.GetProperty("status").GetString() == "offline")
            .Select(node => node.GetProperty("label").GetString()).Order();
        Assert.Equal(["web-us-east-1", "web-us-east-2", "web-us-east-3"], off);
        Assert.Equal(ClusterState.Degraded, (await world.Toolkit.GetClusterAsync("shop")).Cluster.State);

        var forced = await world.Time.RunAsync(() => world.Toolkit.StopAsync("shop", new StopRequest { Force = true }, world.Events));

        Assert.Equal(10, (await world.NodesAsync(new NodeQuery(State: NodeState.Stopped))).Count);
        Assert.Equal(ClusterState.Stopped, (await world.Toolkit.GetClusterAsync("shop")).Cluster.State);
        Assert.DoesNotContain(forced.Failures, failure => failure.Step.StartsWith("stop "));
    }

    [Fact]
    public async Task A_group_that_others_need_cannot_be_stopped_alone_by_accident_nor_one_be_started_before_what_it_needs()
    {
        await CreateAsync(3);

        var needed = await Assert.ThrowsAsync<Diagnostics.LinodeToolkitException>(() => world.Time.RunAsync(() =>
            world.Toolkit.StopAsync("shop", new StopRequest { Only = new HashSet<string> { "db" } }, null)));
        Assert.Equal("LCT4020", needed.Problem.Code);
        Assert.Equal(0, (await world.WritesAsync()).Count(write => write.Contains("/shutdown")));

        await world.Time.RunAsync(() => world.Toolkit.StopAsync("shop", new StopRequest { Only = new HashSet<string> { "web" } }, null));
        await world.Time.RunAsync(() => world.Toolkit.StopAsync("shop", new StopRequest { Only = new HashSet<string> { "db" } }, null));
        var needs = await Assert.ThrowsAsync<Diagnostics.LinodeToolkitException>(() => world.Time.RunAsync(() =>
            world.Toolkit.StartAsync("shop", new StartRequest { Only = new HashSet<string> { "web" } }, null)));
        Assert.Equal("LCT4019", needs.Problem.Code);
    }

    [Fact]
    public async Task Before_nodes_are_deleted_they_are_drained_and_taken_leave_of()
    {
        await CreateAsync(3);
        var before = Shell().All.Count;
        Shell().Failing.Add(("db-us-east-1", "removing", 1));

        var kept = await world.Time.RunAsync(() => world.Toolkit.DeleteAsync("shop", new(), world.Events));

        Assert.Equal("removing 1 shell:inline db-us-east-1", Assert.Single(kept.Failures, failure => failure.Node is not null).Step);
        Assert.Equal("db-us-east-1", Assert.Single(await world.GetAsync("linode/instances")).GetProperty("label").GetString());
        var down = Shell().All.Skip(before).Where(one => one.Title.Contains("shell:")).OrderBy(one => one.Began).Select(one => one.At).Distinct();
        Assert.Equal(["clusterstopping", "removing"], down);

        Assert.Equal("done", (await world.Time.RunAsync(() => world.Toolkit.DeleteAsync("shop", new(), world.Events))).Outcome);
        Assert.Empty(await world.GetAsync("linode/instances"));
    }

    [Fact]
    public async Task The_watchdog_is_off_where_the_plan_says_so_and_for_a_stop_that_asks_for_it()
    {
        var plan = Plan(3).Replace("  - name: db\n", "  - name: db\n    watchdog: off\n");
        await world.Time.RunAsync(() => world.CreateAsync("shop", plan));
        Assert.Equal(6, await WatchedAsync());

        await world.Time.RunAsync(() => world.Toolkit.StopAsync("shop", new StopRequest { WatchdogOff = true }, null));
        Assert.Equal(0, await WatchedAsync());

        await world.Time.RunAsync(() => world.Toolkit.StartAsync("shop", new StartRequest(), null));
        Assert.Equal(6, await WatchedAsync());

        async Task<int> WatchedAsync() => (await world.GetAsync("linode/instances")).Count(node => node.GetProperty("watchdog_enabled").GetBoolean());
    }

    private static string Plan(int min) => Two.Replace("MIN", $"{min}");

    private static bool IsDb(TellingShell.Told one) => one.Node.StartsWith("db", StringComparison.Ordinal);

    // Made when the toolkit first opens it, or by a test that wants to say something to it before.
    private TellingShell Shell() => shell ??= new TellingShell(world.Time, seed: 7);

    private Task<RunSummary> CreateAsync(int min) => world.Time.RunAsync(() => world.CreateAsync("shop", Plan(min)));
}
