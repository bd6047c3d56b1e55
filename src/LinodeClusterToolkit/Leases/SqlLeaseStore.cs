using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Leases;

/// <summary>Leases in a database database.</summary>
internal sealed class SqlLeaseStore(ISqlDatabase database, string application, string customer) : ILeaseStore
{
    private const string Select =
        "SELECT fence, holder, purpose, since, renewed, stop_asked FROM lease WHERE application = $1 AND customer = $2 AND cluster = $3";

    /// <summary>Throws where the lease is another's now; part of the transaction of what is to be written under it.</summary>
    public static void Demand(ISqlSession session, string application, string customer, Lease lease)
    {
        var stands = session.Query(
            "SELECT 1 FROM lease WHERE application = $1 AND customer = $2 AND cluster = $3 AND fence = $4" + session.ToKeep,
            _ => true, application, customer, lease.Cluster, lease.Fence);
        if (stands.Count == 0)
        {
            throw new LinodeToolkitException(LeaseProblems.Lost(lease.Cluster));
        }
    }

    public Task<Lease?> FindAsync(string cluster, CancellationToken cancellation) =>
        database.ReadAsync(session => Find(session, cluster), cancellation);

    public Task<bool> TrySetAsync(Lease lease, CancellationToken cancellation)
    {
        var again = false;
        return database.WriteAsync(
            session =>
            {
                // Where the end of the same write was not heard of, it is there already.
                var set = Set(session, lease) || (again && Find(session, lease.Cluster) == lease);
                again = true;
                return set;
            },
            cancellation);
    }

    private bool Set(ISqlSession session, Lease lease) => session.Execute(
            """
            INSERT INTO lease (application, customer, cluster, fence, holder, purpose, since, renewed, stop_asked)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)
            ON CONFLICT (application, customer, cluster) DO UPDATE
            SET fence = excluded.fence, holder = excluded.holder, purpose = excluded.purpose, since = excluded.since, renewed = excluded.renewed,
                stop_asked = 0
            WHERE lease.fence = excluded.fence - 1
            """,
            application, customer, lease.Cluster, lease.Fence, lease.Holder?.Text, lease.Purpose, lease.Since.Text(), lease.Renewed.Text()) == 1;

    public Task<Lease?> RenewAsync(Lease lease, DateTimeOffset now, CancellationToken cancellation) => database.WriteAsync(
        session => Touch(session, lease, "renewed = $5", now.Text()) ? Find(session, lease.Cluster) : null, cancellation);

    public Task ReleaseAsync(Lease lease, CancellationToken cancellation) =>
        database.WriteAsync(session => Touch(session, lease, "holder = $5", null), cancellation);

    public Task<bool> AskToStopAsync(Lease lease, CancellationToken cancellation) => database.WriteAsync(
        session => Touch(session, lease, "stop_asked = $5", 1), cancellation);

    private bool Touch(ISqlSession session, Lease lease, string change, object? value) => session.Execute(
        $"UPDATE lease SET {change} WHERE application = $1 AND customer = $2 AND cluster = $3 AND fence = $4 AND holder IS NOT NULL",
        application, customer, lease.Cluster, lease.Fence, value) == 1;

    private Lease? Find(ISqlSession session, string cluster) => session.Query(
        Select,
        row => new Lease(
            cluster, row.GetInt64(0), row.FindText(1) is { } holder ? LeaseHolder.Parse(holder) : null, row.GetString(2), row.GetTime(3),
            row.GetTime(4)) { StopAsked = row.GetFlag(5) },
        application, customer, cluster).SingleOrDefault();
}
