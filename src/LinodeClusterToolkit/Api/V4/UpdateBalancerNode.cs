namespace LinodeClusterToolkit.Api.V4;

/// <summary>Changes a back end of a port; what is null stays.</summary>
public sealed record UpdateBalancerNode(long BalancerId, long ConfigId, long NodeId, BalancerNodeChange Change) : V4Operation<BalancerNodeReply>(
    HttpMethod.Put, $"nodebalancers/{BalancerId}/configs/{ConfigId}/nodes/{NodeId}", V4Json.Default.BalancerNodeReply,
    JsonBody.Of(Change, V4Json.Default.BalancerNodeChange));

/// <summary>What to change of a back end; what is null stays.</summary>
public sealed record BalancerNodeChange(string? Label = null, string? Address = null, int? Weight = null, string? Mode = null);
