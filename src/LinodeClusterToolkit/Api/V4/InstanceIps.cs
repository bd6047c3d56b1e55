namespace LinodeClusterToolkit.Api.V4;

/// <summary>Addresses of a Linode; not paged.</summary>
public sealed record GetInstanceIps(long LinodeId)
    : V4Operation<InstanceIpsReply>(HttpMethod.Get, $"linode/instances/{LinodeId}/ips", V4Json.Default.InstanceIpsReply);

/// <summary>Adds an IPv4 address; one private one is free, more public ones need support.</summary>
public sealed record AddInstanceIp(long LinodeId, bool IsPublic) : V4Operation<IpReply>(
    HttpMethod.Post, $"linode/instances/{LinodeId}/ips", V4Json.Default.IpReply, JsonBody.Of(new IpBody("ipv4", IsPublic), V4Json.Default.IpBody));

/// <summary>What address to add.</summary>
public sealed record IpBody(string Type, bool Public);

/// <summary>Addresses of a Linode by kind.</summary>
public sealed record InstanceIpsReply(Ipv4Reply? Ipv4 = null, Ipv6Reply? Ipv6 = null);

/// <summary>IPv4 addresses by kind.</summary>
public sealed record Ipv4Reply(IReadOnlyList<IpReply>? Public = null, IReadOnlyList<IpReply>? Private = null);

/// <summary>IPv6 addresses by kind.</summary>
public sealed record Ipv6Reply(IpReply? Slaac = null, IpReply? LinkLocal = null);

/// <summary>An address as the wire has it.</summary>
public sealed record IpReply(
    string Address, string? Gateway = null, string? SubnetMask = null, int? Prefix = null, string? Type = null, bool Public = false,
    string? Rdns = null, long? LinodeId = null, string? Region = null);
