using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

/// <summary>Balancers are ready in the answer that makes them, configurations and back ends included.</summary>
internal static class NodeBalancers
{
    private const int MostThrottle = 20;

    private static readonly Filterable<NodeBalancer> Fields = new Filterable<NodeBalancer>()
        .Text("label", row => row.Label)
        .Text("region", row => row.Region)
        .Text("ipv4", row => row.Ipv4)
        .Texts("tags", row => row.Tags);

    public static void Map(RouteTable routes)
    {
        routes.List(
            "nodebalancers",
            "nodebalancers:read_only",
            call => call.Page(call.Cloud.Balancers, Fields, BalancerWire.Of, V4Json.Default.PageBalancerWire));
        routes.Post("nodebalancers", "nodebalancers:read_write", Create);
        routes.NotEmulated("*", "nodebalancers/types", "GET");
        routes.Get("nodebalancers/{nodeBalancerId}", "nodebalancers:read_only", call => Show(Balancer(call)));
        routes.Put("nodebalancers/{nodeBalancerId}", "nodebalancers:read_write", Update);
        routes.Delete("nodebalancers/{nodeBalancerId}", "nodebalancers:read_write", Delete);
        routes.NotEmulated("nodebalancers:read_only", "nodebalancers/{nodeBalancerId}/stats", "GET");
        routes.List("linode/instances/{linodeId}/nodebalancers", "linodes:read_only", ListOfLinode);
        BalancerConfigs.Map(routes);
        BalancerNodes.Map(routes);
    }

    public static NodeBalancer Balancer(ApiCall call) => call.Row(call.Cloud.Balancers, "nodeBalancerId");

    private static EmulatorResponse Show(NodeBalancer row) => Reply.Json(BalancerWire.Of(row), V4Json.Default.BalancerWire);

    private static EmulatorResponse Create(ApiCall call)
    {
        var (body, cloud) = (call.Body, call.Cloud);
        var region = body.RequiredText("region");
        CheckRegion(body, cloud, region);
        var label = LabelRule.NodeBalancer.Read(body);
        CheckTaken(body, cloud, label);
        var throttle = body.Int("client_conn_throttle", 0, MostThrottle) ?? 0;
        var udpThrottle = body.Int("client_udp_sess_throttle", 0, MostThrottle) ?? 0;
        var tags = TagRule.Read(body) ?? [];
        var type = body.OneOf("type", "common", "premium") ?? "common";
        var configs = (body.Objects("configs") ?? []).Select(one => BalancerReader.Read(one, cloud, region, nodesNeeded: true)).ToList();
        if (configs.DistinctBy(config => config.Config.Port).Count() < configs.Count)
        {
            body.Fail("configs", "Port must be unique");
        }

        var firewall = body.Whole("firewall_id") is { } firewallId ? ReadFirewall(body, cloud, firewallId) : null;
        body.NotEmulated("vpcs", "frontend_vpcs", "ipv4");
        body.Done();

        var id = cloud.Counters.Next("nodebalancer");
        var address = cloud.Addresses.Put(cloud.Pool.NextPublic(region) with { NodeBalancerId = id });
        var row = cloud.Balancers.Put(new NodeBalancer(id, label ?? $"balancer{id}", region, address.Text, Addresses.Ipv6(id, region), call.Now)
        {
            Throttle = throttle,
            UdpThrottle = udpThrottle,
            Type = type,
            Tags = cloud.Tagged(tags),
        });
        cloud.Events.Notify("nodebalancer_create", Entities.Of(row), call.Now, call.User);
        foreach (var config in configs)
        {
            config.Put(cloud, row.Id, keep: null);
        }

        if (firewall is not null)
        {
            Devices.Attach(call, firewall, "nodebalancer", row.Id);
        }

        return Show(row);
    }

    private static EmulatorResponse Update(ApiCall call)
    {
        var (row, body) = (Balancer(call), call.Body);
        var label = LabelRule.NodeBalancer.Read(body);
        CheckTaken(body, call.Cloud, label == row.Label ? null : label);
        var throttle = body.Int("client_conn_throttle", 0, MostThrottle);
        var udpThrottle = body.Int("client_udp_sess_throttle", 0, MostThrottle);
        var tags = TagRule.Read(body);
        body.Ignore("id", "region", "hostname", "ipv4", "ipv6", "transfer", "created", "updated");
        body.Done();
        var changed = call.Cloud.Balancers.Put(row with
        {
            Label = label ?? row.Label,
            Throttle = throttle ?? row.Throttle,
            UdpThrottle = udpThrottle ?? row.UdpThrottle,
            Tags = tags is null ? row.Tags : call.Cloud.Tagged(tags),
            Updated = call.Now,
        });
        call.Cloud.Events.Notify("nodebalancer_update", Entities.Of(changed), call.Now, call.User);
        return Show(changed);
    }

    /// <summary>Its configurations, their back ends, its address and its place behind a firewall go with it.</summary>
    private static EmulatorResponse Delete(ApiCall call)
    {
        var (row, cloud) = (Balancer(call), call.Cloud);
        foreach (var config in cloud.BalancerConfigs.OwnedBy(row.Id))
        {
            BalancerConfigs.Remove(cloud, config);
        }

        if (cloud.Addresses.FindByKey(row.Ipv4) is { } address)
        {
            cloud.Addresses.Remove(address.Id);
        }

        if (cloud.Devices.FindByKey(FirewallDevice.KeyOf("nodebalancer", row.Id)) is { } device)
        {
            cloud.Devices.Remove(device.Id);
        }

        cloud.Balancers.Remove(row.Id);
        cloud.Events.Notify("nodebalancer_delete", Entities.Of(row), call.Now, call.User);
        return Reply.Empty;
    }

    private static EmulatorResponse ListOfLinode(ApiCall call)
    {
        var cloud = call.Cloud;
        var own = cloud.Addresses.OwnedBy(call.Linode().Id).Select(address => address.Text).ToHashSet();
        var ids = cloud.BalancerNodes.Rows.Where(node => own.Contains(node.Address.Split(':')[0])).Select(node => node.NodeBalancerId).ToHashSet();
        return call.Page(cloud.Balancers.Rows.Where(row => ids.Contains(row.Id)), Fields, BalancerWire.Of, V4Json.Default.PageBalancerWire);
    }

    private static void CheckRegion(BodyReader body, Cloud cloud, string region)
    {
        if (region.Length > 0 && !cloud.Catalogue.Regions.ContainsKey(region))
        {
            body.Fail("region", Reasons.RegionNotValid);
        }
        else if (region.Length > 0 && !cloud.Catalogue.Regions[region].Offers("NodeBalancers"))
        {
            body.Fail("region", "NodeBalancers are not available in this region");
        }
    }

    private static void CheckTaken(BodyReader body, Cloud cloud, string? label)
    {
        if (label is not null && cloud.Balancers.FindByKey(label) is not null)
        {
            body.Fail("label", "Label must be unique among your NodeBalancers");
        }
    }

    private static Firewall? ReadFirewall(BodyReader body, Cloud cloud, long id)
    {
        if (cloud.Firewalls.Find(id) is { } firewall)
        {
            return firewall;
        }

        body.Fail("firewall_id", "firewall_id is not valid");
        return null;
    }
}
