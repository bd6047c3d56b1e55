using LinodeClusterToolkit.Clusters;
using LinodeTool.Host;
using LinodeTool.Progress;

namespace LinodeTool.Tests.Progress;

public sealed class LayoutTests
{
    [Theory]
    [InlineData(80, 24, 2, 9, 5)]
    [InlineData(80, 24, 3, 40, 3)]
    [InlineData(40, 20, 2, 9, 5)]
    [InlineData(40, 20, 30, 2, 4)]
    [InlineData(20, 5, 2, 9, 5)]
    [InlineData(200, 60, 2, 9, 5)]
    [InlineData(80, 3, 2, 9, 5)]
    [InlineData(1, 1, 1, 1, 1)]
    public void A_frame_never_fills_the_screen_whatever_happens(int width, int height, int regions, int groups, int nodes)
    {
        var model = Runs.Model(regions, groups, nodes);
        for (var at = 0; at < regions * groups * nodes; at++)
        {
            var (region, group, node) = (at % regions, at / regions % groups, at / regions / groups);
            model.Take(Runs.Of(RunEventTypes.TaskStarted, region, group, node, "first boot, which takes its time"));
            AssertFits();
            model.Take(at % 7 == 0
                ? Runs.Of(RunEventTypes.TaskRetrying, region, group, node, "waiting 8s") with { Attempt = 2 }
                : Runs.Of(RunEventTypes.NodeState, region, group, node, "ready"));
            AssertFits();
        }

        void AssertFits()
        {
            var lines = Layout.Lines(model, new ScreenSize(width, height), Runs.Start.AddSeconds(30));
            Assert.InRange(lines.Count, 1, Math.Max(1, height - 2));
            Assert.All(lines, line => Assert.InRange(line.Length, 0, Math.Max(40, width) - 1));
            Assert.DoesNotContain(lines, line => line.Contains('\u001b') || line.Contains('\n'));
        }
    }

    [Fact]
    public void A_screen_of_80_by_24_shows_clock_counts_bars_and_the_slowest()
    {
        var model = Runs.Model(2, 2, 4);
        Runs.Finish(model, 0, 0, 4);
        model.Take(Runs.Of(RunEventTypes.TaskStarted, 0, 1, 0, "first boot", 5));
        model.Take(Runs.Of(RunEventTypes.TaskStarted, 0, 1, 1, "creating", 9));
        model.Take(Runs.Of(RunEventTypes.TaskRetrying, 0, 1, 2, "in 8s", 10) with { Attempt = 2 });
        model.Take(Runs.Of(RunEventTypes.TaskFailed, 1, 0, 0, null, 12));

        Approved.Matches("progress-80x24", string.Join('\n', Layout.Lines(model, new ScreenSize(80, 24), Runs.Start.AddSeconds(30))) + "\n");
    }

    [Fact]
    public void A_screen_of_40_by_20_keeps_groups_counts_and_states()
    {
        var model = Runs.Model(2, 2, 4);
        Runs.Finish(model, 0, 0, 4);
        model.Take(Runs.Of(RunEventTypes.TaskStarted, 0, 1, 0, "first boot", 5));

        Approved.Matches("progress-40x20", string.Join('\n', Layout.Lines(model, new ScreenSize(40, 20), Runs.Start.AddSeconds(30))) + "\n");
    }

    [Fact]
    public void Finished_groups_fold_first_and_are_counted()
    {
        var model = Runs.Model(1, 25, 1);
        for (var group = 0; group < 20; group++)
        {
            Runs.Finish(model, 0, group, 1);
        }

        var lines = Layout.Lines(model, new ScreenSize(80, 24), Runs.Start.AddSeconds(30));

        Assert.Contains(lines, line => line.Contains("group-24"));
        Assert.DoesNotContain(lines, line => line.Contains("group-03"));
        Assert.Contains(lines, line => line.Contains("20 more groups"));
    }

    [Fact]
    public void More_open_groups_than_lines_fold_into_their_regions_and_those_into_one()
    {
        var model = Runs.Model(30, 3, 2);
        for (var region = 0; region < 30; region++)
        {
            model.Take(Runs.Of(RunEventTypes.TaskStarted, region, 0, 0, "creating"));
            model.Take(Runs.Of(RunEventTypes.TaskStarted, region, 1, 0, "creating"));
        }

        Assert.Contains(Layout.Lines(model, new ScreenSize(80, 40), Runs.Start), line => line.Contains("region-29  all groups"));
        Assert.Contains(Layout.Lines(model, new ScreenSize(80, 24), Runs.Start), line => line.Contains("all  groups"));
    }
}
