namespace LinodeClusterToolkit.Api.V4;

/// <summary>Cloud Firewalls of the account.</summary>
public sealed record ListFirewalls() : V4List<FirewallReply>($"networking/firewalls", V4Json.Default.V4PageFirewallReply);

/// <summary>Creates a Cloud Firewall.</summary>
public sealed record CreateFirewall(FirewallBody Firewall) : V4Operation<FirewallReply>(
    HttpMethod.Post, $"networking/firewalls", V4Json.Default.FirewallReply, JsonBody.Of(Firewall, V4Json.Default.FirewallBody));

/// <summary>Deletes a Cloud Firewall; what it guarded stays, unguarded.</summary>
public sealed record DeleteFirewall(long Id) : V4Operation<NoReply>(HttpMethod.Delete, $"networking/firewalls/{Id}", null);

/// <summary>Rules of a Cloud Firewall.</summary>
public sealed record GetFirewallRules(long Id)
    : V4Operation<RulesBody>(HttpMethod.Get, $"networking/firewalls/{Id}/rules", V4Json.Default.RulesBody);

/// <summary>Replaces every rule of a Cloud Firewall.</summary>
public sealed record ReplaceFirewallRules(long Id, RulesBody Rules) : V4Operation<RulesBody>(
    HttpMethod.Put, $"networking/firewalls/{Id}/rules", V4Json.Default.RulesBody, JsonBody.Of(Rules, V4Json.Default.RulesBody));

/// <summary>What to create a Cloud Firewall from.</summary>
public sealed record FirewallBody(string Label, RulesBody Rules, IReadOnlyList<string>? Tags = null);

/// <summary>Rules both ways; a policy is ACCEPT or DROP.</summary>
public sealed record RulesBody(
    string InboundPolicy, string OutboundPolicy, IReadOnlyList<RuleBody>? Inbound = null, IReadOnlyList<RuleBody>? Outbound = null);

/// <summary>A rule; no ports means all.</summary>
public sealed record RuleBody(string Action, string Protocol, AddressesBody Addresses, string? Ports = null, string? Label = null);

/// <summary>Networks of a rule.</summary>
public sealed record AddressesBody(IReadOnlyList<string>? Ipv4 = null, IReadOnlyList<string>? Ipv6 = null);

/// <summary>A Cloud Firewall as the wire has it.</summary>
public sealed record FirewallReply(
    long Id, string Label, string Status, RulesBody? Rules = null, IReadOnlyList<string>? Tags = null, DateTimeOffset? Created = null);
