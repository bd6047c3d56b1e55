namespace LinodeClusterToolkit.Api.V4;

/// <summary>What a Cloud Firewall guards.</summary>
public sealed record ListFirewallDevices(long FirewallId)
    : V4List<FirewallDeviceReply>($"networking/firewalls/{FirewallId}/devices", V4Json.Default.V4PageFirewallDeviceReply);

/// <summary>Puts a Linode or a NodeBalancer behind a Cloud Firewall.</summary>
public sealed record AddFirewallDevice(long FirewallId, FirewallDeviceBody Device) : V4Operation<FirewallDeviceReply>(
    HttpMethod.Post, $"networking/firewalls/{FirewallId}/devices", V4Json.Default.FirewallDeviceReply,
    JsonBody.Of(Device, V4Json.Default.FirewallDeviceBody));

/// <summary>Takes something from behind a Cloud Firewall; the device's id is not the Linode's.</summary>
public sealed record RemoveFirewallDevice(long FirewallId, long DeviceId)
    : V4Operation<NoReply>(HttpMethod.Delete, $"networking/firewalls/{FirewallId}/devices/{DeviceId}", null);

/// <summary>What to guard: type <c>linode</c> or <c>nodebalancer</c>.</summary>
public sealed record FirewallDeviceBody(long Id, string Type);

/// <summary>What is guarded, as the wire has it.</summary>
public sealed record FirewallDeviceReply(long Id, EntityReply? Entity = null);
