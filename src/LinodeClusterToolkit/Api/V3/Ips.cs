using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>IPv4 addresses of the account, of a Linode, or one of them.</summary>
public sealed record ListIps(long? LinodeId = null, long? IpAddressId = null) : V3Operation<IReadOnlyList<IpReply>>(
    "linode.ip.list", V3Effect.Looks, V3Json.Default.IReadOnlyListIpReply, new() { { "LinodeID", LinodeId }, { "IPAddressID", IpAddressId } });

/// <summary>Adds a private address; a Linode has at most one.</summary>
public sealed record AddPrivateIp(long LinodeId) : V3Operation<NewIpReply>(
    "linode.ip.addprivate", V3Effect.Makes, V3Json.Default.NewIpReply, new() { { "LinodeID", LinodeId } });

/// <summary>Adds a public address; the API may want a reason first.</summary>
public sealed record AddPublicIp(long LinodeId) : V3Operation<NewIpReply>(
    "linode.ip.addpublic", V3Effect.Makes, V3Json.Default.NewIpReply, new() { { "LinodeID", LinodeId } });

/// <summary>Sets the name an address is looked up as.</summary>
public sealed record SetRdns(long IpAddressId, string HostName) : V3Operation<RdnsReply>(
    "linode.ip.setrdns", V3Effect.Sets, V3Json.Default.RdnsReply, new() { { "IPAddressID", IpAddressId }, { "Hostname", HostName } });

/// <summary>Swaps two addresses of one datacenter, or moves one to another Linode; swapped twice they are where they were.</summary>
public sealed record SwapIp(long IpAddressId, long? WithIpAddressId = null, long? ToLinodeId = null) : V3Operation<IReadOnlyList<IpReply>>(
    "linode.ip.swap", V3Effect.Makes, V3Json.Default.IReadOnlyListIpReply, new()
    {
        { "IPAddressID", IpAddressId }, { "withIPAddressID", WithIpAddressId }, { "toLinodeID", ToLinodeId },
    });

/// <summary>An address as the wire has it.</summary>
public sealed record IpReply(
    long IpAddressId, long? LinodeId = null, string IpAddress = "", bool? IsPublic = null,
    [property: JsonPropertyName("RDNS_NAME")] string RdnsName = "");

/// <summary>An address that was added.</summary>
public sealed record NewIpReply(long IpAddressId, string IpAddress = "");

/// <summary>An address and the name it is looked up as.</summary>
public sealed record RdnsReply(long IpAddressId, string IpAddress = "", string HostName = "");
