using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class BalancerNodes
{
    private static readonly Filterable<BalancerNode> NoFields = new();

    public static void Map(RouteTable routes)
    {
        const string nodes = "nodebalancers/{nodeBalancerId}/configs/{configId}/nodes";
        routes.List(
            nodes,
            "nodebalancers:read_only",
            call => call.Page(
                call.Cloud.BalancerNodes.OwnedBy(BalancerConfigs.Config(call).Id),
                NoFields,
                BalancerNodeWire.Of,
                V4Json.Default.PageBalancerNodeWire));
        routes.Post(nodes, "nodebalancers:read_write", Create);
        routes.Get(nodes + "/{nodeId}", "nodebalancers:read_only", call => Show(Node(call)));
        routes.Put(nodes + "/{nodeId}", "nodebalancers:read_write", Update);
        routes.Delete(nodes + "/{nodeId}", "nodebalancers:read_write", Delete);
    }

    private static EmulatorResponse Show(BalancerNode row) => Reply.Json(BalancerNodeWire.Of(row), V4Json.Default.BalancerNodeWire);

    private static BalancerNode Node(ApiCall call) =>
        BalancerConfigs.Config(call) is var config && call.Row(call.Cloud.BalancerNodes, "nodeId") is var node && node.ConfigId == config.Id
            ? node
            : throw ApiProblem.NotFound;

    private static EmulatorResponse Create(ApiCall call)
    {
        var (balancer, config) = (NodeBalancers.Balancer(call), BalancerConfigs.Config(call));
        var draft = BalancerReader.ReadNode(call.Body, call.Cloud, balancer.Region);
        call.Body.Done();
        var node = draft.Put(call.Cloud, config);
        call.Cloud.Events.Notify("nodebalancer_node_create", Entities.Of(balancer), call.Now, call.User);
        return Show(node);
    }

    private static EmulatorResponse Update(ApiCall call)
    {
        var (balancer, config, old) = (NodeBalancers.Balancer(call), BalancerConfigs.Config(call), Node(call));
        var draft = BalancerReader.ReadNode(call.Body, call.Cloud, balancer.Region, old);
        call.Body.Done();
        var node = draft.Put(call.Cloud, config, old.Id);
        call.Cloud.Events.Notify("nodebalancer_node_update", Entities.Of(balancer), call.Now, call.User);
        return Show(node);
    }

    private static EmulatorResponse Delete(ApiCall call)
    {
        var (balancer, node) = (NodeBalancers.Balancer(call), Node(call));
        call.Cloud.BalancerNodes.Remove(node.Id);
        call.Cloud.Events.Notify("nodebalancer_node_delete", Entities.Of(balancer), call.Now, call.User);
        return Reply.Empty;
    }
}
