using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LinodeEmulator.Faults;
using LinodeEmulator.State;
using LinodeEmulator.Wire;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

internal static partial class Linodes
{
    public static void Map(ActionTable actions)
    {
        actions.Add(new V3Action(
            "linode.create", "Makes a Linode without disks", Create, [Num("DatacenterID").Required, Num("PlanID").Required, Num("PaymentTerm", 1)])
        {
            Throws = "NOACCESS,CCFAILED,VALIDATION,LINODELIMITER,ACCOUNTLIMIT",
            AddsLinode = true,
        });
        actions.Read("linode.list", "Lists Linodes", List, Num("LinodeID"));
        actions.Write(
            "linode.update",
            "Changes the properties of a Linode",
            "NOTFOUND,VALIDATION",
            Update,
            [
                Num("LinodeID").Required, Str("Label"), Str("lpm_displayGroup"), Bool("watchdog"), .. LinodeAlerts.Parameters, Num("backupWindow"),
                Num("backupWeeklyDay"), Bool("ms_ssh_disabled"), Str("ms_ssh_user"), Str("ms_ssh_ip"), Num("ms_ssh_port"),
            ]);
        actions.Write(
            "linode.delete",
            "Deletes a Linode",
            "NOTFOUND,LINODENOTEMPTY",
            Delete,
            Num("LinodeID").Required,
            Bool("skipChecks", false));
        actions.NotEmulated("linode.mutate", "linode.kvmify", "linode.webconsoletoken");
    }

    public static JsonObject Answer(Instance row) => new() { ["LinodeID"] = row.Id };

    /// <summary>The datacenter and plan that a new Linode is asked for, if it can be had.</summary>
    public static (RegionWire Region, TypeWire Type) Place(V3Call call)
    {
        if (call.Number("PaymentTerm") is not (1 or 12 or 24))
        {
            throw ApiV3Problem.Rule("PaymentTerm must be 1, 12 or 24");
        }

        var (region, type) = (call.Datacenter(), call.Plan());
        if (call.StruckSoldOut(region.Id))
        {
            throw ApiV3Problem.Rule("This datacenter has no room for this plan at the moment");
        }

        return call.IsFull(FaultEffect.LinodeQuota, call.Cloud.Instances.Rows.Count)
            ? throw new ApiV3Problem(ErrorCode.AccountLimit)
            : (region, type);
    }

    private static JsonObject Create(V3Call call)
    {
        var (region, type) = Place(call);
        var row = NewLinode.Put(call, region, type, label: null);
        LinodeWork.Create(call, row, image: null, boots: false);
        return Answer(row);
    }

    private static JsonArray List(V3Call call)
    {
        var wanted = call.Number("LinodeID");
        if (wanted is not null && call.FindLinode(wanted) is null && call.Options.V3RefusesUnknownLinode)
        {
            throw ApiV3Problem.NotFound;
        }

        return Loose.Rows(call.Cloud.Instances.Rows
            .Where(row => row.Status != InstanceStatus.Deleting && (wanted is null || row.Id == wanted))
            .Select(row => LinodeRow.Of(row, call.Cloud)));
    }

    /// <summary>A Linode is made without a name. Who comes to the console comes to those that have one, so it is expected when it is given.</summary>
    private static JsonObject Update(V3Call call)
    {
        var old = call.Linode();
        var label = call.Sent("Label");
        if (label is not null && label != old.Label)
        {
            Check(label, call.Cloud);
        }

        var alerts = LinodeAlerts.Read(call, old.Alerts);
        foreach (var name in new[] { "ms_ssh_disabled", "ms_ssh_user", "ms_ssh_ip", "ms_ssh_port" })
        {
            if (call.Sent(name) is { Length: > 0 })
            {
                throw ApiV3Problem.NotEmulated($"{name} of linode.update");
            }
        }

        call.Cloud.Change(old.Id, call.Now, row => row with
        {
            Label = label ?? row.Label,
            Group = call.Sent("lpm_displayGroup") ?? row.Group,
            Watchdog = call.Flag("watchdog") ?? row.Watchdog,
            BackupWindow = call.Within("backupWindow", 0, int.MaxValue) ?? row.BackupWindow,
            BackupDay = call.Within("backupWeeklyDay", 0, int.MaxValue) ?? row.BackupDay,
            Alerts = alerts,
        });
        var renamed = call.Cloud.Instances.Get(old.Id);
        if (old.Label == NewLinode.DefaultLabel(old.Id) && renamed.Label != old.Label)
        {
            call.ExpectVisitsTo(renamed);
        }

        return Answer(renamed);
    }

    private static JsonObject Delete(V3Call call)
    {
        var row = call.Linode();
        if (call.Flag("skipChecks") != true && call.Cloud.Disks.OwnedBy(row.Id).Count > 0)
        {
            throw new ApiV3Problem(ErrorCode.LinodeNotEmpty);
        }

        LinodeWork.Delete(call, row);
        return Answer(row);
    }

    private static void Check(string label, Cloud cloud)
    {
        if (label.Length is < UnknownsV3.ShortestLinodeLabel or > UnknownsV3.LongestLinodeLabel)
        {
            throw ApiV3Problem.Rule($"Label must be {UnknownsV3.ShortestLinodeLabel} to {UnknownsV3.LongestLinodeLabel} characters long");
        }

        if (!LabelForm().IsMatch(label))
        {
            throw ApiV3Problem.Rule("Label may hold ASCII letters, digits, single '-' and '_', and must begin and end with a letter or digit");
        }

        if (cloud.Instances.FindByKey(label) is not null)
        {
            throw ApiV3Problem.Rule(Reasons.LinodeLabelTaken);
        }
    }

    [GeneratedRegex("^[A-Za-z0-9](?!.*(--|__))[A-Za-z0-9_-]*[A-Za-z0-9]$")]
    private static partial Regex LabelForm();
}
