namespace LinodeClusterToolkit.Inventory;

/// <summary>What of a node or cluster changed.</summary>
public enum StateAspect
{
    /// <summary>Where it is in its life.</summary>
    State,

    /// <summary>Power, as the cloud tells it.</summary>
    Power,

    /// <summary>Whether it came up.</summary>
    Boot,

    /// <summary>What is known of its inside.</summary>
    Configuration,

    /// <summary>The last barrier it passed with its cluster.</summary>
    Stage,
}

/// <summary>One change of state, kept for good.</summary>
/// <param name="Number">Goes up with every change in one inventory, also across clusters.</param>
/// <param name="ClusterId">The cluster.</param>
/// <param name="NodeKey">Key of the node; null where it is the cluster itself that changed.</param>
/// <param name="Label">Label of the node, or name of the cluster.</param>
/// <param name="Aspect">What of it changed.</param>
/// <param name="From">What it was; null with its first record.</param>
/// <param name="To">What it is since.</param>
/// <param name="At">When, UTC.</param>
public sealed record StateChange(
    long Number, Guid ClusterId, string? NodeKey, string Label, StateAspect Aspect, string? From, string To, DateTimeOffset At);

/// <summary>Which changes to list; null fits everything.</summary>
/// <param name="ClusterId">Those of one cluster and its nodes.</param>
/// <param name="NodeKey">Those of one node of it.</param>
/// <param name="After">Those with a higher number.</param>
public sealed record ChangeQuery(Guid? ClusterId = null, string? NodeKey = null, long After = 0);
