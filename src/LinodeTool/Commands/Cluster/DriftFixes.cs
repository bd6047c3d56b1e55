using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

/// <summary>The command lines that mend differences; none for what is set back where it was changed.</summary>
internal static class DriftFixes
{
    private const int Most = 5;

    /// <param name="context">The call.</param>
    /// <param name="view">The cluster, or the set it belongs to.</param>
    /// <param name="alike">Differences of one cluster that are mended in the same way.</param>
    public static string? For(ToolContext context, ClusterView view, IReadOnlyList<Drift> alike)
    {
        var (cluster, create) = (Shell.Quote(alike[0].Cluster), Create(context, view));
        var delete = context.Line($"node delete {Nodes(alike)} --cluster {cluster}");
        return alike[0].Remedy switch
        {
            DriftRemedy.GoOn => context.Line($"cluster resume {cluster}"),
            DriftRemedy.Create => create,
            DriftRemedy.MakeAnew when create is not null => $"{delete} (its volumes go with it), then: {create}",
            DriftRemedy.MakeAnew or DriftRemedy.DeleteNode => delete,
            DriftRemedy.Restart => context.Line($"cluster restart {cluster}{Only(alike)}"),
            DriftRemedy.Start => context.Line($"cluster start {cluster}{Only(alike)}"),
            DriftRemedy.DeleteOrphan => context.Line("cluster orphans --delete"),
            _ => null,
        };
    }

    // Of a set, the plan is that of the set; a plan from standard input is no file to name.
    private static string? Create(ToolContext context, ClusterView view) => view.Cluster.PlanName is { Length: > 0 } plan
        ? context.Line($"cluster create {Shell.Quote(view.Cluster.Name)} {Shell.Quote(plan)}")
        : null;

    private static string Nodes(IReadOnlyList<Drift> alike)
    {
        string[] labels = [.. alike.Select(drift => drift.Label).Distinct(StringComparer.Ordinal)];
        return string.Join(' ', labels.Take(Most).Select(Shell.Quote)) + (labels.Length > Most ? $" … ({labels.Length} in all)" : "");
    }

    private static string Only(IReadOnlyList<Drift> alike) => string.Concat(
        alike.Select(drift => drift.Key?.Split('/') is [_, var group, _] ? group : null).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(group => $" --only {Shell.Quote(group)}"));
}
