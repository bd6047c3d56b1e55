namespace LinodeClusterToolkit.Sql;

/// <summary>What lets somebody write: asked for where a write is called, so that it may be another for each caller; null lets everybody.</summary>
/// <returns>Throws in the transaction of the write where the right is another's by now; null where no right is needed.</returns>
internal delegate Action<ISqlSession>? SqlRight();

/// <summary>Writes under a right.</summary>
internal static class SqlRights
{
    /// <summary>Writes, once the right that the caller has now is seen to stand, in the same transaction.</summary>
    public static Task<T> WriteAsync<T>(
        this ISqlDatabase database, SqlRight? right, Func<ISqlSession, T> work, CancellationToken cancellation)
    {
        var demand = right?.Invoke();
        return demand is null ? database.WriteAsync(work, cancellation) : database.WriteAsync(
            session =>
            {
                demand(session);
                return work(session);
            },
            cancellation);
    }
}
