using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Inventory.Queries;

namespace LinodeClusterToolkit.Tests.Inventory.Queries;

/// <summary>Short forms of records and questions.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    public static NodeRecord Node(string label, params string[] tags) => new(
        Guid.Empty, $"us-east/{label}/1", label, "us-east", "web", 1, "g6-nanode-1", "linode/debian12", label, tags, NodeState.Ready)
    {
        Power = "running", Created = Now.AddDays(-1), Updated = Now.AddHours(-1),
    };

    public static bool Fits(string query, NodeRecord node, string cluster = "shop") => NodeFilter.Parse(query).At(Now).Fits(node, cluster);
}
