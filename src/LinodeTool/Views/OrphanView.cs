using System.Globalization;
using LinodeClusterToolkit.Clusters;
using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>Something in the account that carries an owner tag, and that no record knows.</summary>
internal sealed record OrphanDocument(
    string Kind, long Id, string Label, string? Region, string Tag, string? Cluster, decimal CostHourly, decimal CostMonthly)
{
    public static OrphanDocument From(Orphan orphan) => new(
        orphan.Kind, orphan.Id, orphan.Label, orphan.Region, orphan.OwnerTag, orphan.Cluster, orphan.Hourly, orphan.Monthly);
}

internal static class OrphanView
{
    public static Shape<OrphanDocument> Shape => new(ToolJson.Default.OrphanDocument, orphan => orphan.Label,
    [
        new("kind", orphan => orphan.Kind),
        new("label", orphan => orphan.Label),
        new("id", orphan => orphan.Id.ToString(CultureInfo.InvariantCulture)) { Right = true },
        new("region", orphan => orphan.Region),
        new("cluster", orphan => orphan.Cluster),
        new("cost", orphan => Say.Hourly(orphan.CostHourly)) { Right = true },
        new("monthly", orphan => Say.Money(orphan.CostMonthly)) { Right = true },
        new("tag", orphan => orphan.Tag) { Wide = true },
    ]);
}
