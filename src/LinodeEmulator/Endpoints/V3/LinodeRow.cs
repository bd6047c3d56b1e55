using System.Text.Json.Nodes;
using LinodeEmulator.State;
using LinodeEmulator.Time;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>A Linode as API v3 lists it: no addresses, no host, no tags.</summary>
internal static class LinodeRow
{
    private const int BeingCreated = -1;
    private const int BrandNew = 0;
    private const int Running = 1;
    private const int PoweredOff = 2;

    public static JsonObject Of(Instance row, Cloud cloud)
    {
        var shown = new JsonObject
        {
            ["LINODEID"] = row.Id,
            ["LABEL"] = Loose.Text(row.Label),
            ["LPM_DISPLAYGROUP"] = Loose.Text(row.Group),
            ["STATUS"] = Status(row, cloud),
            ["DATACENTERID"] = cloud.Catalogue.Datacenters.NumberOf(row.Region),
            ["PLANID"] = cloud.Catalogue.Plans.NumberOf(row.Type),
            ["CREATE_DT"] = NewYork.Text(row.Created),
            ["TOTALRAM"] = row.Specs.Memory,
            ["TOTALHD"] = row.Specs.Disk,
            ["TOTALXFER"] = row.Specs.Transfer,
            ["WATCHDOG"] = Loose.Flag(row.Watchdog),
            ["BACKUPSENABLED"] = Loose.Flag(row.BackupsEnabled),
            ["BACKUPWINDOW"] = row.BackupWindow ?? 0,
            ["BACKUPWEEKLYDAY"] = Loose.Number(row.BackupDay),
            ["DISTRIBUTIONVENDOR"] = Vendor(row, cloud),
            ["ISXEN"] = 0,
            ["ISKVM"] = 1,
        };
        foreach (var (name, threshold) in LinodeAlerts.Of(row.Alerts))
        {
            shown[$"ALERT_{name}_ENABLED"] = Loose.Flag(threshold > 0);
            shown[$"ALERT_{name}_THRESHOLD"] = threshold;
        }

        return shown;
    }

    /// <summary>Follows the jobs that are done, not those that were asked for.</summary>
    private static int Status(Instance row, Cloud cloud) => row.Status switch
    {
        InstanceStatus.Provisioning when row.Image is not null => BeingCreated,
        InstanceStatus.Running when IsSettling(row, cloud) => row.Boots > 1 ? PoweredOff : BrandNew,
        InstanceStatus.Running or InstanceStatus.ShuttingDown or InstanceStatus.Rebooting => Running,
        _ => row.Boots > 0 ? PoweredOff : BrandNew,
    };

    private static bool IsSettling(Instance row, Cloud cloud) =>
        cloud.Work.Current(Job.LinodeLane(row.Id)) is { Stage: JobStage.Settling, Kind: var kind } && kind != JobKinds.Reboot.Name;

    private static string Vendor(Instance row, Cloud cloud) =>
        cloud.Disks.OwnedBy(row.Id).Select(disk => disk.Image).OfType<string>().FirstOrDefault() is { } slug
            ? cloud.Catalogue.Images.GetValueOrDefault(slug)?.Vendor ?? cloud.Images.FindByKey(slug)?.Vendor ?? ""
            : "";
}
