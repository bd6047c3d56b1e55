using System.Collections.Frozen;

namespace LinodeClusterToolkit.Inventory.Queries;

/// <summary>All that queries can ask of a node.</summary>
internal static class NodeFields
{
    public static readonly NodeField Cluster = Text("cluster", "c.name", (_, cluster) => cluster, always: true);

    public static readonly NodeField Tag = new("tag", FieldKind.Text, [], (node, _) => node.Tags) { Aliases = ["tags"] };

    public static readonly NodeField Region = Offered("region", "n.region", node => node.Region);

    public static readonly NodeField Group = Text("group", "n.node_group", (node, _) => node.Group, always: true);

    public static readonly NodeField Type = Offered("type", "n.type", node => node.Type);

    public static readonly NodeField Image = Offered("image", "n.image", node => node.Image);

    public static readonly NodeField State = Word<NodeState>("state", "n.state", node => node.State);

    /// <summary>Every one, in the order in which help lists them.</summary>
    public static readonly IReadOnlyList<NodeField> All =
    [
        Cluster, Tag, Region, Group, State, Type, Image,
        new("name", FieldKind.Text, ["n.label", "n.host_name", "n.public_fqdn", "n.private_fqdn"],
            (node, _) => [node.Label, node.HostName, node.PublicFqdn, node.PrivateFqdn]) { Aliases = ["node"] },
        Text("label", "n.label", (node, _) => node.Label, always: true),
        Text("hostname", "n.host_name", (node, _) => node.HostName) with { Aliases = ["host_name", "host"] },
        Text("public_fqdn", "n.public_fqdn", (node, _) => node.PublicFqdn),
        Text("private_fqdn", "n.private_fqdn", (node, _) => node.PrivateFqdn),
        Text("key", "n.key", (node, _) => node.Key, always: true),
        new("ordinal", FieldKind.Whole, ["n.ordinal"], (node, _) => [(long)node.Ordinal]) { IsAlways = true },
        new("id", FieldKind.Whole, ["n.linode_id"], (node, _) => [node.LinodeId]) { Aliases = ["linode_id"] },
        new("ip", FieldKind.Address, ["n.public_ipv4", "n.private_ipv4", "n.ipv6"], (node, _) => [node.PublicIpv4, node.PrivateIpv4, node.Ipv6])
        {
            Aliases = ["address", "addresses"],
        },
        Address("public_ipv4", "n.public_ipv4", node => node.PublicIpv4),
        Address("private_ipv4", "n.private_ipv4", node => node.PrivateIpv4),
        Address("ipv6", "n.ipv6", node => node.Ipv6),
        Text("power", "n.power", (node, _) => node.Power, always: true),
        Word<BootState>("boot", "n.boot", node => node.Boot),
        Word<ConfigurationState>("configuration", "n.configuration", node => node.Configuration),
        Word<NodeStage>("stage", "n.stage", node => node.Stage) with { IsOrdered = true },
        Text("failure", "n.failure", (node, _) => node.Failure),
        Text("login", "n.login", (node, _) => node.Login),
        Word<HostKeyOrigin>("host_key_origin", "n.host_key_origin", node => node.HostKeyOrigin) with { Aliases = ["hostkey", "host_key"] },
        new("unwatched", FieldKind.Word, ["n.unwatched"], (node, _) => [node.Unwatched ? 1L : 0L])
        {
            Words = [new("yes", 1L), new("no", 0L), new("true", 1L), new("false", 0L)], IsAlways = true,
        },
        new("age", FieldKind.Age, ["n.created"], (node, _) => [node.Created]) { IsAlways = true },
        Moment("created", "n.created", node => node.Created),
        Moment("updated", "n.updated", node => node.Updated),
        new("price", FieldKind.Money, [], (_, _) => throw Unresolved()) { Aliases = ["hourly"] },
        new("monthly", FieldKind.Money, [], (_, _) => throw Unresolved()) { Aliases = ["price_monthly"] },
    ];

    private static readonly FrozenDictionary<string, NodeField> ByName = All
        .SelectMany(field => field.Aliases.Append(field.Name).Select(name => (name, field)))
        .ToFrozenDictionary(pair => pair.name, pair => pair.field, StringComparer.OrdinalIgnoreCase);

    /// <summary>The field of that name, whatever its case, and with hyphens for underscores if they come easier; null where there is none.</summary>
    public static NodeField? Find(string name) => ByName.GetValueOrDefault(name.Replace('-', '_'));

    // Whoever hands a query to a store has brought prices and ages to what records hold: the library's own slip else.
    public static InvalidOperationException Unresolved() => new("prices and ages of a query must be resolved before a record is held against it");

    private static NodeField Text(string name, string column, Func<NodeRecord, string, string?> of, bool always = false) =>
        new(name, FieldKind.Text, [column], (node, cluster) => [of(node, cluster)]) { IsAlways = always };

    private static NodeField Offered(string name, string column, Func<NodeRecord, string> of) =>
        new(name, FieldKind.Offered, [column], (node, _) => [of(node)]);

    private static NodeField Address(string name, string column, Func<NodeRecord, string?> of) =>
        new(name, FieldKind.Address, [column], (node, _) => [of(node)]);

    private static NodeField Moment(string name, string column, Func<NodeRecord, DateTimeOffset> of) =>
        new(name, FieldKind.Moment, [column], (node, _) => [of(node)]) { IsAlways = true };

    private static NodeField Word<T>(string name, string column, Func<NodeRecord, T> of)
        where T : struct, Enum => new(name, FieldKind.Word, [column], (node, _) => [of(node).ToString()])
        {
            Words = [.. Enum.GetNames<T>().Select(word => KeyValuePair.Create(word.ToLowerInvariant(), (object)word))], IsAlways = true,
        };
}
