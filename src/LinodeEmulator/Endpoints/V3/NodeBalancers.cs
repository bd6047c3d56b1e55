using System.Text.Json.Nodes;
using LinodeEmulator.State;
using LinodeEmulator.Wire;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

internal static class NodeBalancers
{
    /// <summary>Sent as a label it means: choose one.</summary>
    private const string ChooseLabel = "deflabel9000cakemix";

    public static void Map(ActionTable actions)
    {
        actions.Write(
            "nodebalancer.create",
            "Makes a NodeBalancer",
            "NOACCESS,CCFAILED,VALIDATION",
            Create,
            Num("DatacenterID").Required,
            Str("Label", ChooseLabel),
            Num("ClientConnThrottle", 0));
        actions.Write(
            "nodebalancer.update",
            "Changes a NodeBalancer",
            "NOTFOUND,VALIDATION",
            Update,
            Num("NodeBalancerID").Required,
            Str("Label"),
            Num("ClientConnThrottle"));
        actions.Write("nodebalancer.delete", "Deletes a NodeBalancer", "NOTFOUND", Delete, Num("NodeBalancerID").Required);
        actions.Read("nodebalancer.list", "Lists NodeBalancers", List, Num("NodeBalancerID"));
    }

    public static NodeBalancer Find(V3Call call) => call.Row(call.Cloud.Balancers, "NodeBalancerID");

    private static JsonObject Answer(long id) => new() { ["NodeBalancerID"] = id };

    private static JsonObject Create(V3Call call)
    {
        var body = new JsonObject { ["region"] = call.Datacenter().Id, ["client_conn_throttle"] = call.Number("ClientConnThrottle") };
        if (call.Text("Label") is var label and not ChooseLabel)
        {
            body["label"] = label;
        }

        return Answer((long)call.Newer("POST", "nodebalancers", body)["id"]!);
    }

    private static JsonObject Update(V3Call call)
    {
        var (row, body) = (Find(call), new JsonObject());
        if (call.Sent("Label") is { } label)
        {
            body["label"] = label;
        }

        if (call.Number("ClientConnThrottle") is { } throttle)
        {
            body["client_conn_throttle"] = throttle;
        }

        call.Newer("PUT", $"nodebalancers/{row.Id}", body);
        return Answer(row.Id);
    }

    private static JsonObject Delete(V3Call call)
    {
        var row = Find(call);
        call.Newer("DELETE", $"nodebalancers/{row.Id}");
        return Answer(row.Id);
    }

    private static JsonArray List(V3Call call)
    {
        IEnumerable<NodeBalancer> rows = call.Number("NodeBalancerID") is null ? call.Cloud.Balancers.Rows : [Find(call)];
        return Loose.Rows(rows.Select(row => new JsonObject
        {
            ["NODEBALANCERID"] = row.Id,
            ["LABEL"] = Loose.Text(row.Label),
            ["DATACENTERID"] = call.Cloud.Catalogue.Datacenters.NumberOf(row.Region),
            ["HOSTNAME"] = BalancerWire.Of(row).Hostname,
            ["ADDRESS4"] = row.Ipv4,
            ["ADDRESS6"] = row.Ipv6,
            ["CLIENTCONNTHROTTLE"] = row.Throttle,
        }));
    }
}
