namespace LinodeClusterToolkit.Plans.Keys;

/// <summary>The keys of a service.</summary>
internal static class ServiceKeys
{
    private static readonly KeyKind Ports = new TextKind("^[0-9]{1,5}(-[0-9]{1,5})?/(tcp|udp)$",
        "a port and its protocol, such as 443/tcp or 6000-6010/udp");

    public static readonly PlanShape Service = new("service", "What listens, and who may call it.",
    [
        new("ports", new ListKind(Ports), "Ports it listens on.") { Required = true },
        new("from", Kinds.OneOrMany(Kinds.Text), "Who may call it: anywhere, group names, tags or networks such as 10.0.0.0/8.") { Required = true },
    ]);
}
