using LinodeTool.Output;

namespace LinodeTool.Views;

internal static class ClusterPages
{
    public static Shape<ClusterDocument> Shape => new(ToolJson.Default.ClusterDocument, cluster => cluster.Name,
    [
        new("name", cluster => cluster.Name),
        new("state", State),
        new("run", Run),
        new("regions", cluster => string.Join(',', cluster.Regions)),
        new("nodes", cluster => $"{cluster.ReadyCount}/{cluster.NodeCount}") { Right = true },
        new("balancers", cluster => $"{cluster.BalancerCount}") { Right = true },
        new("volumes", cluster => $"{cluster.VolumeCount}") { Right = true },
        new("cost", cluster => cluster.CostHourly is { } cost ? Say.Hourly(cost) : null) { Right = true },
        new("created", cluster => Say.Time(cluster.Created)),
        new("activity", cluster => cluster.Activity) { Wide = true },
        new("monthly", cluster => cluster.CostMonthly is { } cost ? Say.Money(cost) : null) { Wide = true, Right = true },
        new("protected", cluster => cluster.Protected ? "yes" : "no") { Wide = true },
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
        ("created", Say.Time(cluster.Created)), ("protected", cluster.Protected ? "yes, from deletion" : null),
        ("last run", string.Join(" ", new[] { cluster.LastRun, Ended(cluster) }.OfType<string>())),
        ("at work", cluster.Work is { } work ? WorkView.Text(work) : null), ("next", cluster.Next)]);

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

    // Said where somebody is at work, or is missing: that of a run which has ended well goes without saying.
    private static string? Run(ClusterDocument cluster) =>
        cluster.Work is { } work ? $"{work.Verb} at work" : cluster.LastRunState is "done" ? null : Ended(cluster);

    private static string? Ended(ClusterDocument cluster) =>
        cluster is { LastRunVerb: { } verb, LastRunState: { } state } ? $"{verb} {state}" : null;

    // Said where it is more than the state says: while it starts, or where regions differ.
    private static string? Reached(ClusterDocument cluster) =>
        cluster.Stage is "none" or "planready" && cluster.RegionStages.Values.Distinct().Count() < 2 ? null : string.Join(
            ", ", cluster.RegionStages.OrderBy(region => region.Key, StringComparer.Ordinal).Select(region => $"{region.Key} {region.Value}"));

    private static IEnumerable<string> Balancers(ClusterDocument cluster) =>
        (cluster.Resources ?? []).Where(resource => resource.Kind == "balancer").Select(one => $"{one.Label} {one.Address}".TrimEnd());
}
