using LinodeTool.Output;

namespace LinodeTool.Views;

internal static class ClusterPages
{
    public static Shape<ClusterDocument> Shape => new(ToolJson.Default.ClusterDocument, cluster => cluster.Name,
    [
        new("name", cluster => cluster.Name),
        new("state", State),
        new("regions", cluster => string.Join(',', cluster.Regions)),
        new("nodes", cluster => $"{cluster.ReadyCount}/{cluster.NodeCount}") { Right = true },
        new("balancers", cluster => $"{cluster.BalancerCount}") { Right = true },
        new("volumes", cluster => $"{cluster.VolumeCount}") { Right = true },
        new("cost", cluster => cluster.CostHourly is { } cost ? Say.Hourly(cost) : null) { Right = true },
        new("created", cluster => Say.Time(cluster.Created)),
        new("monthly", cluster => cluster.CostMonthly is { } cost ? Say.Money(cost) : null) { Wide = true, Right = true },
        new("plan", cluster => cluster.Plan) { Wide = true },
        new("last_run", cluster => cluster.LastRun) { Wide = true },
        new("id", cluster => cluster.Id.ToString("D")) { Wide = true },
    ]);

    private static IReadOnlyList<Column<ResourceDocument>> ResourceColumns =>
    [
        new("kind", resource => resource.Kind),
        new("label", resource => resource.Label),
        new("id", resource => resource.Id?.ToString(System.Globalization.CultureInfo.InvariantCulture)) { Right = true },
        new("region", resource => resource.Region),
        new("node", resource => resource.Node),
        new("address", resource => resource.Address),
    ];

    /// <summary>What a cluster is, without its nodes one by one.</summary>
    public static IEnumerable<string> Summary(ClusterDocument cluster) => Facts.Lines([
        ("cluster", cluster.Name), ("state", State(cluster)), ("reached", Reached(cluster)), ("plan", cluster.Plan),
        ("clusters", cluster.Clusters is { } members ? string.Join(", ", members) : null),
        ("nodes", $"{cluster.ReadyCount} of {cluster.NodeCount} in {string.Join(", ", cluster.Regions)}"),
        .. Balancers(cluster).Select(balancer => ("balancer", (string?)balancer)),
        ("volumes", cluster.VolumeCount == 0 ? null : $"{cluster.VolumeCount}"),
        ("cost", cluster is { CostHourly: { } hourly, CostMonthly: { } monthly } ? $"{Say.Hourly(hourly)}, {Say.Money(monthly)} a month" : null),
        ("created", Say.Time(cluster.Created)), ("last run", cluster.LastRun)]);

    /// <summary>A cluster with all its nodes and what else it has.</summary>
    public static IEnumerable<string> Page(ClusterDocument cluster)
    {
        var others = (cluster.Resources ?? []).Where(resource => resource.Kind is "balancer" or "volume" or "firewall").ToList();
        var nodes = NodeView.Shape.Columns.Where(column => !column.Wide && (cluster.Clusters is not null || column.Name is not "cluster")).ToList();
        return
        [
            .. Summary(cluster),
            .. cluster.Nodes is { Count: > 0 } members ? Table.Lines(members, nodes, header: true).Prepend("") : [],
            .. others.Count > 0 ? Table.Lines(others, ResourceColumns, header: true).Prepend("") : [],
        ];
    }

    private static string State(ClusterDocument cluster) =>
        cluster.State == "degraded" && cluster.NodeCount > cluster.ReadyCount ? $"degraded ({cluster.NodeCount - cluster.ReadyCount})"
            : cluster.State;

    // Said where it is more than the state says: while it starts, or where regions differ.
    private static string? Reached(ClusterDocument cluster) =>
        cluster.Stage is "none" or "planready" && cluster.RegionStages.Values.Distinct().Count() < 2 ? null : string.Join(
            ", ", cluster.RegionStages.OrderBy(region => region.Key, StringComparer.Ordinal).Select(region => $"{region.Key} {region.Value}"));

    private static IEnumerable<string> Balancers(ClusterDocument cluster) =>
        (cluster.Resources ?? []).Where(resource => resource.Kind == "balancer").Select(one => $"{one.Label} {one.Address}".TrimEnd());
}
