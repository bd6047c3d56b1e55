using System.Text.Json;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Host;
using LinodeTool.Output;
using LinodeTool.Progress;
using LinodeTool.Settings;

namespace LinodeTool.Tests.Progress;

public sealed class ViewTests
{
    private static readonly Problem Refused = new("LCT5003", "the API refused the call");

    private static readonly RunSummary Summary = new(
        "7f3a", "ha-wordpress", "create", "done", 2, 2, 0, 4, TimeSpan.FromSeconds(63), TimeSpan.FromSeconds(60), null, 12, 3, 0.015m, []);

    [Fact]
    public async Task The_plain_view_says_begin_groups_retries_failures_and_the_end()
    {
        var writer = new StringWriter { NewLine = "\n" };

        await Play(new PlainView(writer, new StoppedClock(Runs.Start)));

        Approved.Matches("progress-plain", writer.ToString());
        Assert.DoesNotContain('\u001b', writer.ToString());
    }

    [Fact]
    public void The_plain_view_beats_when_nothing_else_was_said_for_half_a_minute()
    {
        var (writer, clock) = (new StringWriter { NewLine = "\n" }, new StoppedClock(Runs.Start));
        var (view, model) = (new PlainView(writer, clock), Runs.Model(1, 1, 2));
        view.Take(Runs.Event(RunEventTypes.RunStarted), model);

        clock.Now = Runs.Start.AddSeconds(29);
        view.Tick(model);
        Assert.Equal(1, writer.ToString().Count(letter => letter == '\n'));

        clock.Now = Runs.Start.AddSeconds(30);
        view.Tick(model);
        view.Tick(model);
        Assert.EndsWith("12:00:30Z ha-wordpress run 7f3a: 0/2 ready, 0 working, 0 retrying, 0 failed\n", writer.ToString());
        Assert.Equal(2, writer.ToString().Count(letter => letter == '\n'));
    }

    [Fact]
    public async Task The_json_view_writes_every_event_as_one_line()
    {
        var writer = new StringWriter { NewLine = "\n" };

        await Play(new JsonView(writer));

        var lines = writer.ToString().TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal("hello", lines[0].GetProperty("type").GetString());
        Assert.StartsWith("linodetool ", lines[0].GetProperty("tool").GetString());
        Assert.All(lines, line => Assert.Equal((1, "7f3a"), (line.GetProperty("v").GetInt32(), line.GetProperty("run").GetString())));
        Assert.Equal("2026-03-01T12:00:00.000Z", lines[0].GetProperty("ts").GetString());
        Assert.Equal("LCT5003", lines.Single(line => line.GetProperty("type").GetString() == "task.failed").GetProperty("error").GetProperty(
            "code").GetString());
        Assert.Equal("0.015", lines[^1].GetProperty("summary").GetProperty("cost_hourly").GetString());
    }

    [Fact]
    public async Task The_tty_view_leaves_failures_the_table_once_and_totals()
    {
        var writer = new StringWriter { NewLine = "\n" };

        await Play(new TtyView(writer, () => new ScreenSize(80, 24), Ink.None, new StoppedClock(Runs.Start.AddSeconds(63))));

        var rest = writer.ToString()[(writer.ToString().LastIndexOf("\r", StringComparison.Ordinal) + 1)..];
        Assert.Equal(1, rest.Split('\n').Count(line => line.Contains("group-00")));
        Assert.Contains("ha-wordpress: create done, 2/2 nodes in 1m03s (1.05 × the bound 1m00s)", rest);
        Assert.Contains("failed node-0-0-1: the API refused the call", writer.ToString());
    }

    [Fact]
    public async Task A_run_keeps_its_events_log_and_plan_to_itself()
    {
        using var tool = new TestTool();
        var folders = new Folders("", "", Path.Combine(tool.Home, "state"), "");
        using (var files = new RunFolder(folders, "version: 1\n"))
        {
            await Play(files);
        }

        var run = folders.Run("7f3a");
        Assert.Equal("version: 1\n", File.ReadAllText(Path.Combine(run, "plan.yaml")));
        Assert.Contains("task.failed create node-0-0-1", File.ReadAllText(Path.Combine(run, "log.txt")));
        Assert.Equal(7, EventFile.Read(RunFolder.EventsFile(folders, "7f3a")).Count());
        Assert.All(Directory.GetFiles(run), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task Following_a_file_ends_with_the_summary_and_skips_a_torn_line()
    {
        using var tool = new TestTool();
        var file = tool.Write("events.jsonl", "{\"v\":1,\"seq\":1,\"ts\":\"2026-03-01T12:00:00.000Z\",\"run\":\"a\",\"type\":\"hello\",\"new_member\":1}\n{\"v\":1,\"se\n" +
            "{\"v\":1,\"seq\":2,\"ts\":\"2026-03-01T12:00:01.000Z\",\"run\":\"a\",\"type\":\"run.summary\"}\n");

        var types = new List<string>();
        await foreach (var happened in EventFile.FollowAsync(file, TimeProvider.System, () => Task.FromResult(false), CancellationToken.None))
        {
            types.Add(happened.Type);
        }

        Assert.Equal(["hello", "run.summary"], types);
    }

    [Fact]
    public async Task Following_goes_on_over_a_summary_for_as_long_as_somebody_is_at_work()
    {
        using var tool = new TestTool();
        const string Line = "{\"v\":1,\"seq\":1,\"ts\":\"2026-03-01T12:00:00.000Z\",\"run\":\"a\",\"type\":\"TYPE\"}\n";
        var file = tool.Write("events.jsonl", Line.Replace("TYPE", "run.summary"));
        var (types, looks) = (new List<string>(), 0);
        Task<bool> IsAtWorkAsync()
        {
            if (++looks == 2)
            {
                File.AppendAllText(file, Line.Replace("TYPE", "hello") + Line.Replace("TYPE", "run.summary"));
            }

            return Task.FromResult(looks < 3);
        }

        await foreach (var happened in EventFile.FollowAsync(file, TimeProvider.System, IsAtWorkAsync, CancellationToken.None))
        {
            types.Add(happened.Type);
        }

        Assert.Equal(["run.summary", "hello", "run.summary"], types);
    }

    [Fact]
    public async Task A_run_that_follows_another_is_shown_and_kept_for_itself()
    {
        using var tool = new TestTool();
        var (folders, writer) = (new Folders("", "", Path.Combine(tool.Home, "state"), ""), new StringWriter { NewLine = "\n" });
        using (var files = new RunFolder(folders, "version: 1\n"))
        {
            await using var loop = new ProgressLoop([files, new PlainView(writer, new StoppedClock(Runs.Start))], TimeProvider.System);
            foreach (var (run, verb) in new[] { ("7f3a", "create"), ("9c1e", "roll-back") })
            {
                loop.OnEvent(Runs.Event(RunEventTypes.Hello) with { Run = run });
                loop.OnEvent(Runs.Event(RunEventTypes.RunStarted) with { Run = run, Shape = new(verb, [new("us-east", "web", 2)], 4, null) });
                loop.OnEvent(Runs.Event(RunEventTypes.RunSummary) with { Run = run, Summary = Summary with { Run = run, Verb = verb } });
            }
        }

        foreach (var run in new[] { "7f3a", "9c1e" })
        {
            var kept = EventFile.Read(RunFolder.EventsFile(folders, run)).ToList();
            Assert.Equal(["hello", "run.started", "run.summary"], kept.Select(happened => happened.Type));
            Assert.All(kept, happened => Assert.Equal(run, happened.Run));
        }

        Assert.Equal(["create", "roll-back"], writer.ToString().Split('\n').Where(line => line.StartsWith("ha-wordpress: "))
            .Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public void A_failed_run_says_what_was_taken_back_and_what_is_left()
    {
        var failed = Summary with { Outcome = "failed", NodesDone = 1, HourlyCost = 0.0075m, Failures = [new("create a", null, null, "a", 6, Refused)] };
        var undo = failed with { Run = "9c1e", Verb = "roll-back", Outcome = "done", NodesDone = 2, HourlyCost = 0, Failures = [] };

        Assert.Equal("1 of 2 nodes is ready, 1 step failed after up to 6 attempts; nothing was rolled back", What(failed));
        Assert.EndsWith("1 of 2 nodes was ready, 1 step failed after up to 6 attempts; rolled back (run 9c1e): what this run made is deleted, "
            + "nothing of it is left", What(failed with { RolledBack = undo }));
        Assert.EndsWith("what stood before stands", What(failed with { RolledBack = undo with { HourlyCost = 0.015m } }));
        var stuck = failed with { RolledBack = undo with { Outcome = "failed", NodesDone = 1, Failures = [new("delete b", null, null, "b", 6, Refused)] } };
        Assert.EndsWith("and rolling back (run 9c1e) failed as well: 1 of 2 nodes is deleted, the rest remains", What(stuck));
        Assert.Equal(["create a", "delete b", "cluster ha-wordpress, run 7f3a"], EndTable.Problems(stuck, "again").Select(problem => problem.Where));

        static string What(RunSummary summary) => EndTable.Problems(summary, "again")[^1].What;
    }

    /// <summary>A short run: one node made, one failed at first and made after.</summary>
    private static async Task Play(IProgressView view)
    {
        await using var loop = new ProgressLoop([view], TimeProvider.System);
        foreach (var happened in new[]
        {
            Runs.Event(RunEventTypes.Hello),
            Runs.Event(RunEventTypes.RunStarted) with { Shape = new RunShape("create", [new("region-0", "group-00", 2)], 4,
                TimeSpan.FromSeconds(60)) },
            Runs.Of(RunEventTypes.NodeState, 0, 0, 0, "ready", 30),
            Runs.Of(RunEventTypes.TaskRetrying, 0, 0, 1, "in 8s", 31) with { Attempt = 2, Error = Refused },
            Runs.Of(RunEventTypes.TaskFailed, 0, 0, 1, null, 40) with { Error = Refused },
            Runs.Event(RunEventTypes.ClusterState, 62) with { Text = "degraded" },
            Runs.Event(RunEventTypes.RunSummary, 63) with { Summary = Summary },
        })
        {
            loop.OnEvent(happened);
        }
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
