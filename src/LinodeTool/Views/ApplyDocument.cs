using LinodeClusterToolkit.Clusters;

namespace LinodeTool.Views;

/// <summary>What bringing a cluster to a plan does, change by change.</summary>
internal sealed record ApplyDocument(
    string Cluster, string Situation, IReadOnlyList<PlannedChangeDocument> Changes, decimal HourlyMore, decimal MonthlyMore, CostDocument Cost,
    double LeastSeconds, int Calls, string Because, PlanDocument Plan, IReadOnlyList<ErrorBody> Warnings)
{
    /// <summary>The run that did it, where it was done.</summary>
    public RunDocument? Run { get; init; }

    public static ApplyDocument From(ApplyPreview preview) => new(
        preview.Cluster, preview.IsEmpty && preview.Held.Count == 0 && preview.Refused.Count == 0 ? "finished" : "changes",
        [
            .. preview.Refused.Select(change => PlannedChangeDocument.Of(change, "refused")),
            .. preview.Held.Select(change => PlannedChangeDocument.Of(change, "held")),
            .. preview.Changes.Select(change => PlannedChangeDocument.Of(change, "done")),
        ],
        preview.Hourly, preview.Monthly, CostDocument.From(preview.Cost), preview.LeastTime.Time.TotalSeconds, preview.LeastTime.Calls,
        preview.LeastTime.Because, PlanDocument.From(preview.Plan, null), [.. preview.Warnings.Select(ErrorBody.From)]);
}
