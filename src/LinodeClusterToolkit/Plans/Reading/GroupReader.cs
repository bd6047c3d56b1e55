using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads a group of nodes, or the defaults of all groups.</summary>
internal static class GroupReader
{
    public static NodeGroup Defaults(PlanReading reading, PlanSection section) => Read(reading, section, name: null);

    public static NodeGroup Group(PlanReading reading, PlanSection section) => Read(reading, section, section.Optional("name").Text());

    private static NodeGroup Read(PlanReading reading, PlanSection section, Located<string>? name)
    {
        var types = section.Optional("type");
        var init = InitReader.Read(reading, section.Optional("init"));
        var uses = Uses(reading, section.Optional("uses"));
        var group = new NodeGroup(section.Place)
        {
            Name = name,
            SaysType = types.IsGiven,
            Types = types.IsGiven ? types.Each(item => item.Text()) : null,
            Count = section.Optional("count").Whole(),
            Min = section.Optional("min").Whole(),
            Tags = Tags(section),
            Image = section.Optional("image").Text(),
            NodeNames = section.Optional("nodenames").Template(),
            HostNames = section.Optional("hostnames").Template(),
            PublicFqdn = section.Optional("publicfqdn").Template(),
            PrivateFqdn = section.Optional("privatefqdn").Template(),
            Storage = StorageReader.OfGroup(reading, section.Optional("storage")),
            Users = section.Optional("users") is { IsGiven: true } users ? References(reading, users, "set of users", reading.UserSets.Keys) : null,
            Provides = section.Optional("provides") is { IsGiven: true } provides
                ? References(reading, provides, "service", reading.Services.Keys) : null,
            Egress = uses is null ? null : [.. GroupKeys.EgressProfiles.Where(profile => uses.Any(use => use.Value == profile))],
            Uses = uses is null ? null : [.. uses.Where(use => !GroupKeys.EgressProfiles.Contains(use.Value))],
            BootOnCreate = init?.Boot,
            Actions = init?.Actions ?? new Dictionary<Transition, IReadOnlyList<PlannedAction>>(),
            Ready = section.Optional("ready") is { IsGiven: true } ready ? ReadyChecks(ready) : null,
            Watchdog = section.Optional("watchdog").Flag(),
            DependsOn = section.Optional("depends-on") is { IsGiven: true } depends ? depends.Each(item => item.Text()) : null,
        };
        section.Finish();
        CheckWholes(reading, group, types);
        return group;
    }

    private static IReadOnlyList<Located<string>>? Tags(PlanSection section)
    {
        var (tag, tags) = (section.Optional("tag"), section.Optional("tags"));
        return tag.IsGiven || tags.IsGiven
            ? [.. new[] { tag.Text() }.OfType<Located<string>>().Concat(tags.Each(item => item.Text())).DistinctBy(one => one.Value)]
            : null;
    }

    /// <summary>Profiles and services of the plan, in one list.</summary>
    private static IReadOnlyList<Located<string>>? Uses(PlanReading reading, PlanValue uses) =>
        uses.IsGiven ? References(reading, uses, "service", [.. reading.Services.Keys, .. GroupKeys.EgressProfiles]) : null;

    /// <summary>What a list refers to, each once, as far as there is such a thing.</summary>
    private static IReadOnlyList<Located<string>> References(PlanReading reading, PlanValue list, string noun, IReadOnlyCollection<string> known) =>
        [.. list.Each(item => item.Text() is { } name && reading.Refer(noun, name, known) is { } meant ? name with { Value = meant } : null)
            .DistinctBy(name => name.Value)];

    private static ReadyCheck[] ReadyChecks(PlanValue checks)
    {
        var read = new List<ReadyCheck>();
        foreach (var check in checks.Sections())
        {
            var (port, command, path) = (check.Optional("port").Whole(), check.Optional("command").Verbatim(), check.Optional("http").Verbatim());
            var within = check.Optional("within").Duration();
            if (!check.Has("port") && !check.Has("command") && !check.Has("http"))
            {
                check.Contradiction("a ready check says neither port nor command nor http", "say port: 80, or command: with a command");
            }
            else if (check.Has("command") && (check.Has("port") || check.Has("http")))
            {
                check.Contradiction("a ready check says both port and command", "make two checks of it");
            }
            else if (path is { Value: var said } && !IsPath(said))
            {
                check.Contradiction($"\"{said}\" is no path for HTTP", "begin it with a slash, without blanks: /health", path.Place);
            }

            check.Finish();
            var usual = new ReadyCheck { Port = port?.Value, Command = command?.Value, Path = path?.Value };
            read.Add(within is { } limit ? usual with { Within = limit.Value } : usual);
        }

        return [.. read];
    }

    private static bool IsPath(string text) => text.StartsWith('/') && text.All(letter => letter is > ' ' and <= '~');

    private static void CheckWholes(PlanReading reading, NodeGroup group, PlanValue types)
    {
        if (types.IsList && !types.Items().Any())
        {
            reading.Error(types.Place, PlanProblems.Missing("type", GroupKeys.Group.Name));
        }

        if (group.Min is { } min && min.Value > (group.Count?.Value ?? min.Value))
        {
            reading.Error(min.Place, PlanProblems.OutOfRange($"at most the count, {group.Count!.Value}", $"{min.Value}"));
        }
    }
}
