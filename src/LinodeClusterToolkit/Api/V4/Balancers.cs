namespace LinodeClusterToolkit.Api.V4;

/// <summary>NodeBalancers of the account.</summary>
public sealed record ListBalancers() : V4List<BalancerReply>($"nodebalancers", V4Json.Default.V4PageBalancerReply);

/// <summary>One NodeBalancer.</summary>
public sealed record GetBalancer(long Id) : V4Operation<BalancerReply>(HttpMethod.Get, $"nodebalancers/{Id}", V4Json.Default.BalancerReply);

/// <summary>Creates a NodeBalancer with its ports and back ends; ready in the answer.</summary>
public sealed record CreateBalancer(BalancerBody Balancer) : V4Operation<BalancerReply>(
    HttpMethod.Post, $"nodebalancers", V4Json.Default.BalancerReply, JsonBody.Of(Balancer, V4Json.Default.BalancerBody));

/// <summary>Deletes a NodeBalancer with its ports and back ends.</summary>
public sealed record DeleteBalancer(long Id) : V4Operation<NoReply>(HttpMethod.Delete, $"nodebalancers/{Id}", null);

/// <summary>What to create a NodeBalancer from.</summary>
public sealed record BalancerBody(
    string Region, string Label, IReadOnlyList<BalancerConfigBody>? Configs = null, long? FirewallId = null, IReadOnlyList<string>? Tags = null);

/// <summary>A NodeBalancer as the wire has it.</summary>
public sealed record BalancerReply(
    long Id, string? Label = null, string? Region = null, string? Hostname = null, string? Ipv4 = null, string? Ipv6 = null,
    IReadOnlyList<string>? Tags = null, DateTimeOffset? Created = null);
