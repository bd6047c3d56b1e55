using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Keeping;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit;

/// <summary>What a worker works with.</summary>
public sealed record LinodeWorkerOptions
{
    /// <summary>Options for one customer's work; asked for once a customer, when the first work of theirs comes.</summary>
    public required Func<ToolkitContext, LinodeToolkitOptions> Toolkit { get; init; }

    /// <summary>Where records are kept, and work is handed out; workers of one service share it.</summary>
    public required InventoryProvider Inventory { get; init; }

    /// <summary>The broker.</summary>
    public required QueueProvider Queue { get; init; }

    /// <summary>Its name for people, unique among those that are up; by default made of machine and process.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Most steps under way at once. Steps mostly wait, for the cloud or for a turn under a rate limit, so that it may be far above the number of processors.
    /// </summary>
    public int Concurrency { get; init; } = 256;

    /// <summary>Most runs conducted at once; conducting is light.</summary>
    public int Runs { get; init; } = 64;

    /// <summary>
    /// Whether each customer has a queue of their own; all workers are to be told the same. Without, turns are fair among what a worker has been handed.
    /// </summary>
    public bool QueuePerCustomer { get; init; }

    /// <summary>The clock; tests bring their own.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Who works; tests play several processes.</summary>
    internal LeaseHolder Self { get; init; } = LeaseHolder.Self;

    /// <summary>Gets what is worth saying of the worker itself, such as a broker that is away; null for nobody.</summary>
    public Action<WorkerNotice>? Notices { get; init; }
}
