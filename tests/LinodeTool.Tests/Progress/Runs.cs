using LinodeClusterToolkit.Clusters;
using LinodeTool.Progress;

namespace LinodeTool.Tests.Progress;

/// <summary>Events of runs as the library would send them.</summary>
internal static class Runs
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A run of so many groups a region with so many nodes each.</summary>
    public static RunModel Model(int regions, int groups, int nodes)
    {
        var model = new RunModel();
        model.Take(Event(RunEventTypes.RunStarted) with
        {
            Shape = new RunShape("create", [.. Groups(regions, groups, nodes)], regions * groups * nodes * 2, TimeSpan.FromMinutes(2)),
        });
        return model;
    }

    public static RunEvent Event(string type, double seconds = 0) => new(1, Start.AddSeconds(seconds), "7f3a", type) { Cluster = "ha-wordpress" };

    public static RunEvent Of(string type, int region, int group, int node, string? text = null, double seconds = 1) => Event(type, seconds) with
    {
        Region = $"region-{region}", Group = $"group-{group:00}", Node = $"node-{region}-{group}-{node}",
            Task = $"create node-{region}-{group}-{node}", Text = text,
    };

    /// <summary>All nodes of a group made.</summary>
    public static void Finish(RunModel model, int region, int group, int nodes)
    {
        for (var node = 0; node < nodes; node++)
        {
            model.Take(Of(RunEventTypes.TaskStarted, region, group, node, "creating"));
            model.Take(Of(RunEventTypes.TaskFinished, region, group, node));
            model.Take(Of(RunEventTypes.NodeState, region, group, node, "ready", 20));
        }
    }

    private static IEnumerable<GroupShape> Groups(int regions, int groups, int nodes) =>
        from region in Enumerable.Range(0, regions)
        from @group in Enumerable.Range(0, groups)
        select new GroupShape($"region-{region}", $"group-{@group:00}", nodes);
}
