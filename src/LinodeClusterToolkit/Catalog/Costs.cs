namespace LinodeClusterToolkit.Catalog;

/// <summary>What nodes, volumes and balancers cost before tax and traffic.</summary>
/// <remarks>
/// Types carry their own prices. Those of volumes and NodeBalancers are not part of the API's lists read here: they are the general ones of
/// Linode's public price list. Some regions add a surcharge to them, so an estimate can be low there.
/// </remarks>
internal static class Costs
{
    private static readonly Price VolumePerGb = new(0.00015m, 0.10m);

    /// <summary>One NodeBalancer: $10 a month.</summary>
    public static Price NodeBalancer { get; } = new(0.015m, 10m);

    /// <summary>One node, at the region's own price where there is one.</summary>
    public static Price Node(NodeType type, string regionId) => type.PriceIn(regionId);

    /// <summary>One volume of so many GB: $0.10 a GB and month.</summary>
    public static Price Volume(int sizeGb) => VolumePerGb * sizeGb;
}
