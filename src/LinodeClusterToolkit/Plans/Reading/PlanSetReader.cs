using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads a plan of plans and puts its clusters in the order of their start.</summary>
internal static class PlanSetReader
{
    public static bool IsSet(PlanMap map)
    {
        var keys = map.Entries.Select(entry => entry.Key.Value).ToHashSet(StringComparer.Ordinal);
        return keys.Contains("clusters") && !keys.Contains("regions");
    }

    public static PlanSet? Read(PlanText text, PlanMap map, ProblemList problems)
    {
        var reading = new PlanReading(text, Dialect.Strict, problems, []);
        var root = new PlanSection(reading, map, SetKeys.Set, "");
        if (root.Required("version").Any() is { } said && said.Value.Value != "1")
        {
            reading.Error(said.Place, PlanProblems.Version(said.Value.Value));
        }

        var name = root.Optional("name").Text();
        var drafts = root.Required("clusters").Sections().Select(section => Member(reading, section, problems)).OfType<Draft>().ToList();
        root.Finish();
        foreach (var (again, first) in Duplicates.In(drafts, draft => draft.Name.Value))
        {
            reading.Error(again.Name.Place, PlanProblems.DuplicateName("cluster", again.Name.Value, first.Name.Place.Spoken));
        }

        string[] known = [.. drafts.Select(draft => draft.Name.Value)];
        foreach (var after in drafts.SelectMany(draft => draft.After))
        {
            reading.Refer("cluster of this set", after, known);
        }

        reading.Finish();
        return problems.HasErrors ? null : Ordered(reading, name?.Value, drafts);
    }

    private static Draft? Member(PlanReading reading, PlanSection section, ProblemList problems)
    {
        var (name, plan) = (section.Required("name").Text(), section.Required("plan").Text());
        var after = section.Optional("after").Each(item => item.Text());
        section.Finish();
        if (name is null || plan is null)
        {
            return null;
        }

        if (reading.Files.Fault(plan.Value) is { } fault)
        {
            reading.Error(plan.Place, fault);
            return null;
        }

        var opened = PlanFile.Open(reading.Files.FullPath(plan.Value));
        problems.AddRange(opened.Problems);
        return opened.Value is { } source ? new(name, source with { Name = plan.Value }, after) : null;
    }

    private static PlanSet? Ordered(PlanReading reading, string? name, List<Draft> drafts)
    {
        var ordered = new List<PlanSetMember>();
        while (ordered.Count < drafts.Count)
        {
            var left = drafts.Where(draft => ordered.All(member => member.Name != draft.Name.Value)).ToList();
            if (left.Find(draft => draft.After.All(after => ordered.Any(member => member.Name == after.Value))) is not { } next)
            {
                reading.Error(left[0].After[0].Place, PlanProblems.StartsAfterItself(left.Select(draft => draft.Name.Value)));
                return null;
            }

            ordered.Add(new(next.Name.Value, next.Plan, [.. next.After.Select(after => after.Value)]));
        }

        return new(name, ordered);
    }

    private sealed record Draft(Located<string> Name, PlanSource Plan, IReadOnlyList<Located<string>> After);
}
