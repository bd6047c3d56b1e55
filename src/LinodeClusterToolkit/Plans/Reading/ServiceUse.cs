using LinodeClusterToolkit.Plans.Model;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Finds the groups that services let in, and checks that whoever uses a service finds it, and is let in.</summary>
internal static class ServiceUse
{
    public static IReadOnlyList<ResolvedService> Resolve(PlanReading reading, IReadOnlyList<PlannedRegion> regions)
    {
        var groups = regions.SelectMany(region => region.Groups).ToArray();
        var known = groups.SelectMany(Selectors.NamesOf).ToHashSet();
        var services = reading.Services.Values.Select(service => Resolve(reading, service, groups, known)).ToDictionary(service => service.Name);
        var provided = groups.SelectMany(group => group.Provides ?? []).Select(service => service.Value).ToHashSet();
        var used = groups.SelectMany(group => group.Uses ?? []).Select(service => service.Value).ToHashSet();
        foreach (var (group, use) in groups.SelectMany(group => (group.Uses ?? []).Select(use => (group.Name!.Value, use))))
        {
            var service = services[use.Value];
            if (!provided.Contains(service.Name))
            {
                reading.Error(use.Place, ServiceProblems.NotProvided(service.Name));
            }

            if (!service.LetsIn(group))
            {
                var callers = reading.Services[use.Value].Callers.Select(caller => caller.Value).Concat(service.Networks);
                reading.Error(use.Place, ServiceProblems.NotLetIn(group, service.Name, callers));
            }
        }

        var names = reading.Services.Values.Select(service => service.Name);
        foreach (var unused in names.Where(name => !provided.Contains(name.Value) && !used.Contains(name.Value)))
        {
            reading.Warning(unused.Place, ServiceProblems.Unused(unused.Value));
        }

        CheckRules(reading, [.. services.Values.Where(service => provided.Contains(service.Name))]);
        return [.. services.Values];
    }

    private static ResolvedService Resolve(PlanReading reading, Service service, IReadOnlyList<NodeGroup> groups, HashSet<string> known) => new(
        service.Name.Value, service.Ports,
        [.. service.Callers.Select(caller => Selectors.Meant(reading, caller, known)).OfType<string>()
            .SelectMany(selector => Selectors.Pick(selector, groups).Groups).Distinct(StringComparer.Ordinal)],
        service.Networks, service.Anywhere);

    private static void CheckRules(PlanReading reading, IReadOnlyList<ResolvedService> provided)
    {
        if (ServiceRules.Of(provided).Count is var rules && rules > ServiceRules.Most)
        {
            reading.Error(reading.Services[provided[0].Name].Name.Place, ServiceProblems.TooManyRules(rules, ServiceRules.Most));
        }
    }
}
