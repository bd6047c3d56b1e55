using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit;

/// <summary>What a worker works with.</summary>
public sealed record LinodeWorkerOptions
{
    /// <summary>Options for one customer's work; asked for once a customer, when the first work of theirs comes. They all name one inventory.</summary>
    public required Func<ToolkitContext, LinodeToolkitOptions> Toolkit { get; init; }

    /// <summary>The broker.</summary>
    public required QueueProvider Queue { get; init; }

    /// <summary>Its name for people, unique among those that are up; by default made of machine and process.</summary>
    public string? Name { get; init; }

    /// <summary>Most steps under way at once. Steps mostly wait, for the cloud or for a turn under a rate limit, so that it may be far above the number of processors.</summary>
    public int Concurrency { get; init; } = 256;

    /// <summary>Most runs conducted at once; conducting is light.</summary>
    public int Runs { get; init; } = 64;

    /// <summary>Whether each customer has a queue of their own; all workers are to be told the same. Turns are fair either way, and exact with queues of their own.</summary>
    public bool QueuePerCustomer { get; init; }

    /// <summary>Gets what is worth saying of the worker itself, such as a broker that is away; null for nobody.</summary>
    public Action<WorkerNotice>? Notices { get; init; }
}
