namespace LinodeClusterToolkit.Api.V3;

/// <summary>NodeBalancers of the account, or one of them.</summary>
public sealed record ListBalancers(long? BalancerId = null) : V3Operation<IReadOnlyList<BalancerReply>>(
    "nodebalancer.list", V3Effect.Looks, V3Json.Default.IReadOnlyListBalancerReply, new() { { "NodeBalancerID", BalancerId } });

/// <summary>Creates a NodeBalancer without ports; without a label the API chooses one.</summary>
public sealed record CreateBalancer(long DatacenterId, string? Label = null, int? ClientConnThrottle = null) : V3Operation<BalancerIdReply>(
    "nodebalancer.create", V3Effect.Makes, V3Json.Default.BalancerIdReply, new()
    {
        { "DatacenterID", DatacenterId }, { "Label", Label }, { "ClientConnThrottle", ClientConnThrottle },
    });

/// <summary>Changes label or throttle, connections a second from 0 to 20; what is null stays.</summary>
public sealed record UpdateBalancer(long BalancerId, string? Label = null, int? ClientConnThrottle = null) : V3Operation<BalancerIdReply>(
    "nodebalancer.update", V3Effect.Sets, V3Json.Default.BalancerIdReply, new()
    {
        { "NodeBalancerID", BalancerId }, { "Label", Label }, { "ClientConnThrottle", ClientConnThrottle },
    });

/// <summary>Deletes a NodeBalancer.</summary>
public sealed record DeleteBalancer(long BalancerId) : V3Operation<BalancerIdReply>(
    "nodebalancer.delete", V3Effect.Sets, V3Json.Default.BalancerIdReply, new() { { "NodeBalancerID", BalancerId } });

/// <summary>A NodeBalancer as the wire has it.</summary>
public sealed record BalancerReply(
    long NodeBalancerId, string Label = "", long? DatacenterId = null, string HostName = "", string Address4 = "", string Address6 = "",
    int? ClientConnThrottle = null);

/// <summary>Which NodeBalancer was made or changed.</summary>
public sealed record BalancerIdReply(long NodeBalancerId);
