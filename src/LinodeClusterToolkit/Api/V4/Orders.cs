using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>From what the rest of the toolkit orders to the wire. Nothing that needs an image is sent without one: the API refuses it.</summary>
internal static class Orders
{
    public static InstanceBody ToBody(this NodeOrder order) => new(
        order.Region, order.Type, order.Label, order.Image, order.Group, order.Tags,
        RootPass: order.Image is null ? null : order.RootPassword,
        AuthorizedKeys: order.Image is null ? null : SomeOrNull(order.AuthorizedKeys),
        Booted: order.Image is null ? null : order.Booted,
        PrivateIp: order.PrivateIp,
        FirewallId: order.FirewallId,
        StackscriptId: order.Script?.Id,
        StackscriptData: order.Script?.Data,
        Metadata: order.UserData is { } data ? new(data) : null);

    public static InstanceBody ToBody(this NodeRebuild order) => new(
        Image: order.Image,
        RootPass: order.RootPassword,
        AuthorizedKeys: SomeOrNull(order.AuthorizedKeys),
        Booted: order.Booted,
        StackscriptId: order.Script?.Id,
        StackscriptData: order.Script?.Data,
        Metadata: order.UserData is { } data ? new(data) : null);

    public static DiskBody ToBody(this DiskOrder order) => new(
        order.Label, order.SizeMb, order.Filesystem, order.Image,
        order.Image is null ? null : order.RootPassword,
        order.Image is null ? null : SomeOrNull(order.AuthorizedKeys),
        order.Script?.Id,
        order.Script?.Data);

    public static StackScriptBody ToBody(this StackScriptOrder order) => new(order.Label, order.Images, order.Script, order.Description);

    public static ConfigBody ToBody(this ConfigOrder order) => new(
        order.Label, order.Kernel, order.RootDevice,
        order.DiskIds.Index().ToDictionary(disk => Slot(disk.Index), DeviceSlot? (disk) => new(DiskId: disk.Item)));

    public static VolumeBody ToBody(this VolumeOrder order) => new(
        order.Label, order.SizeGb, order.NodeId is null ? order.Region : null, order.NodeId, order.ConfigId, order.Tags);

    public static BalancerBody ToBody(this BalancerOrder order) =>
        new(order.Region, order.Label, [.. order.Ports.Select(ToBody)], order.FirewallId, order.Tags);

    public static BalancerConfigBody ToBody(this BalancerPortOrder port) => new(
        port.Port, port.Protocol, port.Algorithm, port.Stickiness, port.Check, port.CheckPath, port.CheckBody,
        port.CheckInterval, port.CheckTimeout, port.CheckAttempts,
        Nodes: [.. port.Backends.Select(backend => new BalancerNodeBody(backend.Label, backend.Address))]);

    public static FirewallBody ToBody(this FirewallOrder order) => new(order.Label, order.Rules.ToBody(), order.Tags);

    public static RulesBody ToBody(this FirewallRules rules) =>
        new(rules.InboundPolicy, rules.OutboundPolicy, [.. rules.Inbound.Select(ToBody)], [.. rules.Outbound.Select(ToBody)]);

    public static V4Filter ToV4(this CloudFilter filter)
    {
        var byLabel = filter.Label is { } label ? V4Filter.None.Where("label", label) : V4Filter.None;
        return filter.Tag is { } tag ? byLabel.Where("tags", tag) : byLabel;
    }

    private static RuleBody ToBody(FirewallRule rule) =>
        new(rule.Action, rule.Protocol, new(SomeOrNull(rule.Ipv4), SomeOrNull(rule.Ipv6)), rule.Ports, rule.Label);

    private static IReadOnlyList<string>? SomeOrNull(IReadOnlyList<string> texts) => texts.Count == 0 ? null : texts;

    // sda … sdz, then sdaa … : large nodes have up to 64 slots.
    private static string Slot(int index) => index < 26 ? $"sd{Letter(index)}" : $"sd{Letter((index / 26) - 1)}{Letter(index % 26)}";

    private static char Letter(int index) => (char)('a' + index);
}
