using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads regions, and works region plans and defaults into them.</summary>
internal sealed class RegionsReader(PlanReading reading)
{
    private readonly Dictionary<string, RegionContent> regionPlans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlanPlace> places = new(StringComparer.Ordinal);

    /// <summary>Counters that run through all regions.</summary>
    public required IReadOnlySet<string> Counters { get; init; }

    /// <summary>What holds for every group that does not say otherwise.</summary>
    public NodeGroup? Defaults { get; init; }

    public static IReadOnlySet<string> CounterNames(PlanReading reading, PlanValue counters)
    {
        var names = counters.Each(item => item.Text());
        foreach (var (again, first) in Duplicates.In(names, name => name.Value))
        {
            reading.Error(again.Place, PlanProblems.DuplicateName("counter", again.Value, first.Place.Spoken));
        }

        foreach (var name in names)
        {
            var taken = Placeholders.IsReserved(name.Value) ? "a placeholder" : reading.Vars.ContainsKey(name.Value) ? "a variable" : null;
            if (taken is not null)
            {
                reading.Error(name.Place, PlanProblems.NameClash(name.Value, taken));
            }
        }

        return names.Select(name => name.Value).ToHashSet(StringComparer.Ordinal);
    }

    public void ReadRegionPlans(PlanValue plans)
    {
        foreach (var section in plans.Sections())
        {
            var name = section.Required("name").Text();
            var content = Content(section);
            section.Finish();
            if (name is not null && !places.TryAdd(name.Value, name.Place))
            {
                reading.Error(name.Place, PlanProblems.DuplicateName("region plan", name.Value, places[name.Value].Spoken));
            }
            else if (name is not null)
            {
                regionPlans[name.Value] = content;
            }
        }
    }

    public IReadOnlyList<PlannedRegion> Read(PlanValue regions)
    {
        var planned = regions.Sections().Select(Region).OfType<PlannedRegion>().ToArray();
        if (regions is { IsList: true } && !regions.Items().Any())
        {
            reading.Error(regions.Place, PlanProblems.Missing("regions", RootKeys.Plan.Name));
        }

        return reading.Dialect == Dialect.Of2017 ? UniqueLabels.Ensure(reading, planned, Counters) : planned;
    }

    private PlannedRegion? Region(PlanSection section)
    {
        var region = section.Required("region").Text();
        var plan = section.Optional("regionplan").Text();
        var own = Content(section);
        foreach (var (_, members) in section.Optional("clusters").Names())
        {
            reading.Selectors.AddRange(members.Each(item => item.Text()));
        }

        section.Finish();
        var below = plan is null ? RegionContent.Empty
            : reading.Refer("region plan", plan, regionPlans.Keys) is { } meant ? regionPlans[meant]
            : null;
        var nodes = section.Optional("nodes");
        if (below is not null && own.Groups.Count == 0 && below.Groups.Count == 0 && (!nodes.IsGiven || (nodes.IsList && !nodes.Items().Any())))
        {
            reading.Error(section.Place, PlanProblems.NoNodes(region?.Value ?? "?"));
        }

        return region is null ? null : Planned(region, own, below ?? RegionContent.Empty);
    }

    private RegionContent Content(PlanSection section)
    {
        var groups = section.Optional("nodes").Sections().Select(group => GroupReader.Group(reading, group)).ToArray();
        var balancers = section.Optional("nodebalancers").Sections().Select(balancer => BalancerReader.Read(reading, balancer)).ToArray();
        var counters = section.Optional("counters");
        CounterNames(reading, counters);
        foreach (var (again, first) in Duplicates.In(groups, group => group.Name?.Value))
        {
            reading.Error(again.Name!.Place, PlanProblems.DuplicateName("group", again.Name.Value, first.Name!.Place.Spoken));
        }

        foreach (var (again, first) in Duplicates.In(balancers, balancer => balancer.Name?.Value))
        {
            reading.Error(again.Name!.Place, PlanProblems.DuplicateName("NodeBalancer", again.Name.Value, first.Name!.Place.Spoken));
        }

        return new RegionContent(groups, balancers, counters.Each(item => item.Text()));
    }

    private PlannedRegion Planned(Located<string> region, RegionContent own, RegionContent below)
    {
        var counters = own.Counters.Concat(below.Counters).ToArray();
        var names = counters.Select(counter => counter.Value).ToHashSet(StringComparer.Ordinal);
        NodeGroup[] groups = [.. Named(Merged(own.Groups, below.Groups, group => group.Name?.Value, (over, under) => over.Over(under)))
            .Select(group => Complete(group, names))];
        foreach (var clash in counters.Where(counter => Counters.Contains(counter.Value) || groups.Any(group => group.Name!.Value == counter.Value)))
        {
            var taken = Counters.Contains(clash.Value) ? "a counter of the whole plan" : "a group, whose counter it would be";
            reading.Error(clash.Place, PlanProblems.NameClash(clash.Value, taken));
        }

        var balancers = Merged(own.Balancers, below.Balancers, balancer => balancer.Name?.Value, (over, under) => over.Over(under));
        return new PlannedRegion(region, groups, [.. balancers.Select(balancer => Complete(balancer, groups)).OfType<Balancer>()], names);
    }

    /// <summary>What is below, overridden by what has the same name; then the rest.</summary>
    private static IEnumerable<T> Merged<T>(IReadOnlyList<T> own, IReadOnlyList<T> below, Func<T, string?> name, Func<T, T, T> over)
        where T : class =>
        below.Select(under => own.FirstOrDefault(one => name(one) is { } mine && mine == name(under)) is { } one ? over(one, under) : under)
            .Concat(own.Where(one => name(one) is null || below.All(under => name(under) != name(one))));

    private static IEnumerable<NodeGroup> Named(IEnumerable<NodeGroup> groups)
    {
        var all = groups.ToArray();
        var taken = all.Select(group => group.Name?.Value).OfType<string>().ToHashSet();
        var free = new Queue<string>(Enumerable.Range(1, all.Length + taken.Count).Select(number => $"nodes{number}").Except(taken));
        return all.Select(group => group.Name is null ? group with { Name = new Located<string>(free.Dequeue(), group.Place) } : group).ToArray();
    }

    private NodeGroup Complete(NodeGroup group, IReadOnlySet<string> regionCounters)
    {
        var complete = Defaults is null ? group : group.Over(Defaults);
        if (!complete.SaysType)
        {
            reading.Error(group.Place, PlanProblems.Missing("type", GroupKeys.Group.Name));
        }

        if (complete.Min is { } min && min.Value > (complete.Count?.Value ?? 1))
        {
            reading.Notes.Add($"{complete.Name!.Value}: min is lowered to the count");
        }

        AccountUse.Check(reading, complete);
        reading.Selectors.AddRange(complete.DependsOn ?? []);
        return Placeholders.Check(reading, complete, regionCounters.Concat(Counters));
    }

    private Balancer? Complete(Balancer balancer, IReadOnlyList<NodeGroup> groups)
    {
        if (!balancer.SaysSelector)
        {
            reading.Error(balancer.Place, PlanProblems.Missing("tag", BalancerKeys.Balancer.Name));
        }

        foreach (var port in balancer.AllPorts.Where(port => !port.SaysPort))
        {
            reading.Error(port.Place, PlanProblems.Missing("port", BalancerKeys.Balancer.Name));
        }

        foreach (var (again, first) in Duplicates.In(balancer.AllPorts.Where(port => port.Port is not null), port => $"{port.Port!.Value}"))
        {
            reading.Error(again.Port!.Place, PlanProblems.DuplicateName("port", $"{again.Port.Value}", first.Port!.Place.Spoken));
        }

        if (balancer.Name is null || balancer.Selector is not { } selector
            || Selectors.Meant(reading, selector, groups.SelectMany(Selectors.NamesOf).ToHashSet()) is not { } meant)
        {
            return null;
        }

        var (members, how) = Selectors.Pick(meant, groups);
        return balancer with { Members = members, Note = $"balancer {balancer.Name.Value} serves {how}" };
    }
}
