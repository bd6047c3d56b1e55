using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Model;

/// <summary>An action as one place of the plan says it.</summary>
/// <param name="Place">Where its name stands.</param>
/// <param name="Action">What it is.</param>
internal sealed record PlannedAction(PlanPlace Place, ResolvedAction Action);
