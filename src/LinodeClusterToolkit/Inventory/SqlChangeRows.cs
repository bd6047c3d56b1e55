using System.Data.Common;
using System.Text;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Inventory;

/// <summary>Changes of state as rows; only ever added to.</summary>
internal sealed class SqlChangeRows(ToolkitContext context)
{
    public void Add(ISqlSession session, IEnumerable<StateChange> changes)
    {
        var first = true;
        foreach (var change in changes)
        {
            if (first)
            {
                // Whoever watches asks for what is above the last number seen: numbers must become visible in their order.
                session.TakeTurns($"changes {context.Application}/{context.Customer}");
                first = false;
            }

            session.Send(
                """
                INSERT INTO change (application, customer, cluster, node, label, aspect, before, after, at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                context.Application, context.Customer, change.ClusterId.ToString("D"), change.NodeKey, change.Label, change.Aspect.ToString(),
                change.From, change.To, change.At.Text());
        }
    }

    public List<StateChange> List(ISqlSession session, ChangeQuery query)
    {
        var values = new List<object?> { context.Application, context.Customer, query.After };
        var where = new StringBuilder("application = $1 AND customer = $2 AND id > $3");
        void And(string column, string? value)
        {
            if (value is not null)
            {
                values.Add(value);
                where.Append(" AND ").Append(column).Append(" = $").Append(values.Count);
            }
        }

        And("cluster", query.ClusterId?.ToString("D"));
        And("node", query.NodeKey);
        return session.Query(
            $"SELECT id, cluster, node, label, aspect, before, after, at FROM change WHERE {where} ORDER BY id", Read, [.. values]);
    }

    public long Last(ISqlSession session) => session.Query(
        "SELECT id FROM change WHERE application = $1 AND customer = $2 ORDER BY id DESC LIMIT 1", row => row.GetInt64(0),
        context.Application, context.Customer).SingleOrDefault();

    private static StateChange Read(DbDataReader row) => new(
        row.GetInt64(0), Guid.Parse(row.GetString(1)), row.FindText(2), row.GetString(3), row.GetWord<StateAspect>(4), row.FindText(5),
        row.GetString(6), row.GetTime(7));
}
