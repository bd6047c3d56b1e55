using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Changes;

/// <summary>An admin key pair that a new one takes the place of.</summary>
/// <param name="Name">What it is called in steps: its node, its group with the region, or its cluster.</param>
/// <param name="Nodes">All nodes it opens, by region, group and ordinal.</param>
internal sealed record RotatedKey(string Name, IReadOnlyList<NodeRecord> Nodes);
