namespace LinodeClusterToolkit.Leases;

/// <summary>The right to work on a cluster, held by one run at a time for as long as it is renewed.</summary>
/// <param name="Cluster">Name of the cluster.</param>
/// <param name="Fence">Goes up with every holder; what an earlier holder still wants to write is refused by it.</param>
/// <param name="Holder">Who holds it; null where it was given back.</param>
/// <param name="Purpose">What for, e.g. <c>create</c>.</param>
/// <param name="Since">When it was taken, UTC.</param>
/// <param name="Renewed">When its holder was last heard of, UTC.</param>
public sealed record Lease(string Cluster, long Fence, LeaseHolder? Holder, string Purpose, DateTimeOffset Since, DateTimeOffset Renewed)
{
    /// <summary>Whether somebody has asked its holder to stop.</summary>
    public bool StopAsked { get; init; }

    /// <summary>A holder that is not heard of for that long has lost it: six missed renewals.</summary>
    internal static TimeSpan Life { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How often it is renewed.</summary>
    internal static TimeSpan Beat { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether its holder is at work, as far as can be told from here.</summary>
    internal bool IsHeldAt(DateTimeOffset now, LeaseHolder from) => Holder is not null && now - Renewed < Life && !Holder.IsKnownDeadBy(from);
}
