namespace EndToEnd.Tests;

/// <summary>Workers as a user starts them, with the real binaries and real servers.</summary>
public sealed class WorkerTests
{
    [Fact]
    public async Task A_run_is_handed_over_done_elsewhere_watched_from_anywhere_and_workers_leave_in_good_order()
    {
        await using var records = await Server.StartAsync();
        await using var queue = await Server.StartRabbitAsync();
        await using var desk = await Desk.SitDownAsync();
        desk.Environment["LINODETOOL_INVENTORY"] = records.WithoutPassword;
        desk.Environment["PGPASSWORD"] = Server.Password;
        desk.Environment["LINODETOOL_QUEUE"] = queue.WithoutPassword;
        desk.Environment["LINODETOOL_QUEUE_PASSWORD"] = Server.Password;

        // Nobody is up yet: it waits in the records.
        var handed = (await desk.RunAsync("cluster", "create", "shop", desk.WritePlan("p.yaml", 3), "--detach", "-o", "json")).Ended(0);
        Assert.Contains("LCT6513", handed.Error, StringComparison.Ordinal);
        var run = (string)handed.Json["run"]!;
        Assert.Equal("queued", (string)handed.Json["state"]!);
        Assert.Equal("queued", (string)(await desk.RunAsync("cluster", "show", "shop", "-o", "json")).Ended(0).Json["last_run_state"]!);

        // And is taken back while that is so.
        Assert.Contains("taken back", (await desk.RunAsync("cluster", "cancel", "shop", "--yes")).Ended(0).Error, StringComparison.Ordinal);
        Assert.Equal("interrupted", (string)(await desk.RunAsync("cluster", "show", "shop", "-o", "json")).Ended(0).Json["last_run_state"]!);
        Assert.Contains("nothing to cancel", (await desk.RunAsync("cluster", "cancel", "shop", "--yes")).Ended(0).Error, StringComparison.Ordinal);
        Assert.Equal(run, (string)(await desk.RunAsync("cluster", "resume", "shop", "--detach", "-o", "json")).Ended(0).Json["run"]!);

        using var first = desk.Start("worker", "start", "--name", "first");
        using var second = desk.Start("worker", "start", "--name", "second", "-o", "json");
        await first.SaidAsync("worker first is up");
        Assert.Equal(12, (await desk.RunAsync("worker", "start", "--name", "first")).Code);
        using var watching = desk.Start("cluster", "events", "shop", "--follow", "-o", "json");
        (await desk.RunAsync("cluster", "wait", "shop", "--for", "planready", "--timeout", "5m")).Ended(0);

        var told = (await watching.EndAsync()).Ended(0);
        Assert.Contains("\"type\":\"run.summary\"", told.Lines[^1], StringComparison.Ordinal);
        Assert.All(told.Lines, line => Assert.Contains($"\"run\":\"{run}\"", line, StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(desk.Kept, "state", "runs", run)), "the run left files where it was only handed over");
        var step = (await desk.RunAsync("task", "list", "--run", run, "-o", "name")).Ended(0).Lines[0];
        Assert.Contains("finished", (await desk.RunAsync("task", "logs", step)).Ended(0).Out, StringComparison.Ordinal);
        Assert.Equal(3, (await desk.Cloud.ListAsync("linode/instances")).Count);
        Assert.Equal(["first", "second"], (await desk.RunAsync("worker", "list", "-o", "name")).Ended(0).Lines);

        (await desk.RunAsync("worker", "drain", "second", "--timeout", "2m")).Ended(0);
        Assert.Contains("\"kind\":\"drained\"", (await second.EndAsync()).Ended(0).Out, StringComparison.Ordinal);
        await first.SignalAsync("TERM");
        Assert.Contains("draining", (await first.EndAsync()).Ended(0).Error, StringComparison.Ordinal);
        Assert.Empty((await desk.RunAsync("worker", "list", "-o", "name")).Ended(0).Lines);
        Assert.Contains("LCT4546", (await desk.RunAsync("worker", "drain", "first")).Ended(5).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_is_told_when_a_run_has_failed_and_workers_try_again_what_did()
    {
        await using var records = await Server.StartAsync();
        await using var queue = await Server.StartRabbitAsync();
        await using var desk = await Desk.SitDownAsync("--fault", "sold-out=us-east");
        desk.Environment["LINODETOOL_INVENTORY"] = records.Url;
        desk.Environment["LINODETOOL_QUEUE"] = queue.Url;
        using var worker = desk.Start("worker", "start", "--name", "only");
        await worker.SaidAsync("worker only is up");
        (await desk.RunAsync("cluster", "create", "shop", desk.WritePlan("p.yaml", 2), "--no-wait")).Ended(0);

        Assert.Contains("LCT6512", (await desk.RunAsync("cluster", "wait", "shop", "--for", "planready", "--timeout", "5m")).Ended(7).Error, StringComparison.Ordinal);
        var failed = (await desk.RunAsync("task", "list", "--state", "failed", "-o", "json")).Ended(0).Json.AsArray()
            .Where(task => ((string)task!["step"]!).StartsWith("create ", StringComparison.Ordinal)).Select(task => (string)task!["id"]!).ToArray();
        Assert.Equal(2, failed.Length);
        await desk.Cloud.MendAsync();

        (await desk.RunAsync("task", "retry", failed[0], "--detach")).Ended(0);
        Assert.Equal(7, (await desk.RunAsync("cluster", "wait", "shop", "--for", "planready", "--timeout", "5m")).Code);
        Assert.Single(await desk.Cloud.ListAsync("linode/instances"));
        (await desk.RunAsync("cluster", "retry", "shop", "--detach")).Ended(0);
        (await desk.RunAsync("cluster", "wait", "shop", "--for", "planready", "--timeout", "5m")).Ended(0);
        Assert.Equal(2, (await desk.Cloud.ListAsync("linode/instances")).Count);

        await worker.SignalAsync("INT");
        (await worker.EndAsync()).Ended(0);
    }
}
