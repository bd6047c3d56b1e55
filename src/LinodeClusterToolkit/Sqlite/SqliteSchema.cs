using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Sqlite;

/// <summary>Tables of one component; several share a file, each with a version of its own.</summary>
/// <param name="Component">Name, stable for ever.</param>
/// <param name="Migrations">SQL scripts: the first makes version 1, each next one the next version. Only ever added to.</param>
internal sealed record SqliteSchema(string Component, IReadOnlyList<string> Migrations)
{
    /// <summary>Brings a file to the versions this program knows; throws where it is ahead of them.</summary>
    public static void Bring(SqliteSession session, string path, IReadOnlyList<SqliteSchema> schemas)
    {
        if (schemas.All(schema => schema.StepsFrom(Versions(session), path) == 0))
        {
            return;
        }

        session.Execute("BEGIN IMMEDIATE");
        session.Execute("CREATE TABLE IF NOT EXISTS schema_version (component TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID");

        // Read again under the lock: another process may have brought it here in between.
        var versions = Versions(session);
        foreach (var schema in schemas)
        {
            foreach (var script in schema.Migrations.TakeLast(schema.StepsFrom(versions, path)))
            {
                session.Script(script);
            }

            session.Execute("INSERT OR REPLACE INTO schema_version VALUES ($1, $2)", schema.Component, schema.Migrations.Count);
        }

        session.Execute("COMMIT");
    }

    private static Dictionary<string, long> Versions(SqliteSession session) =>
        session.Query("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'", _ => true).Count == 0
            ? []
            : session.Query("SELECT component, version FROM schema_version", row => (Name: row.GetString(0), Version: row.GetInt64(1)))
                .ToDictionary(pair => pair.Name, pair => pair.Version, StringComparer.Ordinal);

    private int StepsFrom(Dictionary<string, long> versions, string path)
    {
        var has = versions.GetValueOrDefault(Component);
        return has <= Migrations.Count
            ? Migrations.Count - (int)has
            : throw new LinodeToolkitException(SqliteProblems.NewerSchema(path, Component, has, Migrations.Count));
    }
}
