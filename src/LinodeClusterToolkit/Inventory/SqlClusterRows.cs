using System.Data.Common;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Inventory;

/// <summary>Clusters, their counters and their runs as rows.</summary>
internal sealed class SqlClusterRows(ToolkitContext context)
{
    private const string Select =
        "SELECT id, name, state, plan_text, plan_name, resolved, created, firewall_id, last_run, protected, updated FROM cluster ";

    private readonly SqlChangeRows changes = new(context);

    /// <summary>Adds its record alone, without a word in the history.</summary>
    public bool TryInsert(ISqlSession session, ClusterRecord cluster) => session.Execute(
        """
        INSERT INTO cluster (application, customer, id, name, state, plan_text, plan_name, resolved, created, firewall_id, last_run,
            protected, updated)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING
        """,
        Values(cluster)) == 1;

    public bool TryAdd(ISqlSession session, ClusterRecord cluster)
    {
        var added = TryInsert(session, cluster);
        if (added)
        {
            changes.Add(session, StateChanges.Between(null, cluster));
        }

        // Where the end of the same write was not heard of, it is there already.
        return added || Get(session, cluster.Id) == cluster;
    }

    public bool Update(ISqlSession session, ClusterRecord cluster)
    {
        if (Get(session, cluster.Id) is not { } before)
        {
            return false;
        }

        session.Execute(
            """
            UPDATE cluster SET name = $4, state = $5, plan_text = $6, plan_name = $7, resolved = $8, created = $9, firewall_id = $10, last_run = $11,
                protected = $12, updated = $13
            WHERE application = $1 AND customer = $2 AND id = $3
            """,
            Values(cluster));
        changes.Add(session, StateChanges.Between(before, cluster));
        return true;
    }

    public ClusterRecord? Find(ISqlSession session, string name) => session.Query(
        Select + "WHERE application = $1 AND customer = $2 AND name = $3 AND state <> 'Deleted'",
        Read, context.Application, context.Customer, name).SingleOrDefault();

    public List<ClusterRecord> List(ISqlSession session, bool includeDeleted) => session.Query(
        $"{Select}WHERE application = $1 AND customer = $2 {(includeDeleted ? "" : "AND state <> 'Deleted'")} ORDER BY name, created, id",
        Read, context.Application, context.Customer);

    public HashSet<Guid> OthersAmong(ISqlSession session, IEnumerable<Guid> clusters)
    {
        object?[] ids = [.. clusters.Select(Text)];
        return ids.Length == 0
            ? []
            :
            [
                .. session.Query(
                    $"SELECT id FROM cluster WHERE NOT (application = $1 AND customer = $2) AND id IN ({SqlColumns.Places(3, ids.Length)})",
                    row => Guid.Parse(row.GetString(0)), [context.Application, context.Customer, .. ids]),
            ];
    }

    public Dictionary<string, long> Counters(ISqlSession session, Guid cluster) => session.Query(
            "SELECT address, value FROM counter WHERE application = $1 AND customer = $2 AND cluster = $3",
            row => (Address: row.GetString(0), Value: row.GetInt64(1)), context.Application, context.Customer, Text(cluster))
        .ToDictionary(pair => pair.Address, pair => pair.Value, StringComparer.Ordinal);

    public void Raise(ISqlSession session, Guid cluster, string address, long value) => session.Send(
        """
        INSERT INTO counter (application, customer, cluster, address, value) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (application, customer, cluster, address) DO UPDATE SET value = excluded.value WHERE counter.value < excluded.value
        """,
        context.Application, context.Customer, Text(cluster), address, value);

    public int Save(ISqlSession session, RunRecord run) => session.Execute(
        """
        INSERT INTO run (application, customer, id, cluster, verb, state, started, ended, work) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (application, customer, id) DO UPDATE
        SET cluster = $4, verb = $5, state = $6, started = $7, ended = $8, work = $9
        """,
        context.Application, context.Customer, run.Id, Text(run.ClusterId), run.Verb, run.State, run.Started.Text(), run.Ended?.Text(), run.Work);

    public List<RunRecord> Runs(ISqlSession session, Guid? cluster) => session.Query(
        $"""
         SELECT id, cluster, verb, state, started, ended, work FROM run
         WHERE application = $1 AND customer = $2 {(cluster is null ? "" : "AND cluster = $3")} ORDER BY started DESC, id DESC
         """,
        row => new RunRecord(
            row.GetString(0), Guid.Parse(row.GetString(1)), row.GetString(2), row.GetString(3), row.GetTime(4), row.FindTime(5))
        {
            Work = row.GetString(6),
        },
        cluster is { } id ? [context.Application, context.Customer, Text(id)] : [context.Application, context.Customer]);

    private static string Text(Guid id) => id.ToString("D");

    private ClusterRecord? Get(ISqlSession session, Guid id) => session.Query(
        $"{Select}WHERE application = $1 AND customer = $2 AND id = $3{session.ToKeep}", Read, context.Application, context.Customer, Text(id))
        .SingleOrDefault();

    private static ClusterRecord Read(DbDataReader row) => new(
        Guid.Parse(row.GetString(0)), row.GetString(1), row.GetWord<ClusterState>(2),
        row.GetString(3), row.GetString(4), row.GetString(5), row.GetTime(6))
    {
        FirewallId = row.FindWhole(7),
        LastRun = row.FindText(8),
        IsProtected = row.GetFlag(9),
        Updated = row.GetString(10).Length == 0 ? null : row.GetTime(10),
    };

    private object?[] Values(ClusterRecord cluster) =>
    [
        context.Application, context.Customer, Text(cluster.Id), cluster.Name, cluster.State.ToString(),
        cluster.PlanText, cluster.PlanName, cluster.Resolved, cluster.Created.Text(), cluster.FirewallId, cluster.LastRun,
        cluster.IsProtected.Flag(), cluster.Updated?.Text() ?? "",
    ];
}
