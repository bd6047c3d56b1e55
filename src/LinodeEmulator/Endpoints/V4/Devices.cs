using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Time;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

/// <summary>What a firewall stands before. A Linode or NodeBalancer has one firewall at most.</summary>
internal static class Devices
{
    private static readonly Filterable<FirewallDevice> Fields = new Filterable<FirewallDevice>()
        .Number("id", row => row.Id)
        .Time("created", row => row.Created)
        .Time("updated", row => row.Created);

    public static void Map(RouteTable routes)
    {
        const string devices = "networking/firewalls/{firewallId}/devices";
        routes.List(
            devices,
            "firewall:read_only",
            call => call.Page(
                call.Cloud.Devices.OwnedBy(Firewalls.Firewall(call).Id), Fields, row => Wire(row, call.Cloud), V4Json.Default.PageDeviceWire));
        routes.Post(devices, "firewall:read_write", Create);
        routes.Get(devices + "/{deviceId}", "firewall:read_only", call => Reply.Json(Wire(Device(call), call.Cloud), V4Json.Default.DeviceWire));
        routes.Delete(devices + "/{deviceId}", "firewall:read_write", Delete);
        routes.List("linode/instances/{linodeId}/firewalls", "linodes:read_only", call => ListOf(call, "linode", call.Linode().Id));
        routes.List(
            "nodebalancers/{nodeBalancerId}/firewalls",
            "nodebalancers:read_only",
            call => ListOf(call, "nodebalancer", call.Row(call.Cloud.Balancers, "nodeBalancerId").Id));
        routes.NotEmulated("linodes:read_write", "linode/instances/{linodeId}/firewalls/apply", "POST");
    }

    public static FirewallDevice Attach(ApiCall call, Firewall firewall, string type, long entityId)
    {
        var device = call.Cloud.Devices.Put(new FirewallDevice(call.Cloud.Counters.Next("device"), firewall.Id, type, entityId, call.Now));
        call.Cloud.Events.Notify("firewall_device_add", Entities.Of(firewall), call.Now, call.User, EntityOf(device, call.Cloud));
        return device;
    }

    /// <summary>Why something cannot be put behind a firewall, if it cannot.</summary>
    public static string? Complaint(Cloud cloud, string type, long id)
    {
        var taken = cloud.Devices.FindByKey(FirewallDevice.KeyOf(type, id)) is not null;
        return type switch
        {
            "linode" when cloud.Instances.Find(id) is not { } linode => $"Linode {id} does not exist",
            "linode" when taken => $"Linode {id} has a firewall already",
            "nodebalancer" when cloud.Balancers.Find(id) is not { } balancer => $"NodeBalancer {id} does not exist",
            "nodebalancer" when taken => Reasons.SecondFirewall(cloud.Balancers.Get(id).Label, id),
            _ => null,
        };
    }

    public static Entity EntityOf(FirewallDevice device, Cloud cloud) =>
        device.Type == "linode" ? Entities.Of(cloud.Instances.Get(device.EntityId)) : Entities.Of(cloud.Balancers.Get(device.EntityId));

    private static DeviceWire Wire(FirewallDevice row, Cloud cloud) =>
        new(row.Id, EntityWire.Of(EntityOf(row, cloud))!, ApiTime.Text(row.Created), ApiTime.Text(row.Created));

    private static FirewallDevice Device(ApiCall call) =>
        call.Row(call.Cloud.Devices, "deviceId") is var device && device.FirewallId == Firewalls.Firewall(call).Id
        ? device
        : throw ApiProblem.NotFound;

    private static EmulatorResponse Create(ApiCall call)
    {
        var (firewall, body) = (Firewalls.Firewall(call), call.Body);
        var id = body.RequiredWhole("id");
        body.RequiredText("type");
        var type = body.OneOf("type", "linode", "nodebalancer");
        if (type is not null && Complaint(call.Cloud, type, id) is { } complaint)
        {
            body.Fail(type == "nodebalancer" ? "devices.nodebalancers" : "id", complaint);
        }

        body.Done();
        return Reply.Json(Wire(Attach(call, firewall, type!, id), call.Cloud), V4Json.Default.DeviceWire);
    }

    private static EmulatorResponse Delete(ApiCall call)
    {
        var device = Device(call);
        var entity = EntityOf(device, call.Cloud);
        call.Cloud.Devices.Remove(device.Id);
        call.Cloud.Events.Notify("firewall_device_remove", Entities.Of(Firewalls.Firewall(call)), call.Now, call.User, entity);
        return Reply.Empty;
    }

    private static EmulatorResponse ListOf(ApiCall call, string type, long entityId)
    {
        var device = call.Cloud.Devices.FindByKey(FirewallDevice.KeyOf(type, entityId));
        Firewall[] firewalls = device is null ? [] : [call.Cloud.Firewalls.Get(device.FirewallId)];
        return call.Page(firewalls, Firewalls.Fields, row => Firewalls.Wire(row, call.Cloud), V4Json.Default.PageFirewallWire);
    }
}
