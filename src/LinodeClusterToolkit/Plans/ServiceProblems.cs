using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Plans;

/// <summary>What can be wrong with services, and with those who provide and use them.</summary>
internal static class ServiceProblems
{
    public const string NotProvidedCode = "LCT2110";
    public const string NotLetInCode = "LCT2111";
    public const string UnusedCode = "LCT2112";
    public const string TooManyRulesCode = "LCT2113";
    public const string TooManyNetworksCode = "LCT2114";

    public static Problem NotProvided(string service) => new(NotProvidedCode, $"\"{service}\" is used, and no group of nodes provides it",
        Why: "a port is opened towards those who provide a service",
        Fix: [$"add provides: [{service}] to the group that runs it", "or take it out of uses:"]);

    public static Problem NotLetIn(string group, string service, IEnumerable<string> from) => new(NotLetInCode,
        $"\"{group}\" uses \"{service}\", which does not let it in", Why: $"\"{service}\" is open to {string.Join(", ", from)}",
        Fix: [$"add {group} to from: of {service}", $"or take {service} out of uses: of {group}"]);

    public static Problem Unused(string service) => new(UnusedCode, $"no group of nodes provides the service \"{service}\"",
        Fix: [$"add provides: [{service}] to the group that runs it"]);

    public static Problem TooManyRules(int found, int most) => new(TooManyRulesCode,
        $"the services need {found} rules of the Cloud Firewall, besides SSH; there is room for {most}",
        Why: "services with equal callers share one, up to 15 ports of a protocol", Fix: ["let services be called by the same groups and networks"]);

    public static Problem TooManyNetworks(int found, int most) => new(TooManyNetworksCode, $"{found} networks may call it, more than {most}",
        Why: "a rule of the Cloud Firewall holds no more", Fix: ["say wider networks"]);
}
