using System.Data.Common;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Inventory;

/// <summary>Resources as rows.</summary>
internal sealed class SqlResourceRows(ToolkitContext context)
{
    public void Save(ISqlSession session, ResourceRecord resource) => session.Send(
        """
        INSERT INTO resource (application, customer, cluster, kind, key, label, cloud_id, region, node_key, size, address, updated)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (application, customer, cluster, kind, key) DO UPDATE
        SET label = $6, cloud_id = $7, region = $8, node_key = $9, size = $10, address = $11, updated = $12
        """,
        context.Application, context.Customer, resource.ClusterId.ToString("D"), resource.Kind.ToString(), resource.Key, resource.Label,
        resource.CloudId, resource.Region, resource.NodeKey, resource.Size, resource.Address, resource.Updated.Text());

    public int Remove(ISqlSession session, Guid cluster, ResourceKind kind, string key) => session.Execute(
        "DELETE FROM resource WHERE application = $1 AND customer = $2 AND cluster = $3 AND kind = $4 AND key = $5",
        context.Application, context.Customer, cluster.ToString("D"), kind.ToString(), key);

    public List<ResourceRecord> List(ISqlSession session, Guid cluster) => session.Query(
        """
        SELECT kind, key, label, cloud_id, region, node_key, size, address, updated FROM resource
        WHERE application = $1 AND customer = $2 AND cluster = $3 ORDER BY kind, key
        """,
        row => Read(cluster, row), context.Application, context.Customer, cluster.ToString("D"));

    private static ResourceRecord Read(Guid cluster, DbDataReader row) => new(
        cluster, row.GetWord<ResourceKind>(0), row.GetString(1), row.GetString(2), row.FindWhole(3))
    {
        Region = row.FindText(4),
        NodeKey = row.FindText(5),
        Size = row.FindWhole(6),
        Address = row.FindText(7),
        Updated = row.GetTime(8),
    };
}
