using LinodeClusterToolkit.Catalog;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>Adds to nodes what their records do not say: age, and price by the catalogue at hand.</summary>
internal sealed class NodePrices(ToolContext context)
{
    private readonly Dictionary<string, NodeType> types =
        context.Toolkit.KnownCatalog.Offer.Types.ToDictionary(type => type.Id, StringComparer.Ordinal);
    private readonly DateTimeOffset now = context.Host.Time.GetUtcNow();

    public NodeDocument Tell(NodeDocument node)
    {
        var price = types.GetValueOrDefault(node.Type)?.PriceIn(node.Region);
        return node with
        {
            AgeSeconds = (long)Math.Max(0, (now - node.Created).TotalSeconds), Price = price?.Hourly, PriceMonthly = price?.PerMonth,
        };
    }
}
