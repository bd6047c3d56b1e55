using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>A cluster to create from a plan.</summary>
/// <param name="Cluster">Name of the cluster.</param>
/// <param name="Plan">The plan.</param>
public sealed record CreateRequest(string Cluster, PlanSource Plan)
{
    /// <summary>Values for the plan's variables.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();

    /// <summary>What happens to the rest when a step fails: keep (the rest goes on), stop (start nothing new) or roll back.</summary>
    public OnFailure OnFailure { get; init; } = OnFailure.Keep;
}

/// <summary>What a run does when a step fails for good.</summary>
public enum OnFailure
{
    /// <summary>Everything that does not hang on it goes on.</summary>
    Keep,

    /// <summary>Nothing new is started.</summary>
    Stop,

    /// <summary>Nothing new is started, and what the run has made is deleted again.</summary>
    RollBack,
}

/// <summary>Single nodes to create, without a plan; region, type and image are matched liberally.</summary>
public sealed record NodeRequest(string Region, string Type, string Image)
{
    /// <summary>Label; made from region and a counter where null.</summary>
    public string? Label { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>How many.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Cluster they join, or null for the loose cluster <c>nodes</c>.</summary>
    public string? Cluster { get; init; }
}
