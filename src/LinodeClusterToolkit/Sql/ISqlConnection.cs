namespace LinodeClusterToolkit.Sql;

/// <summary>A session with its transactions.</summary>
internal interface ISqlConnection : ISqlSession, IDisposable
{
    /// <summary>Whether a transaction is open; a database ends one by itself on some failures, a full disk among them.</summary>
    bool InTransaction { get; }

    /// <summary>Begins a transaction that is going to write.</summary>
    void Begin();

    /// <summary>Waits until all that was sent has run, and throws where it failed.</summary>
    void Settle();

    /// <summary>Makes what was written durable.</summary>
    void Commit();

    /// <summary>Takes back what was written.</summary>
    void RollBack();

    /// <summary>Runs statements without values, once.</summary>
    void Script(string sql);

    /// <summary>Whether there is a table of that name.</summary>
    bool HasTable(string name);
}
