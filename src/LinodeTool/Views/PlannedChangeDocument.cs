using LinodeClusterToolkit.Changes;

namespace LinodeTool.Views;

/// <summary>A difference between a cluster and its plan, and what is done about it.</summary>
/// <param name="How">add, in_place, reboot, rebuild, remove, later or refused.</param>
/// <param name="Does">done, held (needs --prune or --rebuild) or refused.</param>
internal sealed record PlannedChangeDocument(
    string How, string Does, string What, string Label, string Key, string? Region, string? Group, string? Node, string Fact, string? From, string? To,
    string Why, bool LosesData, decimal Hourly, decimal Monthly, double LeastSeconds, string Rule)
{
    public static PlannedChangeDocument Of(PlannedChange change, string does) => new(
        change.Way == ChangeWay.InPlace ? "in_place" : change.Way.ToString().ToLowerInvariant(), does, change.What, change.Label, change.Key,
        change.Region, change.Group, change.Node, change.Fact, change.From, change.To, change.Why, change.LosesData, change.Hourly, change.Monthly,
        change.Seconds, change.Rule);
}
