using System.Text;
using System.Text.Json;
using LinodeClusterToolkit.Inventory.Queries;
using LinodeClusterToolkit.Sqlite;
using Microsoft.Data.Sqlite;

namespace LinodeClusterToolkit.Inventory;

/// <summary>Nodes and their tags as rows; tags stand in a table of their own as well, by which nodes are found.</summary>
internal sealed class SqliteNodeRows(ToolkitContext context)
{
    public void Save(SqliteSession session, NodeRecord node)
    {
        var tags = JsonSerializer.Serialize(node.Tags, InventoryJson.Default.Texts);
        object?[] key = [context.Application, context.Customer, node.ClusterId.ToString("D"), node.Key];
        var before = session.Query(
            "SELECT tags FROM node WHERE application = $1 AND customer = $2 AND cluster = $3 AND key = $4", row => row.GetString(0), key);
        session.Execute(
            """
            INSERT INTO node (application, customer, cluster, key, label, region, node_group, ordinal, type, image, host_name, tags, state,
                linode_id, public_ipv4, private_ipv4, ipv6, public_fqdn, private_fqdn, power, failure, updated, configuration, login, host_keys,
                host_key_origin, stage, unwatched, created)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,
                $29)
            ON CONFLICT DO UPDATE SET label = $5, region = $6, node_group = $7, ordinal = $8, type = $9, image = $10, host_name = $11, tags = $12,
                state = $13, linode_id = $14, public_ipv4 = $15, private_ipv4 = $16, ipv6 = $17, public_fqdn = $18, private_fqdn = $19, power = $20,
                failure = $21, updated = $22, configuration = $23, login = $24, host_keys = $25, host_key_origin = $26, stage = $27, unwatched = $28,
                created = $29
            """,
            [
                .. key, node.Label, node.Region, node.Group, node.Ordinal, node.Type, node.Image, node.HostName, tags, node.State.ToString(),
                node.LinodeId, node.PublicIpv4, node.PrivateIpv4, node.Ipv6, node.PublicFqdn, node.PrivateFqdn, node.Power, node.Failure,
                node.Updated.Text(), node.Configuration.ToString(), node.Login,
                JsonSerializer.Serialize(node.HostKeys, InventoryJson.Default.Texts), node.HostKeyOrigin.ToString(),
                node.Stage.ToString(), node.Unwatched ? 1 : 0, node.Created.Text(),
            ]);
        if (before is not [var last] || last != tags)
        {
            SaveTags(session, key, node.Tags);
        }
    }

    public List<NodeRecord> List(SqliteSession session, NodeQuery query)
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
             SELECT n.cluster, n.key, n.label, n.region, n.node_group, n.ordinal, n.type, n.image, n.host_name, n.tags, n.state, n.linode_id,
                 n.public_ipv4, n.private_ipv4, n.ipv6, n.public_fqdn, n.private_fqdn, n.power, n.failure, n.updated,
                 n.configuration, n.login, n.host_keys, n.host_key_origin, n.stage, n.unwatched, n.created
             FROM {byTag}node n JOIN cluster c ON c.application = n.application AND c.customer = n.customer AND c.id = n.cluster
             {where} {tagged} ORDER BY c.name, n.cluster, n.region, n.node_group, n.ordinal, n.key
             """,
            [.. values]);
    }

    private static void SaveTags(SqliteSession session, object?[] key, IReadOnlyList<string> tags)
    {
        session.Execute("DELETE FROM node_tag WHERE application = $1 AND customer = $2 AND cluster = $3 AND node = $4", key);
        foreach (var tag in tags.Distinct(StringComparer.Ordinal))
        {
            session.Execute("INSERT INTO node_tag (application, customer, cluster, node, tag) VALUES ($1, $2, $3, $4, $5)", [.. key, tag]);
        }
    }

    private static NodeRecord Read(SqliteDataReader row) => new(
        Guid.Parse(row.GetString(0)), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt32(5),
        row.GetString(6), row.GetString(7), row.GetString(8),
        JsonSerializer.Deserialize(row.GetString(9), InventoryJson.Default.Texts)!, Enum.Parse<NodeState>(row.GetString(10)))
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
        Configuration = Enum.Parse<ConfigurationState>(row.GetString(20)),
        Login = row.FindText(21),
        HostKeys = JsonSerializer.Deserialize(row.GetString(22), InventoryJson.Default.Texts)!,
        HostKeyOrigin = Enum.Parse<HostKeyOrigin>(row.GetString(23)),
        Stage = Enum.Parse<NodeStage>(row.GetString(24)),
        Unwatched = row.GetInt32(25) != 0,
        Created = row.GetTime(26),
    };
}
