namespace LinodeClusterToolkit.Api.V4;

/// <summary>Changes a port of a NodeBalancer; what is null stays, and its back ends always do.</summary>
public sealed record UpdateBalancerConfig(long BalancerId, long ConfigId, BalancerConfigBody Config) : V4Operation<BalancerConfigReply>(
    HttpMethod.Put, $"nodebalancers/{BalancerId}/configs/{ConfigId}", V4Json.Default.BalancerConfigReply,
    JsonBody.Of(Config, V4Json.Default.BalancerConfigBody));
