using System.Data.Common;

namespace LinodeClusterToolkit.Sql;

/// <summary>What components do with a database, in the SQL that SQLite and PostgreSQL have in common; used by one thread at a time.</summary>
internal interface ISqlSession
{
    /// <summary>What ends a query whose rows are to stay as they are until the transaction ends; nothing where writers take turns anyway.</summary>
    string ToKeep { get; }

    /// <summary>Makes transactions that call this with the same words take turns from here on; nothing where they do so anyway.</summary>
    void TakeTurns(string about);

    /// <summary>Runs one statement; <c>$1</c>, <c>$2</c> … stand for the values. Gives the number of rows it changed.</summary>
    int Execute(string sql, params ReadOnlySpan<object?> values);

    /// <summary>Runs one statement whose answer nobody needs: several may travel together.</summary>
    void Send(string sql, params ReadOnlySpan<object?> values);

    /// <summary>Reads all rows of a query.</summary>
    List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values);

    /// <summary>Says that very many rows came to tables, where a database chooses its ways by what it believes of them.</summary>
    void HasGrown(string tables);

    /// <summary>Runs one query for each set of values, and reads the rows of all.</summary>
    List<T> QueryEach<T>(string sql, Func<DbDataReader, T> read, IEnumerable<object?[]> sets);
}
