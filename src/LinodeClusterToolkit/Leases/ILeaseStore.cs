namespace LinodeClusterToolkit.Leases;

/// <summary>Where it is kept who works on which cluster; one instance serves one application and customer.</summary>
internal interface ILeaseStore
{
    /// <summary>The lease of a cluster, held or given back; null where nobody ever had it.</summary>
    Task<Lease?> FindAsync(string cluster, CancellationToken cancellation);

    /// <summary>Puts a lease in the place of the one seen; false where that has changed meanwhile.</summary>
    /// <param name="lease">The lease; its fence is one above that of the one seen.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<bool> TrySetAsync(Lease lease, CancellationToken cancellation);

    /// <summary>Says that its holder is at work; the answer is the lease as it stands, null where another holds it now.</summary>
    Task<Lease?> RenewAsync(Lease lease, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Gives it back; does nothing where another holds it now.</summary>
    Task ReleaseAsync(Lease lease, CancellationToken cancellation);

    /// <summary>Asks whoever holds it to stop; false where nobody does.</summary>
    Task<bool> AskToStopAsync(Lease lease, CancellationToken cancellation);
}
