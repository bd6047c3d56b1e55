using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>Ctrl-C in the middle of a run under the platform's real limits, and TERM.</summary>
public sealed class InterruptTests
{
    private const int Nodes = 24; // more than one window of creates lets through

    [Fact]
    public async Task TERM_lets_calls_finish_and_ends_with_143()
    {
        await using var desk = await Desk.SitDownAsync("--fault", "delay=1s on POST /linode/instances");
        desk.WritePlan("plan.yaml", 2);
        using var running = desk.Start("cluster", "create", "web", "plan.yaml", "--parallelism", "1");
        await running.SaidAsync("begins");

        await running.SignalAsync("TERM");

        Assert.Contains("linodetool cluster resume web", (await running.EndAsync()).Ended(143).Error);
    }

    [Fact]
    public async Task An_interrupted_run_is_completed_by_the_same_command_with_nothing_twice_and_nothing_lost()
    {
        await using var desk = await Desk.SitDownAsync("--limits", "documented");
        desk.WritePlan("plan.yaml", Nodes);
        using var running = desk.Start("cluster", "create", "web", "plan.yaml");
        await CreatedAsync(desk);

        await running.SignalAsync("INT");
        var interrupted = (await running.EndAsync()).Ended(130);

        Assert.Contains("to go on: linodetool cluster resume web", interrupted.Error);
        Assert.InRange((await desk.Cloud.ListAsync("linode/instances")).Count, 1, Nodes - 1);
        Assert.DoesNotContain(await desk.Cloud.RequestsAsync(), request => request.Status == 429);
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(0);
        await AssertWholeAsync(desk);
    }

    [Fact]
    public async Task A_second_Ctrl_C_leaves_within_a_second_and_the_run_can_still_be_completed()
    {
        await using var desk = await Desk.SitDownAsync("--limits", "documented");
        await desk.Cloud.FaultAsync("delay=20s on POST /linode/instances nth=10 times=1000");
        desk.WritePlan("plan.yaml", Nodes);
        using var running = desk.Start("cluster", "create", "web", "plan.yaml");
        await CreatedAsync(desk);

        await running.SignalAsync("INT");
        await running.SaidAsync("again = stop now");
        var clock = Stopwatch.StartNew();
        await running.SignalAsync("INT");
        (await running.EndAsync()).Ended(130);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1.5)); // one, and what starting `kill` takes on a busy machine
        await desk.Cloud.MendAsync();
        (await desk.RunAsync("cluster", "resume", "web")).Ended(0);
        await AssertWholeAsync(desk);
    }

    private static async Task CreatedAsync(Desk desk)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await desk.Cloud.ContentAsync()).StartsWith("0 linodes", StringComparison.Ordinal)) // asked beside the API, whose limits hold for us too
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private static async Task AssertWholeAsync(Desk desk)
    {
        var real = (await desk.Cloud.ListAsync("linode/instances")).ToDictionary(node => (long)node["id"]!, node => (string)node["label"]!);
        var known = (await desk.RunAsync("node", "list", "-o", "json")).Ended(0).Json.AsArray();
        Assert.Equal(Nodes, real.Values.Distinct().Count());
        Assert.Equal(real, known.ToDictionary(node => (long)node!["id"]!, node => (string)node!["label"]!));
        Assert.Single(await desk.Cloud.ListAsync("networking/firewalls"));
    }
}
