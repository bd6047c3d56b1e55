using LinodeEmulator.Http;
using LinodeEmulator.Limits;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class Instances
{
    private static readonly string[] Days = ["Scheduling", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    private static readonly string[] Windows =
        ["Scheduling", "W0", "W2", "W4", "W6", "W8", "W10", "W12", "W14", "W16", "W18", "W20", "W22"];

    public static void Map(RouteTable routes)
    {
        routes.List(
            "linode/instances",
            "linodes:read_only",
            call => call.Page(call.Cloud.Instances, Fields(call.Cloud), row => InstanceWire.Of(row, call.Cloud), V4Json.Default.PageInstanceWire));
        routes.Post("linode/instances", "linodes:read_write", CreateInstance.Handle, LimitClass.CreateLinode);
        routes.Get("linode/instances/{linodeId}", "linodes:read_only", call => Show(call, call.Linode()));
        routes.Put("linode/instances/{linodeId}", "linodes:read_write", Update);
        routes.Delete("linode/instances/{linodeId}", "linodes:read_write", Delete);
    }

    public static EmulatorResponse Show(ApiCall call, Instance row) => Reply.Json(InstanceWire.Of(row, call.Cloud), V4Json.Default.InstanceWire);

    private static Filterable<Instance> Fields(Cloud cloud) => new Filterable<Instance>()
        .Number("id", row => row.Id)
        .Text("label", row => row.Label)
        .Text("region", row => row.Region)
        .Text("group", row => row.Group)
        .Texts("tags", row => row.Tags)
        .Texts("ipv4", row => [.. InstanceWire.Ipv4Of(row, cloud)]);

    private static EmulatorResponse Update(ApiCall call)
    {
        var (row, body) = (call.Linode(), call.Body);
        var label = LabelRule.Linode.Read(body);
        if (label is not null && label != row.Label && call.Cloud.Instances.FindByKey(label) is not null)
        {
            body.Fail("label", Reasons.LinodeLabelTaken);
        }

        var group = body.Text("group");
        var watchdog = body.Flag("watchdog_enabled");
        var tags = TagRule.Read(body);
        var alerts = ReadAlerts(body.Object("alerts"), row.Alerts);
        var (day, window) = ReadSchedule(body.Object("backups"));
        body.OneOf("maintenance_policy", "linode/migrate", "linode/power_off_on");
        body.Ignore(
            "id", "status", "created", "updated", "type", "ipv4", "ipv6", "image", "region", "specs", "hypervisor", "host_uuid", "has_user_data");
        body.Done();
        call.Cloud.Change(row.Id, call.Now, old => old with
        {
            Label = label ?? old.Label,
            Group = group ?? old.Group,
            Watchdog = watchdog ?? old.Watchdog,
            Tags = tags is null ? old.Tags : call.Cloud.Tagged(tags),
            Alerts = alerts,
            ScheduledDay = day ?? old.ScheduledDay,
            ScheduledWindow = window ?? old.ScheduledWindow,
        });
        return Show(call, call.Cloud.Instances.Get(row.Id));
    }

    private static Alerts ReadAlerts(BodyReader? body, Alerts old)
    {
        if (body is null)
        {
            return old;
        }

        var read = new Alerts(
            body.Int("cpu", 0, 100_000) ?? old.Cpu,
            body.Int("network_in", 0) ?? old.NetworkIn,
            body.Int("network_out", 0) ?? old.NetworkOut,
            body.Int("transfer_quota", 0, 100) ?? old.TransferQuota,
            body.Int("io", 0) ?? old.Io);
        body.Complete();
        return read;
    }

    private static (string? Day, string? Window) ReadSchedule(BodyReader? body)
    {
        (string? Day, string? Window) read = default;
        if (body?.Object("schedule") is { } schedule)
        {
            read = (schedule.OneOf("day", Days), schedule.OneOf("window", Windows));
            schedule.Complete();
        }

        body?.Ignore("enabled", "available", "last_successful");
        body?.Complete();
        return read;
    }

    private static EmulatorResponse Delete(ApiCall call)
    {
        var row = call.Linode();
        if (call.Cloud.Work.Current(Job.LinodeLane(row.Id))?.Kind == JobKinds.Restore.Name)
        {
            throw ApiProblem.Refused(Reasons.Restoring);
        }

        LinodeWork.Delete(call, row);
        return Reply.Empty;
    }
}
