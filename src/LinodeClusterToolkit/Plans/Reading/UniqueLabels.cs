using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans.Model;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>
/// Plans of 2017 count up a counter for each region and give nodes of several regions the same label, which an account takes only once.
/// The first group keeps its labels, later ones get their region behind them.
/// </summary>
internal static class UniqueLabels
{
    public static IReadOnlyList<PlannedRegion> Ensure(PlanReading reading, IReadOnlyList<PlannedRegion> regions, IReadOnlySet<string> planCounters)
    {
        var shapes = new HashSet<string>(StringComparer.Ordinal);
        return [.. regions.Select((region, index) => region with { Groups = [.. region.Groups.Select(group => Unique(region, index, group))] })];

        NodeGroup Unique(PlannedRegion region, int index, NodeGroup group)
        {
            if (group.NodeNames is not { } names || shapes.Add(Shape(names.Template, region, index, group)))
            {
                return group;
            }

            var better = names.Template.Append($"-{{{Placeholders.Region}}}");
            if (!shapes.Add(Shape(better, region, index, group)))
            {
                better = better.Append($"-{{{Placeholders.Group}}}");
            }

            reading.Warning(names.Place, PlanProblems.LabelMadeUnique(names.Template.Text, better.Text));
            return group with { NodeNames = Placeholders.Renamed(reading, names, better) };
        }

        // What labels look like with the numbers left out; a counter of the whole plan gives no number twice and so stays in.
        string Shape(NameTemplate template, PlannedRegion region, int index, NodeGroup group) => template.Render(name => name switch
        {
            Placeholders.Region => $"{{{index}}}",
            Placeholders.Group => group.Name!.Value,
            Placeholders.Counter or Placeholders.Index => "{#}",
            _ when region.Counters.Contains(name) => "{#}",
            _ when planCounters.Contains(name) => $"{{{name}: {index}/{group.Name!.Value}}}",
            _ => reading.Vars.GetValueOrDefault(name, $"{{{name}}}"),
        });
    }
}
