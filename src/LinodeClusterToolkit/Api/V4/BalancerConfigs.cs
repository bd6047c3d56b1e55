using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>Ports of a NodeBalancer.</summary>
public sealed record ListBalancerConfigs(long BalancerId)
    : V4List<BalancerConfigReply>($"nodebalancers/{BalancerId}/configs", V4Json.Default.V4PageBalancerConfigReply);

/// <summary>Opens a port of a NodeBalancer.</summary>
public sealed record CreateBalancerConfig(long BalancerId, BalancerConfigBody Config) : V4Operation<BalancerConfigReply>(
    HttpMethod.Post, $"nodebalancers/{BalancerId}/configs", V4Json.Default.BalancerConfigReply,
    JsonBody.Of(Config, V4Json.Default.BalancerConfigBody));

/// <summary>Closes a port of a NodeBalancer.</summary>
public sealed record DeleteBalancerConfig(long BalancerId, long ConfigId)
    : V4Operation<NoReply>(HttpMethod.Delete, $"nodebalancers/{BalancerId}/configs/{ConfigId}", null);

/// <summary>Back ends behind a port.</summary>
public sealed record ListBalancerNodes(long BalancerId, long ConfigId)
    : V4List<BalancerNodeReply>($"nodebalancers/{BalancerId}/configs/{ConfigId}/nodes", V4Json.Default.V4PageBalancerNodeReply);

/// <summary>Adds a back end to a port.</summary>
public sealed record CreateBalancerNode(long BalancerId, long ConfigId, BalancerNodeBody Node) : V4Operation<BalancerNodeReply>(
    HttpMethod.Post, $"nodebalancers/{BalancerId}/configs/{ConfigId}/nodes", V4Json.Default.BalancerNodeReply,
    JsonBody.Of(Node, V4Json.Default.BalancerNodeBody));

/// <summary>Takes a back end from a port.</summary>
public sealed record DeleteBalancerNode(long BalancerId, long ConfigId, long NodeId)
    : V4Operation<NoReply>(HttpMethod.Delete, $"nodebalancers/{BalancerId}/configs/{ConfigId}/nodes/{NodeId}", null);

/// <summary>What to open a port with; interval and timeout of the check in seconds.</summary>
public sealed record BalancerConfigBody(
    int Port, string? Protocol = null, string? Algorithm = null, string? Stickiness = null, string? Check = null,
    string? CheckPath = null, string? CheckBody = null, int? CheckInterval = null, int? CheckTimeout = null, int? CheckAttempts = null,
    string? SslCert = null, Sensitive? SslKey = null, IReadOnlyList<BalancerNodeBody>? Nodes = null);

/// <summary>What to make a back end from: <c>ip:port</c>, weight 1 to 255, mode accept, reject, backup or drain.</summary>
public sealed record BalancerNodeBody(string Label, string Address, int? Weight = null, string? Mode = null);

/// <summary>A port as the wire has it.</summary>
public sealed record BalancerConfigReply(
    long Id, int Port, string? Protocol = null, string? Algorithm = null, string? Stickiness = null, string? Check = null,
    string? CheckPath = null, int? CheckInterval = null, int? CheckTimeout = null, int? CheckAttempts = null)
{
    /// <summary>Text that a check of kind http_body looks for.</summary>
    public string? CheckBody { get; init; }
}

/// <summary>A back end as the wire has it.</summary>
public sealed record BalancerNodeReply(
    long Id, string Label, string Address, string? Status = null, int? Weight = null, string? Mode = null);
