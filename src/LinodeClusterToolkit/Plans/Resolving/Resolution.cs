using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Resolving;

/// <summary>What the parts of one resolution share.</summary>
internal sealed class Resolution(ResolveRequest request, ProblemList problems)
{
    private readonly List<string> notes = [];

    public ResolveRequest Request => request;

    public LinodeCatalog Catalog => request.Catalog;

    /// <summary>What labels of nodes may be.</summary>
    public LabelRule NodeLabels => request.Catalog.Offer.Abilities.LongLabels ? LabelRule.Node : LabelRule.ShortNode;

    public CounterBook Counters { get; } = new(request.Counters);

    /// <summary>What was mapped or assumed, each thing once.</summary>
    public IReadOnlyList<string> Notes => [.. notes.Distinct()];

    public void Note(string? note)
    {
        if (note is not null)
        {
            notes.Add(note);
        }
    }

    public void Error(PlanPlace place, Problem problem) => problems.Add(place.Mark(problem));

    public void Warning(PlanPlace place, Problem problem) => problems.Add(place.Mark(problem) with { Severity = Severity.Warning });

    /// <summary>The thing of the catalogue that a text means, or null; the problem then stands at the text, under a code of the plan's.</summary>
    public T? Find<T>(Located<string> text, Func<string, Match<T>> find, string code)
        where T : class, ICatalogEntry
    {
        var match = find(text.Value);
        if (match is Match<T>.Found found)
        {
            Note(found.Note);
            return found.Item;
        }

        Error(text.Place, PlanProblems.Offer(code, match.Problem!));
        return null;
    }

    /// <summary>An error where the region cannot do what something needs.</summary>
    public void Need(Region? region, string capability, string what, PlanPlace place)
    {
        if (region is not null && !region.Has(capability))
        {
            Error(place, PlanProblems.RegionLacks(region.Id, capability, what));
        }
    }
}
