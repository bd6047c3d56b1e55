using System.Data.Common;
using System.Text;
using System.Text.Json;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory.Queries;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Inventory;

/// <summary>Nodes and their tags as rows; tags stand in a table of their own as well, by which nodes are found.</summary>
internal sealed class SqlNodeRows(ToolkitContext context)
{
    private const int MostAtOnce = 500;
    private const int VeryMany = 1000;

    private const string Columns =
        """
        n.cluster, n.key, n.label, n.region, n.node_group, n.ordinal, n.type, n.image, n.host_name, n.tags, n.state, n.linode_id,
            n.public_ipv4, n.private_ipv4, n.ipv6, n.public_fqdn, n.private_fqdn, n.power, n.failure, n.updated,
            n.configuration, n.login, n.host_keys, n.host_key_origin, n.stage, n.unwatched, n.boot, n.created
        """;

    private readonly SqlChangeRows changes = new(context);

    /// <summary>Writes nodes whole, whatever stands there.</summary>
    public void Save(ISqlSession session, IReadOnlyCollection<NodeRecord> nodes)
    {
        foreach (var some in nodes.GroupBy(node => node.ClusterId).SelectMany(cluster => cluster.Chunk(MostAtOnce)))
        {
            var standing = Get(session, some[0].ClusterId, [.. some.Select(node => node.Key).Distinct(StringComparer.Ordinal)]);
            foreach (var node in some)
            {
                var before = standing.GetValueOrDefault(node.Key);
                Write(session, before, node);
                changes.Add(session, StateChanges.Between(before, node));
                standing[node.Key] = node;
            }
        }

        Tell(session, nodes);
    }

    /// <summary>Writes nodes that are not there yet, without a word in the history.</summary>
    public void Insert(ISqlSession session, IReadOnlyCollection<NodeRecord> nodes)
    {
        foreach (var node in nodes)
        {
            Write(session, null, node);
        }

        Tell(session, nodes);
    }

    /// <summary>Writes what a change makes of the node as it stands; a change that gives back what it got writes nothing.</summary>
    public NodeRecord Change(ISqlSession session, Guid cluster, string key, Func<NodeRecord, NodeRecord> change, string place)
    {
        var before = Get(session, cluster, [key]).GetValueOrDefault(key)
            ?? throw new LinodeToolkitException(InventoryProblems.NoSuchNode(key, place));
        var after = change(before);
        if (!ReferenceEquals(before, after))
        {
            Write(session, before, after);
            changes.Add(session, StateChanges.Between(before, after));
        }

        return after;
    }

    // One query a key, sent together: what a database makes of a list depends on what it believes to know of the table.
    private Dictionary<string, NodeRecord> Get(ISqlSession session, Guid cluster, string[] keys) => session.QueryEach(
            $"""
             SELECT {Columns} FROM node n
             WHERE n.application = $1 AND n.customer = $2 AND n.cluster = $3 AND n.key = $4{session.ToKeep}
             """,
            Read, keys.Select(key => new object?[] { context.Application, context.Customer, cluster.ToString("D"), key }))
        .ToDictionary(node => node.Key, StringComparer.Ordinal);

    private void Write(ISqlSession session, NodeRecord? before, NodeRecord node)
    {
        object?[] key = [context.Application, context.Customer, node.ClusterId.ToString("D"), node.Key];
        session.Send(
            """
            INSERT INTO node (application, customer, cluster, key, label, region, node_group, ordinal, type, image, host_name, tags, state,
                linode_id, public_ipv4, private_ipv4, ipv6, public_fqdn, private_fqdn, power, failure, updated, configuration, login, host_keys,
                host_key_origin, stage, unwatched, boot, created)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,
                $29, $30)
            ON CONFLICT (application, customer, cluster, key) DO UPDATE
            SET label = $5, region = $6, node_group = $7, ordinal = $8, type = $9, image = $10, host_name = $11, tags = $12, state = $13,
                linode_id = $14, public_ipv4 = $15, private_ipv4 = $16, ipv6 = $17, public_fqdn = $18, private_fqdn = $19, power = $20,
                failure = $21, updated = $22, configuration = $23, login = $24, host_keys = $25, host_key_origin = $26, stage = $27,
                unwatched = $28, boot = $29, created = $30
            """,
            [
                .. key, node.Label, node.Region, node.Group, node.Ordinal, node.Type, node.Image, node.HostName, Json(node.Tags), node.State.ToString(),
                node.LinodeId, node.PublicIpv4, node.PrivateIpv4, node.Ipv6, node.PublicFqdn, node.PrivateFqdn, node.Power, node.Failure,
                node.Updated.Text(), node.Configuration.ToString(), node.Login,
                Json(node.HostKeys), node.HostKeyOrigin.ToString(), node.Stage.ToString(), node.Unwatched.Flag(), node.Boot.ToString(),
                node.Created.Text(),
            ]);
        SaveTags(session, key, before?.Tags ?? [], node.Tags);
    }

    public List<NodeRecord> List(ISqlSession session, NodeQuery query)
    {
        var (sql, values) = Select(query);
        return session.Query(sql, Read, values);
    }

    /// <summary>The statement for a query: only what it asks for stands in it, so that each form has a plan of its own.</summary>
    internal (string Sql, object?[] Values) Select(NodeQuery query)
    {
        var values = new List<object?> { context.Application, context.Customer };
        var where = new StringBuilder("WHERE n.application = $1 AND n.customer = $2");
        void And(string condition, object? value)
        {
            if (value is not null)
            {
                values.Add(value);
                where.Append(" AND ").Append(condition).Append(" $").Append(values.Count);
            }
        }

        And("c.name =", query.Cluster);
        And("n.cluster =", query.ClusterId?.ToString("D"));
        And("n.region =", query.Region);
        And("n.node_group =", query.Group);
        And("n.state =", query.State?.ToString());
        And("n.state <>", query.State is null && !query.IncludeGone ? nameof(NodeState.Gone) : null);
        And("t.tag =", query.Tag);
        where.Append(query.Where is null ? "" : $" AND {NodeFilterSql.Of(query.Where, values)}");

        // A CROSS JOIN keeps its order: a tag, where there is one, leads to its nodes and never the other way round.
        var byTag = query.Tag is null ? "" : "node_tag t CROSS JOIN ";
        var tagged = query.Tag is null ? "" :
            "AND t.application = $1 AND t.customer = $2 AND t.cluster = n.cluster AND t.node = n.key";
        return (
            $"""
             SELECT {Columns} FROM {byTag}node n JOIN cluster c ON c.application = n.application AND c.customer = n.customer AND c.id = n.cluster
             {where} {tagged} ORDER BY c.name, n.cluster, n.region, n.node_group, n.ordinal, n.key
             """,
            [.. values]);
    }

    private static void Tell(ISqlSession session, IReadOnlyCollection<NodeRecord> written)
    {
        if (written.Count >= VeryMany)
        {
            session.HasGrown("node, node_tag");
        }
    }

    private static string Json(IReadOnlyList<string> texts) => JsonSerializer.Serialize(texts, InventoryJson.Default.Texts);

    private static void SaveTags(ISqlSession session, object?[] key, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        foreach (var tag in before.Except(after, StringComparer.Ordinal))
        {
            session.Send(
                "DELETE FROM node_tag WHERE application = $1 AND customer = $2 AND cluster = $3 AND node = $4 AND tag = $5", [.. key, tag]);
        }

        foreach (var tag in after.Except(before, StringComparer.Ordinal))
        {
            session.Send("INSERT INTO node_tag (application, customer, cluster, node, tag) VALUES ($1, $2, $3, $4, $5)", [.. key, tag]);
        }
    }

    private static NodeRecord Read(DbDataReader row) => new(
        Guid.Parse(row.GetString(0)), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), (int)row.GetInt64(5),
        row.GetString(6), row.GetString(7), row.GetString(8),
        JsonSerializer.Deserialize(row.GetString(9), InventoryJson.Default.Texts)!, row.GetWord<NodeState>(10))
    {
        LinodeId = row.FindWhole(11),
        PublicIpv4 = row.FindText(12),
        PrivateIpv4 = row.FindText(13),
        Ipv6 = row.FindText(14),
        PublicFqdn = row.FindText(15),
        PrivateFqdn = row.FindText(16),
        Power = row.GetString(17),
        Failure = row.FindText(18),
        Updated = row.GetTime(19),
        Configuration = row.GetWord<ConfigurationState>(20),
        Login = row.FindText(21),
        HostKeys = JsonSerializer.Deserialize(row.GetString(22), InventoryJson.Default.Texts)!,
        HostKeyOrigin = row.GetWord<HostKeyOrigin>(23),
        Stage = row.GetWord<NodeStage>(24),
        Unwatched = row.GetFlag(25),
        Boot = row.GetWord<BootState>(26),
        Created = row.GetTime(27),
    };
}
