namespace LinodeClusterToolkit.Plans.Keys;

/// <summary>The keys of a NodeBalancer.</summary>
internal static class BalancerKeys
{
    public static readonly PlanShape Check = new("health check", "How a node that does not answer is found.",
    [
        new("kind", new WordKind("none", "connection", "http", "http_body"),
            "What is tried; http with a path, http_body with a body, else connection."),
        new("path", Kinds.Verbatim, "Path that is asked for."),
        new("body", Kinds.Verbatim, "Text that must stand in the answer."),
        new("interval", Kinds.Duration, "Time between checks, 2 seconds to an hour."),
        new("timeout", Kinds.Duration, "Time an answer may take, 1 to 30 seconds and less than the interval."),
        new("attempts", new WholeKind(1, 30), "Failed checks after which a node gets no more work."),
    ]);

    private static readonly PlanKey[] PortSettings =
    [
        new("port", Kinds.Port, "Port it listens on."),
        new("backend-port", Kinds.Port, "Port of the nodes; the same where it is not said."),
        new("protocol", new WordKind("http", "tcp", "https", "udp"), "What it passes on; tcp where it is not said.")
            { Later = true, Now = ["http", "tcp"] },
        new("algorithm", new WordKind("roundrobin", "leastconn", "source"), "How it chooses a node; roundrobin where it is not said."),
        new("stickiness", new WordKind("none", "table", "http_cookie"), "How it keeps a caller with a node; none where it is not said."),
        new("certificate", Kinds.Text, "Certificate for https, as secret:name.") { Later = true },
        new("key", Kinds.Text, "Private key for https, as secret:name.") { Later = true },
        new("check", new SectionKind(Check), "How a node that does not answer is found."),
    ];

    public static readonly PlanShape Port = new("balancer port", "A port of a NodeBalancer.", PortSettings);

    public static readonly PlanShape Balancer = new("nodebalancer", "A NodeBalancer and the nodes behind it.",
    [
        new("name", Kinds.Name, "Its name.") { Required = true },
        new("tag", Kinds.Text, "Tag or group name of the nodes behind it."),
        new("ports", new ListKind(new EitherKind(Kinds.Port, new SectionKind(Port))),
            "Several ports: numbers, or groups of keys that override what is said here."),
        .. PortSettings,
    ]);
}
