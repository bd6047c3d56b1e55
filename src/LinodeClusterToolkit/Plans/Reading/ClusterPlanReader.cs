using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads a plan from the top: first what others refer to, then the regions.</summary>
internal static class ClusterPlanReader
{
    public static ClusterPlan Read(
        PlanText text, PlanMap map, IReadOnlyDictionary<string, string> set, ProblemList problems, IReadOnlyList<ActionKind> actionKinds)
    {
        var reading = new PlanReading(text, DialectOf(map), problems, actionKinds);
        var root = new PlanSection(reading, map, RootKeys.Plan, "");
        CheckVersion(reading, root.Optional("version"));

        reading.Vars = VarsReader.Read(reading, root.Optional("vars"), set);
        reading.Ssh = SshReader.Read(reading, root.Optional("ssh"));
        new UsersReader(reading).Read(root.Optional("users"));
        ServicesReader.Read(reading, root.Optional("services"));
        StorageReader.ReadSets(reading, root.Optional("storage"));
        var regions = new RegionsReader(reading)
        {
            Counters = RegionsReader.CounterNames(reading, root.Optional("counters")),
            Defaults = root.Optional("defaults").Section() is { } defaults ? GroupReader.Defaults(reading, defaults) : null,
        };
        regions.ReadRegionPlans(root.Optional("regionplans"));
        regions.ReadRegionPlans(root.Optional("regionplan"));
        var planned = regions.Read(root.Required("regions"));
        CheckSelectors(reading, planned);
        var accounts = Accounts(reading, planned);
        var services = ServiceUse.Resolve(reading, planned);

        var name = root.Optional("name").Text();
        Single(root.Optional("dns"), "mode");
        var network = Single(root.Optional("network"), "private");
        var protect = root.Optional("protect").Flag();
        var api = root.Optional("api").Word();
        root.Finish();
        reading.Finish();
        return new ClusterPlan(text.Source)
        {
            Name = name?.Value,
            Version = reading.Dialect == Dialect.Strict ? 1 : null,
            Vars = reading.Vars,
            Counters = regions.Counters,
            Regions = planned,
            Ssh = reading.Ssh,
            Accounts = accounts,
            Services = services,
            PrivateIps = network?.Value == "ip",
            Protect = protect?.Value ?? false,
            Api = api?.Value switch { "v3" => ApiGeneration.V3, "v4" => ApiGeneration.V4, _ => null },
            Notes = reading.Notes,
            Corrections = reading.Corrections,
        };
    }

    /// <summary>A plan that says a version, or only misspells the key, wants to be read strictly.</summary>
    private static Dialect DialectOf(PlanMap map) =>
        map.Entries.Any(entry => RootKeys.Plan.Find(entry.Key.Value) is null
            ? Slip.Obvious(entry.Key.Value, RootKeys.Plan.Keys.Select(key => key.Name)) == "version"
            : entry.Key.Value == "version") ? Dialect.Strict : Dialect.Of2017;

    private static void CheckVersion(PlanReading reading, PlanValue version)
    {
        if (version.Any() is { } said && said.Value.Value != "1")
        {
            reading.Error(said.Place, PlanProblems.Version(said.Value.Value));
        }
    }

    private static void CheckSelectors(PlanReading reading, IReadOnlyList<PlannedRegion> regions)
    {
        var known = regions.SelectMany(region => region.Groups).SelectMany(Selectors.NamesOf).ToHashSet();
        foreach (var selector in reading.Selectors)
        {
            Selectors.Meant(reading, selector, known);
        }
    }

    /// <summary>The sets of users that nodes have; of the others it is told that they are on none.</summary>
    private static IReadOnlyDictionary<string, AccountSet> Accounts(PlanReading reading, IReadOnlyList<PlannedRegion> regions)
    {
        var used = regions.SelectMany(region => region.Groups).SelectMany(group => group.Users ?? []).Select(use => use.Value).ToHashSet();
        foreach (var set in reading.UserSets.Values.Where(set => !used.Contains(set.Name.Value)))
        {
            reading.Warning(set.Name.Place, AccountProblems.UnusedSet(set.Name.Value));
        }

        return used.Order(StringComparer.Ordinal).ToDictionary(name => name, name => reading.UserSets[name].Accounts);
    }

    private static Located<string>? Single(PlanValue section, string key)
    {
        if (section.Section() is not { } keys)
        {
            return null;
        }

        var word = keys.Optional(key).Word();
        keys.Finish();
        return word;
    }
}
