using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Commands;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Tests.Commands;

public sealed class RunVerbTests
{
    [Theory]
    [InlineData("cluster resume", "NAME is missing")]
    [InlineData("cluster rotate-keys", "NAME is missing")]
    [InlineData("cluster retry web --task", "option --task needs a value")]
    [InlineData("task retry", "ID is missing")]
    [InlineData("task retry 7f3a.1 9c1e.1", "these are steps of several runs: 7f3a, 9c1e")]
    [InlineData("task cancel 7f3a.1 9c1e.1", "these are steps of several runs: 7f3a, 9c1e")]
    [InlineData("cluster roll web", "GROUP is missing")]
    [InlineData("cluster roll web app", "nothing is said that the nodes are to have done")]
    [InlineData("cluster roll web app --reboot --rebuild", "--reboot and --rebuild exclude each other")]
    [InlineData("cluster roll web app --rebuild -- uptime", "--rebuild and a command after -- exclude each other")]
    [InlineData("cluster roll web app --reboot --image debian12", "--image means something only with --rebuild")]
    [InlineData("cluster roll web app --reboot --max-unavailable 0", "--max-unavailable cannot be \"0\"")]
    [InlineData("node resize web-1", "TYPE is missing")]
    [InlineData("node replace", "NODE is missing")]
    [InlineData("cluster create web plan.yaml --on-failure undo", "--on-failure cannot be \"undo\"")]
    public async Task A_line_that_cannot_be_meant_ends_with_2(string line, string said)
    {
        using var tool = new TestTool();

        Assert.Equal(2, await tool.RunAsync(line.Split(' ')));
        Assert.Contains(said, tool.Error);
        Assert.Empty(tool.Out);
    }

    [Theory]
    [InlineData("cluster resume web")]
    [InlineData("cluster retry web")]
    [InlineData("cluster cancel web")]
    [InlineData("cluster rotate-keys web")]
    [InlineData("cluster roll web app --reboot")]
    [InlineData("node reboot web-1")]
    [InlineData("node resize web-1 g6-standard-2")]
    [InlineData("node rebuild web-1 --yes")]
    [InlineData("node replace web-1 --yes")]
    [InlineData("cluster protect web")]
    [InlineData("cluster unprotect web")]
    [InlineData("task logs 7f3a.1")]
    [InlineData("task retry 7f3a.1")]
    [InlineData("task cancel 7f3a.1")]
    public async Task What_does_not_exist_ends_with_5(string line)
    {
        using var tool = new TestTool();

        Assert.Equal(5, await tool.RunAsync(line.Split(' ')));
        Assert.StartsWith("error LCT4", tool.Error);
    }

    [Fact]
    public void A_fix_names_the_command_that_helps()
    {
        Assert.Contains("linodetool cluster unprotect web", Fixes.Complete(new Problem("LCT4024", "protected", Where: "web")).Fixes);
        Assert.Contains(
            "linodetool cluster events web --follow, or: linodetool cluster cancel web",
            Fixes.Complete(new Problem("LCT7011", "another run", Where: "cluster web")).Fixes);
    }

    [Fact]
    public void The_log_of_a_node_is_read_entry_by_entry()
    {
        string[] lines =
        [
            "2026-03-01T12:00:01.500Z run update: apt-get -q update", "  | Reading", "  ! slow", "  = exit code 0, 1.200 s",
            "2026-03-01T12:00:03.000Z connect root@192.0.2.1:22", "  = done, 0.100 s",
        ];

        Assert.Equal(
            [("run update: apt-get -q update", "| Reading/! slow/= exit code 0, 1.200 s"), ("connect root@192.0.2.1:22", "= done, 0.100 s")],
            StepLog.Entries(lines).Select(entry => (entry.Text, string.Join('/', entry.Lines))));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 1, 500, TimeSpan.Zero), StepLog.Entries(lines).First().Ts);
        Assert.Empty(StepLog.Entries([]));
    }

    [Fact]
    public void A_cluster_page_says_who_is_at_work_and_how_to_go_on()
    {
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var cluster = new ClusterDocument("web", Guid.Empty, "creating", "plan.yaml", at, "7f3a", ["us-east"], 2, 1, 0, 0, 0, null, null)
        {
            Protected = true, LastRunVerb = "create", LastRunState = "interrupted", Next = "linodetool cluster resume web",
        };
        var busy = cluster with { LastRunState = "running", Work = new("create", "desk", 4711, at, at, Stopping: true) };

        Assert.Equal(
            ["protected  yes, from deletion", "last run   7f3a create interrupted", "next       linodetool cluster resume web"],
            ClusterPages.Summary(cluster).TakeLast(3));
        Assert.Contains(
            "at work    create since 2026-03-01 12:00:00Z, by process 4711 on desk, asked to stop", ClusterPages.Summary(busy));
        var column = ClusterPages.Shape.Columns.Single(one => one.Name == "run");
        Assert.Equal(
            ["create interrupted", "create at work", null], new[] { cluster, busy, cluster with { LastRunState = "done" } }.Select(column.Cell));
    }
}
