namespace LinodeClusterToolkit.Api.V3;

/// <summary>Back ends behind a port, or one of them.</summary>
public sealed record ListBalancerNodes(long ConfigId, long? NodeId = null) : V3Operation<IReadOnlyList<BalancerNodeReply>>(
    "nodebalancer.node.list", V3Effect.Looks, V3Json.Default.IReadOnlyListBalancerNodeReply,
    new() { { "ConfigID", ConfigId }, { "NodeID", NodeId } });

/// <summary>Adds a back end to a port; label and address must be given.</summary>
public sealed record CreateBalancerNode(long ConfigId, BalancerNodeBody Node) : V3Operation<BalancerNodeIdReply>(
    "nodebalancer.node.create", V3Effect.Makes, V3Json.Default.BalancerNodeIdReply, Node.ToParameters(ConfigId, null));

/// <summary>Changes a back end; what is null stays.</summary>
public sealed record UpdateBalancerNode(long NodeId, BalancerNodeBody Node) : V3Operation<BalancerNodeIdReply>(
    "nodebalancer.node.update", V3Effect.Sets, V3Json.Default.BalancerNodeIdReply, Node.ToParameters(null, NodeId));

/// <summary>Takes a back end from its port.</summary>
public sealed record DeleteBalancerNode(long NodeId) : V3Operation<BalancerNodeIdReply>(
    "nodebalancer.node.delete", V3Effect.Sets, V3Json.Default.BalancerNodeIdReply, new() { { "NodeID", NodeId } });

/// <summary>What a back end is: <c>ip:port</c>, weight 1 to 255, mode accept, reject or drain.</summary>
public sealed record BalancerNodeBody(string? Label = null, string? Address = null, int? Weight = null, string? Mode = null)
{
    internal V3Parameters ToParameters(long? configId, long? nodeId) => new()
    {
        { "ConfigID", configId }, { "NodeID", nodeId }, { "Label", Label }, { "Address", Address }, { "Weight", Weight }, { "Mode", Mode },
    };
}

/// <summary>A back end as the wire has it.</summary>
public sealed record BalancerNodeReply(
    long NodeId, long? ConfigId = null, long? NodeBalancerId = null, string Label = "", string Address = "", int? Weight = null,
    string Mode = "", string Status = "");

/// <summary>Which back end was made or changed.</summary>
public sealed record BalancerNodeIdReply(long NodeId);
