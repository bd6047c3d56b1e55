using System.Globalization;
using System.Net;
using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads services: what listens, and who may call it.</summary>
internal static class ServicesReader
{
    private const string Anywhere = "anywhere";
    private const int LastPort = 65535;

    public static void Read(PlanReading reading, PlanValue services)
    {
        foreach (var (name, value) in services.Names())
        {
            if (GroupKeys.EgressProfiles.Contains(name.Value))
            {
                reading.Error(name.Place, PlanProblems.NameClash(name.Value, "a name for what nodes may call (uses:)"));
            }

            reading.Services[name.Value] = value.Section() is { } service ? Service(reading, name, service) : new Service(name, [], [], [], false);
        }
    }

    private static Service Service(PlanReading reading, Located<string> name, PlanSection section)
    {
        var ports = section.Required("ports");
        var from = section.Required("from");
        var read = ports.Each(item => item.Text()).Select(text => Ports(reading, text)).Distinct().ToArray();
        var callers = from.Each(item => item.Text());
        if (ports.IsList && !ports.Items().Any())
        {
            section.Contradiction("a service without ports listens nowhere", "say ports, such as [443/tcp]", ports.Place);
        }

        if (from.IsList && !from.Items().Any())
        {
            section.Contradiction("nobody may call this service", "say anywhere, or groups, tags and networks", from.Place);
        }

        section.Finish();
        var others = callers.Where(caller => caller.Value != Anywhere).ToLookup(caller => IsAddress(caller.Value));
        var networks = others[true].Select(text => Network(reading, text)).OfType<string>().Distinct().ToArray();
        if (networks.Length > ServiceRules.MostNetworks)
        {
            reading.Error(from.Place, ServiceProblems.TooManyNetworks(networks.Length, ServiceRules.MostNetworks));
        }

        return new(name, read, [.. others[false].DistinctBy(caller => caller.Value)], networks, callers.Any(caller => caller.Value == Anywhere));
    }

    private static ServicePorts Ports(PlanReading reading, Located<string> text)
    {
        var (numbers, protocol) = text.Value.Split('/') is [var before, var after] ? (before, after) : (text.Value, "tcp");
        var ends = numbers.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        if (ends[0] < 1 || ends[^1] > LastPort || ends[0] > ends[^1])
        {
            reading.Error(text.Place, PlanProblems.OutOfRange($"a port from 1 to {LastPort}, or a range that begins with the lower", text.Value));
        }

        return new(ends[0], ends[^1], protocol);
    }

    private static string? Network(PlanReading reading, Located<string> text)
    {
        if (Networks.Canonical(text.Value) is { } network)
        {
            return network;
        }

        reading.Error(text.Place, PlanProblems.BadValue("a network such as 203.0.113.0/24 or 2001:db8::/32", text.Value));
        return null;
    }

    // No tag holds a slash; a tag of digits alone is none the less a tag.
    private static bool IsAddress(string text) => text.Contains('/') || (text.AsSpan().ContainsAny('.', ':') && IPAddress.TryParse(text, out _));
}
