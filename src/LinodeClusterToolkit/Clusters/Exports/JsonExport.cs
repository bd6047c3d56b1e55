using System.Globalization;
using System.Text.Json.Nodes;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters.Exports;

/// <summary>All that the records hold of a cluster, as one document; nodes are as those who list them have them.</summary>
internal sealed class JsonExport : IExporter
{
    public ExportFormat Format => new("json", "all records as one document");

    public string Write(ExportSubject subject)
    {
        var nodes = subject.Nodes.Where(node => node.Node.State != NodeState.Gone).ToList();
        return ExportText.Of(new JsonObject
        {
            ["cluster"] = ClusterOf(subject.View),
            ["clusters"] = subject.View.Members.Count > 0 ? Array(subject.View.Members, ClusterOf) : null,
            ["regions"] = Array(nodes.GroupBy(node => node.Node.Region), RegionOf),
            ["nodes"] = Array(nodes, NodeOf),
            ["resources"] = new JsonArray([.. subject.Clusters.SelectMany(view => view.Resources.Select(made => ResourceOf(view, made)))]),
        });
    }

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => [.. items.Select(write)];

    private static JsonArray Texts(IEnumerable<string> texts) => Array(texts, text => JsonValue.Create(text));

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();

    private static JsonObject ClusterOf(ClusterView view) => new()
    {
        ["id"] = $"{view.Cluster.Id:D}",
        ["name"] = view.Cluster.Name,
        ["state"] = Word(view.Cluster.State),
        ["owner_tag"] = view.Cluster.OwnerTag,
        ["plan"] = view.Cluster.PlanName,
        ["created"] = Time(view.Cluster.Created),
        ["last_run"] = view.Cluster.LastRun,
        ["protected"] = view.Cluster.IsProtected,
        ["firewall_id"] = view.Cluster.FirewallId,
        ["stage"] = Word(view.Stage),
        ["cost_hourly"] = Money(view.Cost?.Hourly),
        ["cost_monthly"] = Money(view.Cost?.Monthly),
    };

    // Money is text, since not every reader's numbers hold it.
    private static string? Money(decimal? amount) => amount?.ToString("0.00##", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static JsonObject RegionOf(IGrouping<string, ExportNode> region) => new()
    {
        ["id"] = region.Key,
        ["node_count"] = region.Count(),
        ["groups"] = Array(region.GroupBy(node => (node.Book.Cluster.Name, node.Node.Group)), group => new JsonObject
        {
            ["cluster"] = group.Key.Name,
            ["name"] = group.Key.Group,
            ["node_count"] = group.Count(),
            ["ready_count"] = group.Count(node => node.Node.State == NodeState.Ready),
            ["nodes"] = Texts(group.Select(node => node.Label)),
        }),
    };

    private static JsonObject NodeOf(ExportNode exported)
    {
        var node = exported.Node;
        return new()
        {
            ["id"] = node.LinodeId,
            ["label"] = node.Label,
            ["cluster"] = exported.Book.Cluster.Name,
            ["region"] = node.Region,
            ["group"] = node.Group,
            ["ordinal"] = node.Ordinal,
            ["tags"] = Texts(node.Tags),
            ["type"] = node.Type,
            ["image"] = node.Image,
            ["hostname"] = node.HostName,
            ["public_ipv4"] = node.PublicIpv4,
            ["private_ipv4"] = node.PrivateIpv4,
            ["ipv6"] = node.Ipv6,
            ["power"] = node.Power,
            ["state"] = Word(node.State),
            ["public_fqdn"] = node.PublicFqdn,
            ["private_fqdn"] = node.PrivateFqdn,
            ["failure"] = node.Failure,
            ["updated"] = Time(node.Updated),
            ["created"] = Time(node.Created),
            ["boot"] = Word(node.Boot),
            ["configuration"] = Word(node.Configuration),
            ["stage"] = Word(node.Stage),
            ["login"] = node.Login,
            ["host_keys"] = Texts(node.HostKeys),
            ["host_key_origin"] = Word(node.HostKeyOrigin),
        };
    }

    private static JsonObject ResourceOf(ClusterView view, ResourceRecord made) => new()
    {
        ["id"] = made.CloudId,
        ["kind"] = Word(made.Kind),
        ["key"] = made.Key,
        ["label"] = made.Label,
        ["cluster"] = view.Cluster.Name,
        ["region"] = made.Region,
        ["node"] = made.NodeKey is { } key ? view.Nodes.FirstOrDefault(node => node.Key == key)?.Label ?? key : null,
        ["size"] = made.Size,
        ["address"] = made.Address,
    };
}
