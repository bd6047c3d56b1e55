using LinodeClusterToolkit.Plans.Reading;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Formatting;

/// <summary>Turns the tree of a plan of 2017 into one of version 1.</summary>
internal static class Upgrade
{
    private const string OldRegionPlan = "regionplan";
    private const string RegionPlans = "regionplans";

    public static PlanMap Apply(PlanText text, PlanMap root)
    {
        var corrections = ClusterPlanReader.Read(text, root, new Dictionary<string, string>(), new ProblemList(), BuiltIns.ActionKinds).Corrections;
        var corrected = (PlanMap)Correct(root);
        var version = new PlanEntry(Written("version", root.Span), Written("1", root.Span));
        return corrected with { Entries = [version, .. corrected.Entries.Select(AsList)], IsFlow = false };

        PlanNode Correct(PlanNode node) => node switch
        {
            PlanMap map => map with { Entries = [.. map.Entries.Select(entry =>
                new PlanEntry((PlanScalar)Correct(entry.Key), Correct(entry.Value)))] },
            PlanList list => list with { Items = [.. list.Items.Select(Correct)] },
            _ when corrections.TryGetValue(text.Place(node.Span, "").Position, out var better) => Written(better, node.Span),
            _ => node,
        };
    }

    /// <summary>The only region plan of 2017 becomes a list of one.</summary>
    private static PlanEntry AsList(PlanEntry entry) => (entry.Key.Value, entry.Value) switch
    {
        (OldRegionPlan, PlanMap only) => new PlanEntry(Written(RegionPlans, entry.Key.Span), new PlanList(only.Span, [only], IsFlow: false)),
        (OldRegionPlan, _) => entry with { Key = Written(RegionPlans, entry.Key.Span) },
        _ => entry,
    };

    /// <summary>A scalar that does not stand in the text so.</summary>
    private static PlanScalar Written(string value, TextSpan at) =>
        new(at with { End = at.Start }, value, IsPlain: Scalars.Whole(value) is not null || Scalars.Flag(value) is not null, IsBlock: false);
}
