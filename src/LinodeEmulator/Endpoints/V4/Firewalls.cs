using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Time;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class Firewalls
{
    public static Filterable<Firewall> Fields { get; } = new Filterable<Firewall>()
        .Number("id", row => row.Id)
        .Text("label", row => row.Label)
        .Texts("tags", row => row.Tags)
        .Time("created", row => row.Created)
        .Time("updated", row => row.Updated);

    public static void Map(RouteTable routes)
    {
        routes.List(
            "networking/firewalls",
            "firewall:read_only",
            call => call.Page(call.Cloud.Firewalls, Fields, row => Wire(row, call.Cloud), V4Json.Default.PageFirewallWire));
        routes.Post("networking/firewalls", "firewall:read_write", Create);
        routes.Get("networking/firewalls/{firewallId}", "firewall:read_only", call => Show(call, Firewall(call)));
        routes.Put("networking/firewalls/{firewallId}", "firewall:read_write", Update);
        routes.Delete("networking/firewalls/{firewallId}", "firewall:read_write", Delete);
        routes.Get("networking/firewalls/{firewallId}/rules", "firewall:read_only", call => ShowRules(Firewall(call)));
        routes.Put("networking/firewalls/{firewallId}/rules", "firewall:read_write", UpdateRules);
        routes.NotEmulated("firewall:read_only", "networking/firewalls/{firewallId}/history", "GET");
        routes.NotEmulated("firewall:read_only", "networking/firewalls/{firewallId}/history/rules/{version}", "GET");
        Devices.Map(routes);
    }

    public static Firewall Firewall(ApiCall call) => call.Row(call.Cloud.Firewalls, "firewallId");

    public static FirewallWire Wire(Firewall row, Cloud cloud) => new(
        row.Id, row.Label, row.Status, RulesWire.Of(row.Rules), row.Tags,
        [.. cloud.Devices.OwnedBy(row.Id).Select(device => EntityWire.Of(Devices.EntityOf(device, cloud))!)],
        ApiTime.Text(row.Created), ApiTime.Text(row.Updated));

    private static EmulatorResponse Show(ApiCall call, Firewall row) => Reply.Json(Wire(row, call.Cloud), V4Json.Default.FirewallWire);

    private static EmulatorResponse ShowRules(Firewall row) => Reply.Json(RulesWire.Of(row.Rules), V4Json.Default.RulesWire);

    private static EmulatorResponse Create(ApiCall call)
    {
        var (body, cloud) = (call.Body, call.Cloud);
        body.RequiredText("label");
        var label = LabelRule.Firewall.Read(body) ?? "";
        CheckTaken(body, cloud, label);
        if (!body.Holds("rules"))
        {
            body.Fail("rules", "rules is required");
        }

        var rules = body.Object("rules") is { } sent ? RuleReader.Read(sent) : null;
        var tags = TagRule.Read(body) ?? [];
        var devices = body.Object("devices");
        var linodes = ReadDevices(devices, "linodes", "linode", cloud);
        var balancers = ReadDevices(devices, "nodebalancers", "nodebalancer", cloud);
        devices?.NotEmulated("linode_interfaces");
        devices?.Complete();
        body.Done();

        var row = cloud.Firewalls.Put(new Firewall(cloud.Counters.Next("firewall"), label, rules!, call.Now) { Tags = cloud.Tagged(tags) });
        cloud.Events.Notify("firewall_create", Entities.Of(row), call.Now, call.User);
        foreach (var id in linodes)
        {
            Devices.Attach(call, row, "linode", id);
        }

        foreach (var id in balancers)
        {
            Devices.Attach(call, row, "nodebalancer", id);
        }

        return Show(call, row);
    }

    private static IReadOnlyList<long> ReadDevices(BodyReader? body, string name, string type, Cloud cloud)
    {
        var ids = body?.Wholes(name) ?? [];
        foreach (var id in ids)
        {
            if (Devices.Complaint(cloud, type, id) is { } complaint)
            {
                body!.Fail(name, complaint);
            }
        }

        return ids;
    }

    private static EmulatorResponse Update(ApiCall call)
    {
        var (row, body) = (Firewall(call), call.Body);
        var label = LabelRule.Firewall.Read(body);
        if (label is not null && label != row.Label)
        {
            CheckTaken(body, call.Cloud, label);
        }

        var status = body.OneOf("status", "enabled", "disabled");
        var tags = TagRule.Read(body);
        body.Done();
        var changed = call.Cloud.Firewalls.Put(row with
        {
            Label = label ?? row.Label,
            Status = status ?? row.Status,
            Tags = tags is null ? row.Tags : call.Cloud.Tagged(tags),
            Updated = call.Now,
        });
        call.Cloud.Events.Notify("firewall_update", Entities.Of(changed), call.Now, call.User);
        return Show(call, changed);
    }

    private static EmulatorResponse UpdateRules(ApiCall call)
    {
        var row = Firewall(call);
        var rules = RuleReader.Read(call.Body);
        call.Body.Done();
        var changed = call.Cloud.Firewalls.Put(row with { Rules = rules with { Version = row.Rules.Version + 1 }, Updated = call.Now });
        call.Cloud.Events.Notify("firewall_rules_update", Entities.Of(changed), call.Now, call.User);
        return ShowRules(changed);
    }

    /// <summary>Its devices go with it.</summary>
    private static EmulatorResponse Delete(ApiCall call)
    {
        var row = Firewall(call);
        foreach (var device in call.Cloud.Devices.OwnedBy(row.Id))
        {
            call.Cloud.Devices.Remove(device.Id);
        }

        call.Cloud.Firewalls.Remove(row.Id);
        call.Cloud.Events.Notify("firewall_delete", Entities.Of(row), call.Now, call.User);
        return Reply.Empty;
    }

    private static void CheckTaken(BodyReader body, Cloud cloud, string label)
    {
        if (cloud.Firewalls.FindByKey(label) is not null)
        {
            body.Fail("label", "Label must be unique among your firewalls");
        }
    }
}
