using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Sql;

/// <summary>Tables of one component; several share a database, each with a version of its own.</summary>
/// <param name="Component">Name, stable for ever.</param>
/// <param name="Migrations">SQL scripts: the first makes version 1, each next one the next version. Only ever added to.</param>
internal sealed record SqlSchema(string Component, IReadOnlyList<string> Migrations)
{
    /// <summary>Brings a database to the versions this program knows; throws where it is ahead of them.</summary>
    public static void Bring(ISqlConnection session, string place, IReadOnlyList<SqlSchema> schemas)
    {
        if (schemas.All(schema => schema.StepsFrom(Versions(session), place) == 0))
        {
            return;
        }

        session.Begin();
        session.TakeTurns("schema");
        session.Execute("CREATE TABLE IF NOT EXISTS schema_version (component TEXT PRIMARY KEY, version BIGINT NOT NULL)");

        // Read again under the lock: another process may have brought it here in between.
        var versions = Versions(session);
        foreach (var schema in schemas)
        {
            foreach (var script in schema.Migrations.TakeLast(schema.StepsFrom(versions, place)))
            {
                session.Script(script);
            }

            session.Execute(
                "INSERT INTO schema_version (component, version) VALUES ($1, $2) ON CONFLICT (component) DO UPDATE SET version = excluded.version",
                schema.Component, schema.Migrations.Count);
        }

        session.Commit();
    }

    private static Dictionary<string, long> Versions(ISqlConnection session) => session.HasTable("schema_version")
        ? session.Query("SELECT component, version FROM schema_version", row => (Name: row.GetString(0), Version: row.GetInt64(1)))
            .ToDictionary(pair => pair.Name, pair => pair.Version, StringComparer.Ordinal)
        : [];

    private int StepsFrom(Dictionary<string, long> versions, string place)
    {
        var has = versions.GetValueOrDefault(Component);
        return has <= Migrations.Count
            ? Migrations.Count - (int)has
            : throw new LinodeToolkitException(SqlProblems.NewerSchema(place, Component, has, Migrations.Count));
    }
}
