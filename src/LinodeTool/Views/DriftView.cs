using LinodeClusterToolkit.Clusters;
using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>Something that is not as it should be: what of it, what it should be, what it is, and the command that mends it, if any.</summary>
/// <param name="Kind">missing, changed, extra, off, on, failed or unfinished.</param>
internal sealed record DriftDocument(
    string Kind, string What, string Label, string Cluster, string? Key, long? Id, string Fact, string? Recorded, string? Found, string? Fix)
{
    public static DriftDocument From(Drift drift, string? fix) => new(
        drift.Kind.ToString().ToLowerInvariant(), drift.What, drift.Label, drift.Cluster, drift.Key, drift.Id, drift.Fact, drift.Recorded,
        drift.Found, fix);
}

internal static class DriftView
{
    public static Shape<DriftDocument> Shape => new(ToolJson.Default.DriftDocument, drift => drift.Label,
    [
        new("kind", drift => drift.Kind),
        new("what", drift => drift.What),
        new("label", drift => drift.Label),
        new("fact", drift => drift.Fact),
        new("recorded", drift => drift.Recorded),
        new("found", drift => drift.Found),
        new("cluster", drift => drift.Cluster) { Wide = true },
        new("key", drift => drift.Key) { Wide = true },
        new("id", drift => drift.Id?.ToString(System.Globalization.CultureInfo.InvariantCulture)) { Wide = true, Right = true },
        new("fix", drift => drift.Fix) { Wide = true },
    ]);
}
