using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads NodeBalancers.</summary>
internal static class BalancerReader
{
    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeastTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostTimeout = TimeSpan.FromSeconds(30);

    public static Balancer Read(PlanReading reading, PlanSection section)
    {
        var tag = section.Optional("tag");
        var ports = section.Optional("ports");
        var balancer = new Balancer(section.Place)
        {
            Name = section.Required("name").Text(),
            SaysSelector = tag.IsGiven,
            Selector = tag.Text(),
            Ports = ports.IsGiven ? ports.Each(item => Port(reading, item)) : null,
            Common = Settings(reading, section),
        };
        section.Finish();
        if (ports.IsGiven && section.Has("port"))
        {
            section.Contradiction("both port and ports are said", "keep ports", balancer.Common.Port?.Place);
        }

        return balancer;
    }

    private static PortSettings? Port(PlanReading reading, PlanValue item)
    {
        if (!item.IsSection)
        {
            return new PortSettings(item.Place) { SaysPort = true, Port = item.Whole() };
        }

        var section = item.Section()!;
        var settings = Settings(reading, section);
        section.Finish();
        return settings;
    }

    private static PortSettings Settings(PlanReading reading, PlanSection section)
    {
        section.Optional("certificate").Text();
        section.Optional("key").Text();
        var port = section.Optional("port");
        return new PortSettings(section.Place)
        {
            SaysPort = port.IsGiven,
            Port = port.Whole(),
            BackendPort = section.Optional("backend-port").Whole(),
            Protocol = section.Optional("protocol").Word(),
            Algorithm = section.Optional("algorithm").Word(),
            Stickiness = section.Optional("stickiness").Word(),
            Check = section.Optional("check").Section() is { } check ? Check(reading, check) : null,
        };
    }

    private static CheckSettings Check(PlanReading reading, PlanSection section)
    {
        var check = new CheckSettings(
            section.Place,
            section.Optional("kind").Word(),
            section.Optional("path").Verbatim()?.Value,
            section.Optional("body").Verbatim()?.Value,
            Within(reading, section.Optional("interval").Duration(), LeastInterval, MostInterval, "2s to 1h"),
            Within(reading, section.Optional("timeout").Duration(), LeastTimeout, MostTimeout, "1s to 30s"),
            section.Optional("attempts").Whole());
        section.Finish();
        if (check.Path is { } path && !path.StartsWith('/'))
        {
            section.Contradiction("the path of a check begins with /", $"path: /{path}");
        }

        if (check.Kind?.Value == "http_body" && check.Body is null)
        {
            section.Contradiction("a check of kind http_body needs the body to look for", "add body:", check.Kind.Place);
        }
        else if (check is { Kind.Value: not "http_body", Body: not null } or { Kind.Value: "none" or "connection", Path: not null })
        {
            section.Contradiction($"a check of kind {check.Kind.Value} asks for no page", "leave kind out: it follows from path and body",
                check.Kind.Place);
        }

        return check;
    }

    private static Located<TimeSpan>? Within(PlanReading reading, Located<TimeSpan>? time, TimeSpan least, TimeSpan most, string wanted)
    {
        if (time is null || (time.Value >= least && time.Value <= most))
        {
            return time;
        }

        reading.Error(time.Place, PlanProblems.OutOfRange(wanted, $"{time.Value.TotalSeconds:0}s"));
        return null;
    }
}
