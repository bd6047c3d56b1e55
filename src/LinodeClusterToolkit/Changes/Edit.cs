using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Changes;

/// <summary>A change of something that stays, with the node it is on.</summary>
/// <param name="Change">The change.</param>
/// <param name="Record">The node as it was when this was decided; null where it is on none.</param>
/// <param name="Node">The node as its plan has it; null where it is on none, or that goes.</param>
internal sealed record Edit(PlannedChange Change, NodeRecord? Record, ResolvedNode? Node)
{
    /// <summary>What of it was before and is no more: names of users, or places where something was mounted.</summary>
    public IReadOnlyList<string> Former { get; init; } = [];

    /// <summary>Whether it goes by a rule.</summary>
    public bool Is(ChangeRule rule) => Change.Rule == rule.Id;
}
