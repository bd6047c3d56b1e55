namespace LinodeClusterToolkit.Sql;

/// <summary>A database shared by components, and by processes; safe to use from any thread.</summary>
internal interface ISqlDatabase : IAsyncDisposable
{
    /// <summary>What and where, for messages.</summary>
    string Description { get; }

    /// <summary>Writes; durable when the task ends. May be played twice, where the first time was taken back or its end is not known.</summary>
    Task<T> WriteAsync<T>(Func<ISqlSession, T> work, CancellationToken cancellation);

    /// <summary>Reads what is committed, beside any writing.</summary>
    Task<T> ReadAsync<T>(Func<ISqlSession, T> work, CancellationToken cancellation);
}
