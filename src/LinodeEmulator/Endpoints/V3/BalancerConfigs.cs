using System.Text.Json.Nodes;
using LinodeEmulator.State;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>The ports that a NodeBalancer listens on.</summary>
internal static class BalancerConfigs
{
    private static readonly IReadOnlyList<Parameter> Settings =
    [
        Num("Port", 80), Str("Protocol", "http"), Str("Algorithm", "roundrobin"), Str("Stickiness", "table"), Str("check", "connection"),
        Num("check_interval", 5), Num("check_timeout", 3), Num("check_attempts", 2), Str("check_path", "/"), Str("check_body", ""),
        Digit("check_passive", true), Str("ssl_cert", ""), Str("ssl_key", ""), Str("cipher_suite", "recommended"),
    ];

    public static void Map(ActionTable actions)
    {
        actions.Write(
            "nodebalancer.config.create",
            "Lets a NodeBalancer listen on a port",
            "NOTFOUND,VALIDATION",
            Create,
            [Num("NodeBalancerID").Required, .. Settings]);
        actions.Write(
            "nodebalancer.config.update",
            "Changes how a NodeBalancer listens on a port",
            "NOTFOUND,VALIDATION",
            Update,
            [Num("ConfigID").Required, .. Settings.Select(setting => setting with { Default = null })]);
        actions.Write(
            "nodebalancer.config.delete",
            "Lets a NodeBalancer listen on a port no longer",
            "NOTFOUND",
            Delete,
            Num("NodeBalancerID").Required,
            Num("ConfigID").Required);
        actions.Read("nodebalancer.config.list", "Lists the ports of a NodeBalancer", List, Num("NodeBalancerID").Required, Num("ConfigID"));
    }

    private static JsonObject Answer(long id) => new() { ["ConfigID"] = id };

    private static JsonObject Create(V3Call call) =>
        Answer((long)call.Newer("POST", $"nodebalancers/{NodeBalancers.Find(call).Id}/configs", Body(call))["id"]!);

    private static JsonObject Update(V3Call call)
    {
        var row = call.Row(call.Cloud.BalancerConfigs, "ConfigID");
        call.Newer("PUT", $"nodebalancers/{row.NodeBalancerId}/configs/{row.Id}", Body(call));
        return Answer(row.Id);
    }

    private static JsonObject Delete(V3Call call)
    {
        var (balancer, row) = (NodeBalancers.Find(call), call.Row(call.Cloud.BalancerConfigs, "ConfigID"));
        call.Newer("DELETE", $"nodebalancers/{balancer.Id}/configs/{row.Id}");
        return Answer(row.Id);
    }

    /// <summary>The newer face calls them the same, all in lower case.</summary>
    private static JsonObject Body(V3Call call)
    {
        var body = new JsonObject();
        foreach (var setting in Settings)
        {
            var text = call.Text(setting.Name);
            if (text.Length > 0 || call.Sent(setting.Name) is not null)
            {
                body[setting.Name.ToLowerInvariant()] = setting.Type switch
                {
                    ParameterType.Number => call.Number(setting.Name),
                    ParameterType.Digit => call.Flag(setting.Name),
                    _ when setting.Name is "check_path" or "check_body" or "ssl_cert" or "ssl_key" => text,
                    _ => text.ToLowerInvariant(),
                };
            }
        }

        return body;
    }

    private static JsonArray List(V3Call call)
    {
        var (balancer, wanted) = (NodeBalancers.Find(call), call.Number("ConfigID"));
        return Loose.Rows(call.Cloud.BalancerConfigs.OwnedBy(balancer.Id).Where(row => wanted is null || row.Id == wanted).Select(Row));
    }

    private static JsonObject Row(BalancerConfig row) => new()
    {
        ["CONFIGID"] = row.Id,
        ["NODEBALANCERID"] = row.NodeBalancerId,
        ["PORT"] = row.Port,
        ["PROTOCOL"] = row.Protocol,
        ["ALGORITHM"] = row.Algorithm,
        ["STICKINESS"] = row.Stickiness,
        ["CHECK"] = row.Check,
        ["CHECK_INTERVAL"] = row.CheckInterval,
        ["CHECK_TIMEOUT"] = row.CheckTimeout,
        ["CHECK_ATTEMPTS"] = row.CheckAttempts,
        ["CHECK_PATH"] = row.CheckPath,
        ["CHECK_BODY"] = row.CheckBody,
        ["CHECK_PASSIVE"] = Loose.Flag(row.CheckPassive),
        ["SSL_COMMONNAME"] = "",
        ["SSL_FINGERPRINT"] = "",
    };
}
