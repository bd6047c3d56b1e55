using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>What is done about runs that did not get to their end: cancel, resume, retry, leave out, take back, protect.</summary>
public sealed class RunVerbTests
{
    private const string Slow = "delay=1s on POST /linode/instances";

    [Fact]
    public async Task A_run_is_stopped_from_another_process_and_gone_on_with_by_name()
    {
        // Long enough for all that is asked meanwhile, on a busy machine too.
        await using var desk = await Desk.SitDownAsync("--fault", "delay=4s on POST /linode/instances");
        desk.WritePlan("plan.yaml", 9);
        using var running = desk.Start("cluster", "create", "web", "plan.yaml", "--parallelism", "1");
        await running.SaidAsync("begins");

        // While it is at work, all who ask are told who works.
        var busy = (await desk.RunAsync("cluster", "show", "web", "-o", "json")).Ended(0).Json;
        Assert.Equal(("create", "running"), ((string)busy["work"]!["verb"]!, (string)busy["last_run_state"]!));
        Assert.Contains("web: create since ", (await desk.RunAsync("cluster", "list")).Ended(0).Error);
        foreach (var verb in new[] { "resume", "protect" })
        {
            var refused = (await desk.RunAsync("cluster", verb, "web")).Ended(12).Error;
            Assert.Contains("error LCT7011", refused);
            Assert.Contains("linodetool cluster cancel web", refused);
        }

        var cancelled = (await desk.RunAsync("cluster", "cancel", "web", "-o", "json")).Ended(0);
        Assert.Equal("web create interrupted", Assert.Single(cancelled.Json.AsArray().Select(run => $"{run!["cluster"]} {run["verb"]} {run["state"]}")));
        Assert.Matches("at work on web: create since .*, by process [0-9]+ on ", cancelled.Error);
        Assert.Contains("asked to stop from elsewhere; to go on: linodetool cluster resume web", (await running.EndAsync()).Ended(130).Error);
        Assert.InRange((await desk.Cloud.ListAsync("linode/instances")).Count, 1, 8);

        Assert.Contains("no run is at work on web", (await desk.RunAsync("cluster", "cancel", "web")).Ended(0).Error);
        Assert.Contains("to go on: linodetool cluster resume web", (await desk.RunAsync("cluster", "retry", "web")).Ended(0).Error);
        var writes = (await desk.Cloud.WritesAsync()).Count;
        Assert.Equal("interrupted", (string)(await desk.RunAsync("cluster", "resume", "web", "--dry-run", "-o", "json")).Ended(0).Json["state"]!);
        Assert.Equal(writes, (await desk.Cloud.WritesAsync()).Count);
        await desk.Cloud.MendAsync();
        Assert.Contains("web: create done, 9 of 9 nodes", (await desk.RunAsync("cluster", "resume", "web")).Ended(0).Out);
        Assert.Contains("there is nothing to go on with", (await desk.RunAsync("cluster", "resume", "web")).Ended(0).Error);
        Assert.Equal(9, (await desk.Cloud.ListAsync("linode/instances")).Count);
    }

    [Fact]
    public async Task What_failed_is_tried_again_as_a_whole_or_step_by_step_and_what_is_cancelled_is_left_out()
    {
        await using var desk = await Desk.SitDownAsync("--fault", "quota=1");
        desk.WritePlan("plan.yaml", 3);
        Assert.Contains("then: linodetool cluster retry web", (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(7).Error);
        var failed = (await StepsAsync("failed")).Where(step => ((string)step["step"]!).StartsWith("create web-", StringComparison.Ordinal))
            .Select(step => (string)step["id"]!).ToList();
        Assert.Equal(2, failed.Count);
        Assert.Contains("LCT5", (await desk.RunAsync("task", "logs", failed[0])).Ended(0).Out);
        Assert.Contains("LCT6001", (await desk.RunAsync("cluster", "retry", "web")).Ended(7).Error);
        await desk.Cloud.MendAsync();

        Assert.Equal("cancelled", (string)(await desk.RunAsync("task", "cancel", failed[1], "-o", "json")).Ended(0).Json[0]!["state"]!);
        Assert.Contains("LCT6103", (await desk.RunAsync("cluster", "retry", "web")).Ended(7).Error);
        Assert.Equal(2, (await desk.Cloud.ListAsync("linode/instances")).Count);
        Assert.Equal(failed[1], (string)Assert.Single(await StepsAsync("cancelled"))["id"]!);
        Assert.Contains("LCT4026", (await desk.RunAsync("task", "cancel", failed[0])).Ended(5).Error);
        Assert.Contains("did not fail: it is done", (await desk.RunAsync("task", "retry", failed[0])).Ended(5).Error);

        (await desk.RunAsync("task", "retry", failed[1])).Ended(0);
        Assert.Equal(3, (await desk.Cloud.ListAsync("linode/instances")).Count);
        Assert.Contains("nothing to retry", (await desk.RunAsync("cluster", "retry", "web")).Ended(0).Error);
        (await desk.RunAsync("cluster", "stop", "web")).Ended(0);
        Assert.Contains("LCT4543", (await desk.RunAsync("task", "retry", failed[1])).Ended(5).Error);

        async Task<IEnumerable<JsonNode>> StepsAsync(string state) =>
            (await desk.RunAsync("task", "list", "--state", state, "-o", "json")).Ended(0).Json.AsArray().Select(step => step!);
    }

    [Fact]
    public async Task Only_the_failed_step_named_is_tried_again_and_what_it_does_can_be_followed()
    {
        await using var desk = await Desk.SitDownAsync("--fault", "quota=1");
        desk.WritePlan("plan.yaml", 3);
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(7);
        var steps = (await desk.RunAsync("task", "list", "-o", "json")).Ended(0).Json.AsArray();
        var failed = steps.First(step => (string)step!["state"]! == "failed" && ((string)step["step"]!).StartsWith("create web-", StringComparison.Ordinal))!;
        await desk.Cloud.MendAsync();
        await desk.Cloud.FaultAsync(Slow);

        using var retry = desk.Start("cluster", "retry", "web", "--task", (string)failed["id"]!);
        await retry.SaidAsync("begins");
        var followed = (await desk.RunAsync("task", "logs", (string)failed["id"]!, "--follow")).Ended(0).Lines;

        Assert.Contains("LCT6104", (await retry.EndAsync()).Ended(7).Error);
        Assert.Matches("  finished after 1s$", followed[^1]);
        Assert.Equal(2, (await desk.Cloud.ListAsync("linode/instances")).Count);
        Assert.Contains("LCT4544", (await desk.RunAsync("cluster", "retry", "web", "--task", (string)failed["id"]!)).Ended(5).Error);
    }

    [Fact]
    public async Task What_is_protected_is_refused_before_anything_is_asked()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 1);
        File.WriteAllText(desk.At("plan.yaml"), "protect: yes\n" + File.ReadAllText(desk.At("plan.yaml")));
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(0);
        var writes = (await desk.Cloud.WritesAsync()).Count;

        foreach (var line in new[] { "cluster delete web --yes", "cluster delete web", "node delete web-us-east-web-1 --yes" })
        {
            var refused = (await desk.RunAsync(line.Split(' '))).Ended(5).Error;
            Assert.Contains("error LCT4024", refused);
            Assert.Contains("linodetool cluster unprotect web", refused);
        }

        Assert.Equal(writes, (await desk.Cloud.WritesAsync()).Count);
        Assert.True((bool)(await desk.RunAsync("cluster", "show", "web", "-o", "json")).Ended(0).Json["protected"]!);
        Assert.False((bool)(await desk.RunAsync("cluster", "unprotect", "web", "-o", "json")).Ended(0).Json["protected"]!);
        Assert.Contains("nothing to do", (await desk.RunAsync("cluster", "unprotect", "web")).Ended(0).Error);
        (await desk.RunAsync("cluster", "protect", "web")).Ended(0);
        Assert.Contains("protected  yes", (await desk.RunAsync("cluster", "show", "web")).Ended(0).Out);
        (await desk.RunAsync("cluster", "unprotect", "web")).Ended(0);
        (await desk.RunAsync("cluster", "delete", "web", "--yes")).Ended(0);
    }

    [Fact]
    public async Task What_a_failed_run_has_made_is_rolled_back_by_a_run_of_its_own()
    {
        await using var desk = await Desk.SitDownAsync("--fault", "quota=2");
        desk.WritePlan("plan.yaml", 4);
        string[] create = ["cluster", "create", "web", "plan.yaml", "--on-failure", "rollback"];

        var failed = (await desk.RunAsync(create)).Ended(7);

        Assert.Empty(failed.Out);
        Assert.Contains("web: create failed", failed.Error);
        Assert.Contains("web: roll-back done", failed.Error);
        Assert.Matches(@"rolled back \(run [0-9a-f]+\): what this run made is deleted, nothing of it is left", failed.Error);
        Assert.Equal("0 linodes, 0 disks, 0 volumes, 0 nodebalancers, 0 firewalls", await desk.Cloud.ContentAsync());
        Assert.Equal(2, Directory.EnumerateFiles(Path.Combine(desk.Kept, "state", "runs"), "events.jsonl", SearchOption.AllDirectories).Count());
        Assert.Empty((await desk.RunAsync("cluster", "list", "-o", "json")).Ended(0).Json.AsArray());
        await desk.Cloud.MendAsync();
        (await desk.RunAsync(create)).Ended(0);
    }

    [Fact]
    public async Task Of_two_that_create_the_same_cluster_at_the_same_moment_one_works_and_one_is_told_so()
    {
        await using var desk = await Desk.SitDownAsync("--fault", "delay=500ms on POST /linode/instances");
        desk.WritePlan("plan.yaml", 3);
        for (var round = 1; round <= 4; round++)
        {
            var name = $"web{round}";
            using var one = desk.Start("cluster", "create", name, "plan.yaml", "--debug");
            using var other = desk.Start("cluster", "create", name, "plan.yaml", "--debug");
            Finished[] both = [await one.EndAsync(), await other.EndAsync()];

            // Whoever comes when all is done has nothing to do; who comes before is refused.
            Assert.Contains(both, ended => ended.Code == 0);
            Assert.All(both, ended => Assert.True(
                ended.Code == 0 || (ended.Code == 12 && ended.Error.Contains("error LCT7011: another run is working on cluster")),
                $"{ended.Code}: {ended.Error}"));
            Assert.Equal(3 * round, (await desk.Cloud.ListAsync("linode/instances")).Count);
            Assert.Equal(round, (await desk.Cloud.ListAsync("networking/firewalls")).Count);
        }

        Assert.Equal(4, (await desk.RunAsync("cluster", "list", "-o", "name")).Ended(0).Lines.Length);
    }

    [Fact]
    public async Task Of_a_set_each_run_that_has_not_ended_is_gone_on_with()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("one.yaml", 2);
        desk.WritePlan("two.yaml", 4);
        desk.Write("set.yaml", "version: 1\nclusters:\n- { name: one, plan: one.yaml }\n- { name: two, plan: two.yaml, after: [one] }\n");
        (await desk.RunAsync("cluster", "create", "all", "set.yaml")).Ended(0);
        await desk.Cloud.FaultAsync("delay=2s on POST /linode/instances/*/shutdown");
        using var running = desk.Start("cluster", "stop", "all", "--yes", "--parallelism", "1");
        await running.SaidAsync("begins");

        (await desk.RunAsync("cluster", "cancel", "all")).Ended(0);
        Assert.Contains("to go on: linodetool cluster stop all --yes", (await running.EndAsync()).Ended(130).Error); // not that of one cluster alone
        await desk.Cloud.MendAsync();
        var resumed = (await desk.RunAsync("cluster", "resume", "all", "-o", "json")).Ended(0).Json.AsArray();
        Assert.Equal("all-two stop done", Assert.Single(resumed.Select(run => $"{run!["cluster"]} {run["verb"]} {run["outcome"]}")));

        (await desk.RunAsync("cluster", "protect", "all")).Ended(0);
        Assert.Contains("LCT4024", (await desk.RunAsync("cluster", "delete", "all", "--yes")).Ended(5).Error);
        Assert.Contains("LCT4024", (await desk.RunAsync("cluster", "delete", "all-two", "--yes")).Ended(5).Error);
        (await desk.RunAsync("cluster", "unprotect", "all")).Ended(0);
        (await desk.RunAsync("cluster", "delete", "all", "--yes")).Ended(0);
    }
}
