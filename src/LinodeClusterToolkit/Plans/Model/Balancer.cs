using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Model;

/// <summary>A NodeBalancer as far as one place of the plan describes it.</summary>
internal sealed record Balancer(PlanPlace Place)
{
    public Located<string>? Name { get; init; }

    public bool SaysSelector { get; init; }

    public Located<string>? Selector { get; init; }

    /// <summary>What holds for every port that does not say otherwise.</summary>
    public required PortSettings Common { get; init; }

    /// <summary>Its ports where it has several.</summary>
    public IReadOnlyList<PortSettings>? Ports { get; init; }

    /// <summary>Names of the groups behind it; decided when the region is complete.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>What the selector was found to mean.</summary>
    public string? Note { get; init; }

    /// <summary>Its ports, each complete as far as the plan goes.</summary>
    public IEnumerable<PortSettings> AllPorts => Ports?.Select(port => port.Over(Common)) ?? [Common];

    public Balancer Over(Balancer below) => this with
    {
        Name = Name ?? below.Name,
        SaysSelector = SaysSelector || below.SaysSelector,
        Selector = Selector ?? below.Selector,
        Common = Common.Over(below.Common),
        Ports = Ports ?? below.Ports,
    };
}

/// <summary>A port of a balancer as far as one place of the plan describes it.</summary>
internal sealed record PortSettings(PlanPlace Place)
{
    /// <summary>True where a port was said, even one that could not be read.</summary>
    public bool SaysPort { get; init; }

    public Located<int>? Port { get; init; }

    public Located<int>? BackendPort { get; init; }

    public Located<string>? Protocol { get; init; }

    public Located<string>? Algorithm { get; init; }

    public Located<string>? Stickiness { get; init; }

    public CheckSettings? Check { get; init; }

    public PortSettings Over(PortSettings below) => this with
    {
        SaysPort = SaysPort || below.SaysPort,
        Port = Port ?? below.Port,
        BackendPort = BackendPort ?? below.BackendPort,
        Protocol = Protocol ?? below.Protocol,
        Algorithm = Algorithm ?? below.Algorithm,
        Stickiness = Stickiness ?? below.Stickiness,
        Check = Check ?? below.Check,
    };
}

/// <summary>How back ends are checked.</summary>
internal sealed record CheckSettings(
    PlanPlace Place, Located<string>? Kind, string? Path, string? Body,
    Located<TimeSpan>? Interval, Located<TimeSpan>? Timeout, Located<int>? Attempts);
