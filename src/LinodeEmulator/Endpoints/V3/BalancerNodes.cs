using System.Text.Json.Nodes;
using LinodeEmulator.State;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>The back ends behind a port of a NodeBalancer.</summary>
internal static class BalancerNodes
{
    private static readonly string[] Modes = ["accept", "reject", "drain"];

    public static void Map(ActionTable actions)
    {
        actions.Write(
            "nodebalancer.node.create",
            "Puts a back end behind a port",
            "NOTFOUND,VALIDATION",
            Create,
            Num("ConfigID").Required,
            Str("Label").Required,
            Str("Address").Required,
            Num("Weight", 100),
            Str("Mode", "accept"));
        actions.Write(
            "nodebalancer.node.update",
            "Changes a back end",
            "NOTFOUND,VALIDATION",
            Update,
            Num("NodeID").Required,
            Str("Label"),
            Str("Address"),
            Num("Weight"),
            Str("Mode"));
        actions.Write("nodebalancer.node.delete", "Takes a back end away", "NOTFOUND", Delete, Num("NodeID").Required);
        actions.Read("nodebalancer.node.list", "Lists the back ends behind a port", List, Num("ConfigID").Required, Num("NodeID"));
    }

    private static JsonObject Answer(long id) => new() { ["NodeID"] = id };

    private static string Path(BalancerNode row) => $"nodebalancers/{row.NodeBalancerId}/configs/{row.ConfigId}/nodes/{row.Id}";

    private static JsonObject Create(V3Call call)
    {
        var config = call.Row(call.Cloud.BalancerConfigs, "ConfigID");
        return Answer((long)call.Newer("POST", $"nodebalancers/{config.NodeBalancerId}/configs/{config.Id}/nodes", Body(call))["id"]!);
    }

    private static JsonObject Update(V3Call call)
    {
        var row = call.Row(call.Cloud.BalancerNodes, "NodeID");
        call.Newer("PUT", Path(row), Body(call));
        return Answer(row.Id);
    }

    private static JsonObject Delete(V3Call call)
    {
        var row = call.Row(call.Cloud.BalancerNodes, "NodeID");
        call.Newer("DELETE", Path(row));
        return Answer(row.Id);
    }

    private static JsonObject Body(V3Call call)
    {
        var body = new JsonObject();
        foreach (var (name, newer) in new[] { ("Label", "label"), ("Address", "address") })
        {
            if (call.Sent(name) is { } text)
            {
                body[newer] = text;
            }
        }

        if (call.Number("Weight") is { } weight)
        {
            body["weight"] = weight;
        }

        if (call.Word("Mode", Modes) is { } mode)
        {
            body["mode"] = mode;
        }

        return body;
    }

    private static JsonArray List(V3Call call)
    {
        var (config, wanted) = (call.Row(call.Cloud.BalancerConfigs, "ConfigID"), call.Number("NodeID"));
        return Loose.Rows(call.Cloud.BalancerNodes.OwnedBy(config.Id).Where(row => wanted is null || row.Id == wanted).Select(row => new JsonObject
        {
            ["NODEID"] = row.Id,
            ["CONFIGID"] = row.ConfigId,
            ["NODEBALANCERID"] = row.NodeBalancerId,
            ["LABEL"] = Loose.Text(row.Label),
            ["ADDRESS"] = row.Address,
            ["WEIGHT"] = row.Weight,
            ["MODE"] = row.Mode,
            ["STATUS"] = "Unknown",
        }));
    }
}
