using System.Net;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>From the wire to what the rest of the toolkit knows; wire records end here.</summary>
internal static class Replies
{
    // Public and private addresses come mixed, in no promised order.
    private static readonly IPNetwork Private = IPNetwork.Parse("192.168.128.0/17");

    public static CloudNode ToNode(this InstanceReply reply) => new(
        reply.Id, reply.Label, reply.Region ?? "", reply.Type ?? "", reply.Image, reply.Status,
        reply.Ipv4?.FirstOrDefault(address => !IsPrivate(address)), reply.Ipv4?.FirstOrDefault(IsPrivate),
        reply.Ipv6?.Split('/')[0], reply.Tags ?? [])
    {
        Ipv4 = reply.Ipv4 ?? [], IsWatched = reply.WatchdogEnabled,
    };

    public static CloudDisk ToDisk(this DiskReply reply) => new(reply.Id, reply.Label, reply.Status, reply.Filesystem, reply.Size);

    public static CloudConfig ToConfig(this ConfigReply reply) => new(reply.Id, reply.Label);

    public static CloudVolume ToVolume(this VolumeReply reply) => new(
        reply.Id, reply.Label, reply.Status, reply.Size, reply.Region ?? "", reply.LinodeId,
        reply.FilesystemPath ?? $"/dev/disk/by-id/scsi-0Linode_Volume_{reply.Label}", reply.Tags ?? []);

    public static CloudBackup ToBackup(this BackupReply reply) =>
        new(reply.Id, reply.Label, reply.Type ?? "auto", reply.Status, reply.Created, reply.Finished)
        {
            IsAvailable = reply.Available, Disks = [.. (reply.Disks ?? []).Select(disk => (disk.Label, disk.Size))],
        };

    public static CloudBalancer ToBalancer(this BalancerReply reply) =>
        new(reply.Id, reply.Label ?? "", reply.Region ?? "", reply.Ipv4, reply.Hostname, reply.Tags ?? []);

    public static CloudBalancerPort ToPort(this BalancerConfigReply reply, IReadOnlyList<CloudBackend> backends) =>
        new(reply.Id, reply.Port, reply.Protocol ?? "", backends)
        {
            Algorithm = reply.Algorithm, Stickiness = reply.Stickiness, Check = reply.Check, CheckPath = reply.CheckPath, CheckBody = reply.CheckBody,
            CheckInterval = reply.CheckInterval, CheckTimeout = reply.CheckTimeout, CheckAttempts = reply.CheckAttempts,
        };

    public static CloudBackend ToBackend(this BalancerNodeReply reply) =>
        new(reply.Id, reply.Label, reply.Address, reply.Status ?? "Unknown") { Mode = reply.Mode, Weight = reply.Weight };

    public static CloudFirewall ToFirewall(this FirewallReply reply) =>
        new(reply.Id, reply.Label, reply.Status, reply.Tags ?? []) { Rules = reply.Rules?.ToRules() };

    public static FirewallRules ToRules(this RulesBody rules) =>
        new([.. (rules.Inbound ?? []).Select(ToRule)], rules.InboundPolicy, [.. (rules.Outbound ?? []).Select(ToRule)], rules.OutboundPolicy);

    public static CloudStackScript ToStackScript(this StackScriptReply reply) => new(reply.Id, reply.Label, reply.Description ?? "")
    {
        User = reply.Username ?? "", Images = reply.Images ?? [], Script = reply.Script ?? "",
    };

    public static CloudEvent ToEvent(this EventReply reply) => new(
        reply.Id, reply.Action, reply.Status, reply.Entity?.Type, reply.Entity?.Id, reply.SecondaryEntity?.Id,
        reply.Created ?? DateTimeOffset.UnixEpoch, reply.Duration, reply.Message);

    private static FirewallRule ToRule(this RuleBody rule) =>
        new(rule.Label ?? "", rule.Action, rule.Protocol, rule.Ports, rule.Addresses?.Ipv4 ?? [], rule.Addresses?.Ipv6 ?? []);

    private static bool IsPrivate(string address) => IPAddress.TryParse(address, out var ip) && Private.Contains(ip);
}
