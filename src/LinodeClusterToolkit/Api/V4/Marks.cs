namespace LinodeClusterToolkit.Api.V4;

/// <summary>One Cloud Firewall.</summary>
public sealed record GetFirewall(long Id)
    : V4Operation<FirewallReply>(HttpMethod.Get, $"networking/firewalls/{Id}", V4Json.Default.FirewallReply);

/// <summary>Replaces the tags of a NodeBalancer.</summary>
public sealed record TagBalancer(long Id, TagsBody Tags) : V4Operation<BalancerReply>(
    HttpMethod.Put, $"nodebalancers/{Id}", V4Json.Default.BalancerReply, JsonBody.Of(Tags, V4Json.Default.TagsBody));

/// <summary>Replaces the tags of a Cloud Firewall.</summary>
public sealed record TagFirewall(long Id, TagsBody Tags) : V4Operation<FirewallReply>(
    HttpMethod.Put, $"networking/firewalls/{Id}", V4Json.Default.FirewallReply, JsonBody.Of(Tags, V4Json.Default.TagsBody));

/// <summary>All tags something is to have.</summary>
public sealed record TagsBody(IReadOnlyList<string> Tags);
