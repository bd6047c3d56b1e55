using LinodeTool.Output;

namespace LinodeTool.Views;

internal static class NodeView
{
    public static Shape<NodeDocument> Shape => new(ToolJson.Default.NodeDocument, node => node.Label,
    [
        new("label", node => node.Label),
        new("id", node => node.Id?.ToString(System.Globalization.CultureInfo.InvariantCulture)) { Right = true },
        new("cluster", node => node.Cluster),
        new("region", node => node.Region),
        new("group", node => node.Group),
        new("type", node => node.Type),
        new("public_ipv4", node => node.PublicIpv4),
        new("private_ipv4", node => node.PrivateIpv4),
        new("power", node => node.Power),
        new("state", node => node.State),
        new("boot", node => node.Boot) { Wide = true },
        new("configuration", node => node.Configuration) { Wide = true },
        new("stage", node => node.Stage) { Wide = true },
        new("age", node => node.AgeSeconds is { } age ? Say.Age(TimeSpan.FromSeconds(age)) : null) { Wide = true, Right = true },
        new("price", node => node.Price is { } price ? Say.Hourly(price) : null) { Wide = true, Right = true },
        new("monthly", node => node.PriceMonthly is { } price ? Say.Money(price) : null) { Wide = true, Right = true },
        new("image", node => node.Image) { Wide = true },
        new("hostname", node => node.Hostname) { Wide = true },
        new("ipv6", node => node.Ipv6) { Wide = true },
        new("public_fqdn", node => node.PublicFqdn) { Wide = true },
        new("private_fqdn", node => node.PrivateFqdn) { Wide = true },
        new("ordinal", node => node.Ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture)) { Wide = true, Right = true },
        new("tags", node => string.Join(',', node.Tags)) { Wide = true },
        new("created", Created) { Wide = true },
    ]);

    public static IEnumerable<string> Text(NodeDocument node) => Facts.Lines(
        ("label", node.Label), ("id", node.Id?.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("cluster", node.Cluster),
        ("place", $"{node.Region} / {node.Group} / {node.Ordinal}"), ("state", node.State), ("inside", node.Configuration),
        ("power", node.Power), ("boot", node.Boot), ("failure", node.Failure),
        ("type", node.Type), ("image", node.Image), ("tags", string.Join(", ", node.Tags)), ("hostname", node.Hostname),
        ("public", Joined(node.PublicIpv4, node.PublicFqdn)), ("private", Joined(node.PrivateIpv4, node.PrivateFqdn)), ("ipv6", node.Ipv6),
        ("login", node.Login), ("host key", node.HostKeys.Count == 0 ? null : $"{string.Join(", ", node.HostKeys)} ({node.HostKeyOrigin})"),
        ("price", node is { Price: { } hourly, PriceMonthly: { } monthly } ? $"{Say.Hourly(hourly)}, {Say.Money(monthly)} a month" : null),
        ("created", Created(node)), ("updated", Say.Time(node.Updated)));

    private static string? Created(NodeDocument node) => node.Created == default ? null : Say.Time(node.Created);

    /// <summary>The same with what became of it.</summary>
    public static IEnumerable<string> WithHistory(NodeDocument node) => node.History is not { Count: > 0 } changes
        ? Text(node)
        : [.. Text(node), "", "history", .. changes.Select(change => $"  {Say.Time(change.At)}  {change.Aspect,-13}  {change.From ?? "new"} -> {change.To}")];

    private static string Joined(params IEnumerable<string?> parts) => string.Join("  ", parts.OfType<string>());
}
