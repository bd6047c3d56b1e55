using LinodeClusterToolkit.Sqlite;
using Microsoft.Data.Sqlite;

namespace LinodeClusterToolkit.Inventory;

/// <summary>Clusters, their counters and their runs as rows.</summary>
internal sealed class SqliteClusterRows(ToolkitContext context)
{
    private const string Select = "SELECT id, name, state, plan_text, plan_name, resolved, created, firewall_id, last_run, protected FROM cluster ";

    public bool TryAdd(SqliteSession session, ClusterRecord cluster) => session.Execute(
        """
        INSERT INTO cluster (application, customer, id, name, state, plan_text, plan_name, resolved, created, firewall_id, last_run, protected)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING
        """,
        Values(cluster)) == 1;

    public int Update(SqliteSession session, ClusterRecord cluster) => session.Execute(
        """
        UPDATE cluster SET name = $4, state = $5, plan_text = $6, plan_name = $7, resolved = $8, created = $9, firewall_id = $10, last_run = $11,
            protected = $12
        WHERE application = $1 AND customer = $2 AND id = $3
        """,
        Values(cluster));

    public ClusterRecord? Find(SqliteSession session, string name) => session.Query(
        Select + "WHERE application = $1 AND customer = $2 AND name = $3 AND state <> 'Deleted'",
        Read, context.Application, context.Customer, name).SingleOrDefault();

    public List<ClusterRecord> List(SqliteSession session, bool includeDeleted) => session.Query(
        Select + "WHERE application = $1 AND customer = $2 AND ($3 OR state <> 'Deleted') ORDER BY name, created, id",
        Read, context.Application, context.Customer, includeDeleted);

    public HashSet<Guid> OthersAmong(SqliteSession session, IEnumerable<Guid> clusters) =>
    [
        .. session.Query(
            "SELECT id FROM cluster WHERE NOT (application = $1 AND customer = $2) AND id IN (SELECT value FROM json_each($3))",
            row => Guid.Parse(row.GetString(0)),
            context.Application, context.Customer, $"[{string.Join(',', clusters.Select(id => $"\"{Text(id)}\""))}]"),
    ];

    public Dictionary<string, long> Counters(SqliteSession session, Guid cluster) => session.Query(
            "SELECT address, value FROM counter WHERE application = $1 AND customer = $2 AND cluster = $3",
            row => (Address: row.GetString(0), Value: row.GetInt64(1)), context.Application, context.Customer, Text(cluster))
        .ToDictionary(pair => pair.Address, pair => pair.Value, StringComparer.Ordinal);

    public int Raise(SqliteSession session, Guid cluster, string address, long value) => session.Execute(
        """
        INSERT INTO counter (application, customer, cluster, address, value) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO UPDATE SET value = max(value, excluded.value)
        """,
        context.Application, context.Customer, Text(cluster), address, value);

    public int Save(SqliteSession session, RunRecord run) => session.Execute(
        "INSERT OR REPLACE INTO run (application, customer, id, cluster, verb, state, started, ended, work) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        context.Application, context.Customer, run.Id, Text(run.ClusterId), run.Verb, run.State, run.Started.Text(), run.Ended?.Text(), run.Work);

    public List<RunRecord> Runs(SqliteSession session, Guid? cluster) => session.Query(
        """
        SELECT id, cluster, verb, state, started, ended, work FROM run
        WHERE application = $1 AND customer = $2 AND ($3 IS NULL OR cluster = $3) ORDER BY started DESC, id DESC
        """,
        row => new RunRecord(
            row.GetString(0), Guid.Parse(row.GetString(1)), row.GetString(2), row.GetString(3), row.GetTime(4), row.FindTime(5))
        {
            Work = row.GetString(6),
        },
        context.Application, context.Customer, cluster is { } id ? Text(id) : null);

    private static string Text(Guid id) => id.ToString("D");

    private static ClusterRecord Read(SqliteDataReader row) => new(
        Guid.Parse(row.GetString(0)), row.GetString(1), Enum.Parse<ClusterState>(row.GetString(2)),
        row.GetString(3), row.GetString(4), row.GetString(5), row.GetTime(6))
    {
        FirewallId = row.FindWhole(7),
        LastRun = row.FindText(8),
        IsProtected = row.GetBoolean(9),
    };

    private object?[] Values(ClusterRecord cluster) =>
    [
        context.Application, context.Customer, Text(cluster.Id), cluster.Name, cluster.State.ToString(),
        cluster.PlanText, cluster.PlanName, cluster.Resolved, cluster.Created.Text(), cluster.FirewallId, cluster.LastRun,
        cluster.IsProtected,
    ];
}
