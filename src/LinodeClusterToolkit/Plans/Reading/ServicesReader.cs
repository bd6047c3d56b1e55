using System.Globalization;
using System.Net;
using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Checks services; their effect comes later.</summary>
internal static class ServicesReader
{
    private const int LastPort = 65535;

    public static void Read(PlanReading reading, PlanValue services)
    {
        foreach (var (name, value) in services.Names())
        {
            if (GroupKeys.EgressProfiles.Contains(name.Value))
            {
                reading.Error(name.Place, PlanProblems.NameClash(name.Value, "a name for what nodes may call (uses:)"));
            }

            reading.Services.Add(name.Value);
            if (value.Section() is not { } service)
            {
                continue;
            }

            foreach (var ports in service.Required("ports").Each(item => item.Text()))
            {
                CheckPorts(reading, ports);
            }

            foreach (var from in service.Required("from").Each(item => item.Text()).Where(from => from.Value != "anywhere" && !IsNetwork(from.Value)))
            {
                reading.Selectors.Add(from);
            }

            service.Finish();
        }
    }

    private static void CheckPorts(PlanReading reading, Located<string> ports)
    {
        var ends = ports.Value.Split('/')[0].Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        if (ends[0] < 1 || ends[^1] > LastPort || ends[0] > ends[^1])
        {
            reading.Error(ports.Place, PlanProblems.OutOfRange($"a port from 1 to {LastPort}, or a range that begins with the lower", ports.Value));
        }
    }

    private static bool IsNetwork(string text) => IPNetwork.TryParse(text, out _) || IPAddress.TryParse(text, out _);
}
