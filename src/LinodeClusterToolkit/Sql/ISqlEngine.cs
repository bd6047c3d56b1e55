namespace LinodeClusterToolkit.Sql;

/// <summary>What a <see cref="SqlWriter"/> asks of the database it writes to.</summary>
internal interface ISqlEngine
{
    /// <summary>Opens a connection for writing, the tables in it brought up to date.</summary>
    ISqlConnection Open();

    /// <summary>What it threw, as a problem; anything else as it is.</summary>
    Exception Explain(Exception thrown);

    /// <summary>Whether the same is likely to work when it is played again, on a new connection; asked with the number of tries so far.</summary>
    bool IsWorthAnotherTry(Exception thrown, int tries);
}
