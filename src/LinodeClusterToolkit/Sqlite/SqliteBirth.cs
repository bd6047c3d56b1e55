using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Sqlite;

/// <summary>Makes a database file that is whole from the moment it has its name.</summary>
/// <remarks>
/// An empty file is a valid database to SQLite. If one could be the trace of a death right after its making, one that lost its content would look the
/// same and be taken for a new one; so none ever stands under the file's name, and an empty one is refused.
/// </remarks>
internal static class SqliteBirth
{
    /// <summary>Makes the file, unless another process is quicker.</summary>
    public static void Make(string path, TimeSpan lockWait, IReadOnlyList<SqlSchema> schemas)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            PrivateFiles.EnsureFile(draft);
            using (var session = new SqliteSession(draft, lockWait))
            {
                SqlSchema.Bring(session, draft, schemas);

                // Closing does the same, but keeps to itself that there was no room for it.
                session.Query("PRAGMA wal_checkpoint(TRUNCATE)", _ => 0);
            }

            PrivateFiles.Guard(path, () => GiveName(draft, path));
        }
        finally
        {
            // Those of SQLite's own are there where it could not end in order, as on a full disk.
            Array.ForEach(["", "-wal", "-shm", "-journal"], part => File.Delete(draft + part));
        }
    }

    private static void GiveName(string draft, string path)
    {
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another's is as good.
        }
    }
}
