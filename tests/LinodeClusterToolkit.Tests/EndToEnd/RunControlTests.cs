using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>What is said to a run from outside: stop, leave a step out, try steps again, take back, protect.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class RunControlTests
{
    private const string Web1 = "fleet-us-east-web-1";
    private const string Db1 = "fleet-us-east-db-1";

    [Fact]
    public async Task A_run_is_asked_to_stop_ends_in_good_order_and_is_gone_on_with()
    {
        await using var world = new World();
        var running = world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));
        var lease = await world.Time.RunAsync(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(20), world.Time);
            return await world.Toolkit.CancelAsync("fleet", wait: true);
        });

        Assert.Equal(("create", "interrupted"), (lease?.Purpose, (await running).Outcome));
        Assert.Null(await world.Toolkit.CancelAsync("fleet", wait: true));
        Assert.Equal("done", (await world.Time.RunAsync(() => world.ResumeAsync("fleet")))?.Outcome);
        await Fleet.DemandAsync(world);
        Assert.Null(await world.Time.RunAsync(() => world.ResumeAsync("fleet")));
    }

    [Fact]
    public async Task Only_the_steps_named_are_tried_again()
    {
        await using var world = new World();
        await world.FaultAsync($"failed-boot label={Web1}");
        await world.FaultAsync($"failed-boot label={Db1}");
        Assert.Equal(("failed", 2), Ended(await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan))));
        await world.ClearFaultsAsync();

        Assert.Equal(("failed", 1), Ended(await world.Time.RunAsync(() => world.ResumeAsync("fleet", $"start {Web1}"))));
        var nodes = (await world.NodesAsync(new NodeQuery("fleet"))).ToDictionary(node => node.Label, node => node.State);
        Assert.Equal((NodeState.Ready, NodeState.Failed), (nodes[Web1], nodes[Db1]));

        Assert.Equal(("done", 0), Ended(await world.Time.RunAsync(() => world.ResumeAsync("fleet"))));
        await Fleet.DemandAsync(world);
    }

    [Fact]
    public async Task A_step_that_was_cancelled_is_left_out_with_what_hangs_on_it_until_it_is_restored()
    {
        await using var world = new World();
        await world.FaultAsync($"failed-boot label={Web1}");
        var summary = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));
        await world.ClearFaultsAsync();
        await world.Toolkit.CancelStepAsync(summary.Run, $"start {Web1}");

        var without = await world.Time.RunAsync(() => world.ResumeAsync("fleet"));
        Assert.Equal(("failed", "LCT6103"), (without?.Outcome, without!.Failures.First(failure => failure.Node == Web1).Problem.Code));
        Assert.Equal(StepState.Cancelled, (await world.Toolkit.ListStepsAsync(summary.Run)).Single(step => step.Step == $"start {Web1}").State);
        var late = await Assert.ThrowsAsync<LinodeToolkitException>(() => world.Toolkit.CancelStepAsync(summary.Run, $"start {Db1}"));
        Assert.Equal("LCT4026", late.Problem.Code);

        await world.Toolkit.RestoreStepsAsync(summary.Run, new HashSet<string> { $"start {Web1}" });
        Assert.Equal(("done", 0), Ended(await world.Time.RunAsync(() => world.ResumeAsync("fleet"))));
        await Fleet.DemandAsync(world);
    }

    [Fact]
    public async Task Rolled_back_nothing_of_a_new_cluster_is_left_and_its_name_is_free()
    {
        await using var world = new World();
        await world.FaultAsync($"failed-boot label={Db1}");

        var summary = await world.Time.RunAsync(() => CreateAsync(world, OnFailure.RollBack));

        Assert.Equal(("failed", "roll-back", "done"), (summary.Outcome, summary.RolledBack?.Verb, summary.RolledBack?.Outcome));
        Assert.Equal(0, (await world.CountsAsync("linodes", "volumes", "nodebalancers", "firewalls")).Sum());
        Assert.Empty(await world.ClustersAsync());
    }

    [Fact]
    public async Task A_run_that_was_to_be_rolled_back_still_is_when_another_process_goes_on_with_it()
    {
        await using var world = new World();
        await world.FaultAsync($"failed-boot label={Db1}");
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(30), world.Time);
        var first = await world.Time.RunAsync(() => CreateAsync(world, OnFailure.RollBack, soon.Token));
        await world.RestartAsync();

        var second = await world.Time.RunAsync(() => world.ResumeAsync("fleet"));

        Assert.Equal(("interrupted", "failed", "done"), (first.Outcome, second?.Outcome, second?.RolledBack?.Outcome));
        Assert.Equal(0, (await world.CountsAsync("linodes", "volumes", "nodebalancers", "firewalls")).Sum());
        Assert.Empty(await world.ClustersAsync());
    }

    [Fact]
    public async Task What_was_complete_when_a_run_was_left_is_rolled_back_too_by_the_same_command()
    {
        await using var world = new World();
        await world.FaultAsync($"slow-boot=30 label={Db1}");
        using var soon = new CancellationTokenSource(TimeSpan.FromMinutes(4), world.Time);
        var first = await world.Time.RunAsync(() => CreateAsync(world, OnFailure.RollBack, soon.Token));
        Assert.Contains(await world.NodesAsync(new NodeQuery("fleet")), node => node.State == NodeState.Ready);
        await world.RestartAsync();
        await world.ClearFaultsAsync();
        var db = (await world.NodesAsync(new NodeQuery("fleet"))).Single(node => node.Label == Db1).LinodeId;
        await world.BehindItsBackAsync(HttpMethod.Delete, $"linode/instances/{db}");
        await world.FaultAsync($"failed-boot label={Db1}");

        var second = await world.Time.RunAsync(() => CreateAsync(world, OnFailure.RollBack));

        Assert.Equal(("interrupted", "failed", "done"), (first.Outcome, second.Outcome, second.RolledBack?.Outcome));
        Assert.Equal(0, (await world.CountsAsync("linodes", "volumes", "nodebalancers", "firewalls")).Sum());
        Assert.Empty(await world.ClustersAsync());
    }

    [Fact]
    public async Task Of_a_cluster_that_stood_only_what_was_added_is_rolled_back()
    {
        await using var world = new World();
        await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));
        var gone = (await world.NodesAsync(new NodeQuery("fleet"))).Where(node => node.Label is Web1 or Db1).ToList();
        await world.Time.RunAsync(() => world.Toolkit.DeleteNodesAsync(gone, force: false, world.Events));
        var before = await world.CountsAsync("linodes", "volumes", "nodebalancers", "firewalls");
        await world.FaultAsync($"failed-boot label={Db1}");

        var summary = await world.Time.RunAsync(() => CreateAsync(world, OnFailure.RollBack));

        Assert.Equal("done", summary.RolledBack?.Outcome);
        Assert.Equal(before, await world.CountsAsync("linodes", "volumes", "nodebalancers", "firewalls"));
        Assert.Equal(10, (await world.NodesAsync(new NodeQuery("fleet"))).Count);
    }

    [Fact]
    public async Task What_is_protected_is_not_deleted_until_that_is_taken_back()
    {
        await using var world = new World();
        await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan.Replace("version: 1", "version: 1\nprotect: yes")));
        var node = (await world.NodesAsync(new NodeQuery("fleet")))[0];

        await RefusedAsync(() => world.Toolkit.DeleteAsync("fleet", new(), world.Events));
        await RefusedAsync(() => world.Toolkit.DeleteNodesAsync([node], force: true, world.Events));
        await world.Toolkit.ProtectAsync("fleet", on: false);

        Assert.Equal("done", (await world.Time.RunAsync(() => world.Toolkit.DeleteAsync("fleet", new(), world.Events))).Outcome);

        async Task RefusedAsync(Func<Task<RunSummary>> delete) =>
            Assert.Equal("LCT4024", (await Assert.ThrowsAsync<LinodeToolkitException>(() => world.Time.RunAsync(delete))).Problem.Code);
    }

    [Fact]
    public async Task What_is_protected_while_its_deletion_is_interrupted_is_not_deleted_further()
    {
        await using var world = new World();
        await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        Assert.Equal("interrupted", (await world.Time.RunAsync(() => world.Toolkit.DeleteAsync("fleet", new(), world.Events, stop.Token))).Outcome);

        await world.Toolkit.ProtectAsync("fleet", on: true);

        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(() => world.Time.RunAsync(() => world.ResumeAsync("fleet")));
        Assert.Equal("LCT4024", refused.Problem.Code);
        Assert.Equal("LCT4024", (await Assert.ThrowsAsync<LinodeToolkitException>(() => world.Toolkit.DemandUnprotectedAsync("fleet"))).Problem.Code);
        await world.Toolkit.ProtectAsync("fleet", on: false);
        Assert.Equal("done", (await world.Time.RunAsync(() => world.ResumeAsync("fleet")))?.Outcome);
    }

    [Fact]
    public async Task Every_step_stands_in_the_journal_before_it_begins_and_keeps_its_place()
    {
        await using var world = new World();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var run = (await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan, stop.Token))).Run;
        var before = await world.Toolkit.ListStepsAsync(run);
        Assert.All(before, step => Assert.Equal((StepState.Waiting, 0), (step.State, step.Attempts)));

        await world.Toolkit.CancelStepAsync(run, $"start {Web1}");
        await world.Toolkit.RestoreStepsAsync(run, new HashSet<string> { $"start {Web1}" });
        await world.Time.RunAsync(() => world.ResumeAsync("fleet"));

        var after = await world.Toolkit.ListStepsAsync(run);
        Assert.Equal(before.Select(step => step.Step), after.Select(step => step.Step));
        Assert.All(after, step => Assert.Equal(StepState.Done, step.State));
    }

    private static (string?, int?) Ended(RunSummary? summary) => (summary?.Outcome, summary?.NodesFailed);

    private static async Task<RunSummary> CreateAsync(World world, OnFailure onFailure, CancellationToken stop = default) => await world.Toolkit.CreateAsync(
        await world.Toolkit.PreviewAsync(new CreateRequest("fleet", new PlanSource("plan.yaml", null, Fleet.Plan)) { OnFailure = onFailure }), world.Events, stop);
}
