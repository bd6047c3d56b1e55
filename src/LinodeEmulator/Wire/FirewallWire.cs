using System.Text;
using System.Text.Json.Serialization;
using LinodeEmulator.State;
using LinodeEmulator.Time;

namespace LinodeEmulator.Wire;

internal sealed record RuleAddressesWire(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Ipv4,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Ipv6);

/// <summary>A rule as it was sent: what was left out stays out.</summary>
internal sealed record RuleWire(
    string Action,
    string Protocol,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Ports,
    RuleAddressesWire Addresses,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Label,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description)
{
    public static RuleWire Of(FirewallRule rule) =>
        new(rule.Action, rule.Protocol, rule.Ports, new RuleAddressesWire(rule.Ipv4, rule.Ipv6), rule.Label, rule.Description);
}

internal sealed record RulesWire(
    IReadOnlyList<RuleWire>? Inbound, string InboundPolicy, IReadOnlyList<RuleWire>? Outbound, string OutboundPolicy, int Version, string Fingerprint)
{
    public static RulesWire Of(FirewallRules rules) => new(
        Of(rules.Inbound), rules.InboundPolicy, Of(rules.Outbound), rules.OutboundPolicy, rules.Version, FingerprintOf(rules));

    private static IReadOnlyList<RuleWire>? Of(IReadOnlyList<FirewallRule>? rules) => rules is null
        ? null
        : [.. rules.Select(RuleWire.Of)];

    /// <summary>Eight hex digits that change with the rules.</summary>
    private static string FingerprintOf(FirewallRules rules)
    {
        var text = new StringBuilder($"{rules.InboundPolicy}|{rules.OutboundPolicy}");
        foreach (var rule in (rules.Inbound ?? []).Append(new FirewallRule("", "", null, null, null, null, null)).Concat(rules.Outbound ?? []))
        {
            text.AppendJoin(',', "|", rule.Action, rule.Protocol, rule.Ports, rule.Label, rule.Description);
            text.AppendJoin(',', [.. rule.Ipv4 ?? [], .. rule.Ipv6 ?? []]);
        }

        return $"{(uint)(Chance.Draw(0, text.ToString(), "rules") * uint.MaxValue):x8}";
    }
}

internal sealed record FirewallWire(
    long Id, string Label, string Status, RulesWire Rules, IReadOnlyList<string> Tags, IReadOnlyList<EntityWire> Entities, string Created,
    string Updated);

internal sealed record DeviceWire(long Id, EntityWire Entity, string Created, string Updated);
