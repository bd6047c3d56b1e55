using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints.V4;

/// <summary>Firewall rules: at most 25 of them, 255 addresses each, 15 pieces of ports.</summary>
internal static class RuleReader
{
    private const int MostRules = 25;
    private const int MostAddresses = 255;
    private const int MostPortPieces = 15;

    public static FirewallRules Read(BodyReader body)
    {
        var inboundPolicy = Policy(body, "inbound_policy");
        var outboundPolicy = Policy(body, "outbound_policy");
        var (inbound, outbound) = (Rules(body, "inbound"), Rules(body, "outbound"));
        if ((inbound?.Count ?? 0) + (outbound?.Count ?? 0) > MostRules)
        {
            body.FailWhole($"A firewall can have at most {MostRules} rules");
        }

        body.Ignore("version", "fingerprint");
        body.Complete();
        return new FirewallRules(inboundPolicy, outboundPolicy) { Inbound = inbound, Outbound = outbound };
    }

    private static string Policy(BodyReader body, string name)
    {
        if (!body.Holds(name))
        {
            body.Fail(name, $"{name} is required");
        }

        return body.OneOf(name, "ACCEPT", "DROP") ?? "";
    }

    /// <summary>A list that was sent as null comes back as null; one that was left out comes back empty.</summary>
    private static IReadOnlyList<FirewallRule>? Rules(BodyReader body, string name) =>
        body.Objects(name) is { } sent ? [.. sent.Select(Rule)] : body.Has(name) ? null : [];

    private static FirewallRule Rule(BodyReader body)
    {
        foreach (var name in new[] { "action", "protocol" }.Where(name => !body.Holds(name)))
        {
            body.Fail(name, $"{name} is required");
        }

        var protocol = body.OneOf("protocol", "TCP", "UDP", "ICMP", "IPENCAP") ?? "";
        var ports = body.Text("ports");
        CheckPorts(body, protocol, ports);
        var addresses = body.Object("addresses");
        var (ipv4, ipv6) = (Networks(addresses, "ipv4", AddressFamily.InterNetwork), Networks(addresses, "ipv6", AddressFamily.InterNetworkV6));
        if ((ipv4?.Count ?? 0) + (ipv6?.Count ?? 0) > MostAddresses)
        {
            body.Fail("addresses", $"A rule can have at most {MostAddresses} addresses");
        }

        addresses?.Complete();
        var rule = new FirewallRule(
            body.OneOf("action", "ACCEPT", "DROP") ?? "", protocol, string.IsNullOrEmpty(ports)
                ? null
                : ports, ipv4, ipv6, body.Text("label", 3, 32), body.Text("description", 0, 100));
        body.Complete();
        return rule;
    }

    private static void CheckPorts(BodyReader body, string protocol, string? ports)
    {
        if (string.IsNullOrEmpty(ports))
        {
            return;
        }

        if (protocol is "ICMP" or "IPENCAP")
        {
            body.Fail("ports", $"Ports are not allowed for {protocol}");
            return;
        }

        var ranges = ports.Split(',', StringSplitOptions.TrimEntries).Select(range => range.Split('-')).ToList();
        if (ranges.Sum(range => range.Length) > MostPortPieces || !ranges.All(IsRange))
        {
            body.Fail("ports", $"Must be ports from 1 to 65535 and ranges of them, at most {MostPortPieces} pieces");
        }
    }

    private static bool IsRange(string[] ends) => ends.All(IsPort) && (ends.Length == 1 || (ends.Length == 2 && Number(ends[0]) < Number(ends[1])));

    private static bool IsPort(string text) => text.Length > 0 && text[0] != '0' && Number(text) is >= 1 and <= 65535;

    private static bool IsWhole(string text) => text.Length is > 0 and <= 5 && text.All(char.IsAsciiDigit);

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static IReadOnlyList<string>? Networks(BodyReader? body, string name, AddressFamily family)
    {
        var networks = body?.Texts(name);
        if (networks?.FirstOrDefault(network => !IsNetwork(network, family)) is { } wrong)
        {
            body!.Fail(name, $"{wrong} is not an address or network");
        }

        return networks;
    }

    private static bool IsNetwork(string text, AddressFamily family)
    {
        var parts = text.Split('/');
        return parts.Length <= 2
            && IPAddress.TryParse(parts[0], out var address)
            && address.AddressFamily == family
            && (parts.Length == 1 || (IsWhole(parts[1]) && Number(parts[1]) <= (family == AddressFamily.InterNetwork ? 32 : 128)));
    }
}
