using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class BalancerConfigs
{
    private static readonly Filterable<BalancerConfig> NoFields = new();

    public static void Map(RouteTable routes)
    {
        const string configs = "nodebalancers/{nodeBalancerId}/configs";
        routes.List(
            configs,
            "nodebalancers:read_only",
            call => call.Page(
                call.Cloud.BalancerConfigs.OwnedBy(NodeBalancers.Balancer(call).Id),
                NoFields,
                BalancerConfigWire.Of,
                V4Json.Default.PageBalancerConfigWire));
        routes.Post(configs, "nodebalancers:read_write", Create);
        routes.Get(configs + "/{configId}", "nodebalancers:read_only", call => Show(Config(call)));
        routes.Put(configs + "/{configId}", "nodebalancers:read_write", Update);
        routes.Delete(configs + "/{configId}", "nodebalancers:read_write", Delete);
        routes.Post(configs + "/{configId}/rebuild", "nodebalancers:read_write", Rebuild);
    }

    public static BalancerConfig Config(ApiCall call) =>
        NodeBalancers.Balancer(call) is var balancer
            && call.Row(call.Cloud.BalancerConfigs, "configId") is var config && config.NodeBalancerId == balancer.Id
            ? config
            : throw ApiProblem.NotFound;

    public static void Remove(Cloud cloud, BalancerConfig config)
    {
        foreach (var node in cloud.BalancerNodes.OwnedBy(config.Id))
        {
            cloud.BalancerNodes.Remove(node.Id);
        }

        cloud.BalancerConfigs.Remove(config.Id);
    }

    private static EmulatorResponse Show(BalancerConfig row) => Reply.Json(BalancerConfigWire.Of(row), V4Json.Default.BalancerConfigWire);

    private static EmulatorResponse Create(ApiCall call)
    {
        var balancer = NodeBalancers.Balancer(call);
        var draft = BalancerReader.Read(call.Body, call.Cloud, balancer.Region, nodesNeeded: false);
        CheckPort(call, balancer, draft, except: null);
        call.Body.Done();
        var config = draft.Put(call.Cloud, balancer.Id, keep: null);
        call.Cloud.Events.Notify("nodebalancer_config_create", Entities.Of(balancer), call.Now, call.User);
        return Show(config);
    }

    private static EmulatorResponse Update(ApiCall call)
    {
        var (balancer, old) = (NodeBalancers.Balancer(call), Config(call));
        var draft = BalancerReader.Read(call.Body, call.Cloud, balancer.Region, nodesNeeded: false, old);
        CheckPort(call, balancer, draft, old);
        call.Body.NotEmulated("nodes");
        call.Body.Done();
        call.Cloud.BalancerConfigs.Put(draft.Config);
        call.Cloud.Events.Notify("nodebalancer_config_update", Entities.Of(balancer), call.Now, call.User);
        return Show(draft.Config);
    }

    private static EmulatorResponse Delete(ApiCall call)
    {
        var balancer = NodeBalancers.Balancer(call);
        Remove(call.Cloud, Config(call));
        call.Cloud.Events.Notify("nodebalancer_config_delete", Entities.Of(balancer), call.Now, call.User);
        return Reply.Empty;
    }

    /// <summary>The list of back ends is replaced: one sent with the id it has keeps it, one sent without gets a new one, and what was not sent is
    /// gone.</summary>
    private static EmulatorResponse Rebuild(ApiCall call)
    {
        var (balancer, old) = (NodeBalancers.Balancer(call), Config(call));
        var draft = BalancerReader.Read(call.Body, call.Cloud, balancer.Region, nodesNeeded: true, old);
        CheckPort(call, balancer, draft, old);
        var before = call.Cloud.BalancerNodes.OwnedBy(old.Id);
        foreach (var id in draft.Nodes.Select(node => node.Id).OfType<long>().Where(id => before.All(node => node.Id != id)))
        {
            call.Body.Fail("nodes", $"Node {id} is not a node of this configuration");
        }

        call.Body.Done();
        foreach (var node in before)
        {
            call.Cloud.BalancerNodes.Remove(node.Id);
        }

        var config = draft.Put(call.Cloud, balancer.Id, keep: old);
        call.Cloud.Events.Notify("nodebalancer_config_update", Entities.Of(balancer), call.Now, call.User);
        return Show(config);
    }

    private static void CheckPort(ApiCall call, NodeBalancer balancer, BalancerDraft draft, BalancerConfig? except)
    {
        if (call.Cloud.BalancerConfigs.OwnedBy(balancer.Id).Any(config => config.Port == draft.Config.Port && config.Id != except?.Id))
        {
            call.Body.Fail("port", "Port must be unique");
        }
    }
}
