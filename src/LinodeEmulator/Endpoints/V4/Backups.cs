using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Wire;
using Kept = LinodeEmulator.State.Work.Backups;

namespace LinodeEmulator.Endpoints.V4;

/// <summary>Backups of a Linode: bought, taken, listed and put back. None is ever taken automatically here; the schedule is kept and shown.</summary>
internal static class Backups
{
    private const int LongestLabel = 255;

    public static void Map(RouteTable routes)
    {
        const string backups = "linode/instances/{linodeId}/backups";
        routes.Get(backups, "linodes:read_only", List);
        routes.Post(backups, "linodes:read_write", Take);
        routes.Post(backups + "/enable", "linodes:read_write", call => Switch(call, on: true));
        routes.Post(backups + "/cancel", "linodes:read_write", call => Switch(call, on: false));
        routes.Get(backups + "/{backupId}", "linodes:read_only", call => Show(Find(call)));
        routes.Post(backups + "/{backupId}/restore", "linodes:read_write", Restore);
    }

    private static EmulatorResponse Show(Backup row) => Reply.Json(BackupWire.Of(row), V4Json.Default.BackupWire);

    private static Backup Find(ApiCall call) =>
        call.Linode() is var linode && call.Row(call.Cloud.Backups, "backupId") is var backup && backup.LinodeId == linode.Id
            ? backup
            : throw ApiProblem.NotFound;

    private static EmulatorResponse List(ApiCall call)
    {
        var all = call.Cloud.Backups.OwnedBy(call.Linode().Id);
        var (current, open) = (all.LastOrDefault(one => one.Status == Backup.Successful), all.LastOrDefault(one => one.IsOpen));
        return Reply.Json(
            new BackupListWire([], new SnapshotsWire(Wire(current), Wire(open))), V4Json.Default.BackupListWire);
    }

    private static BackupWire? Wire(Backup? row) => row is null ? null : BackupWire.Of(row);

    /// <summary>What the disks hold when it is asked for is what counts.</summary>
    private static EmulatorResponse Take(ApiCall call)
    {
        var (row, cloud) = (call.IdleLinode(), call.Cloud);
        var label = call.Body.RequiredText("label", 1, LongestLabel);
        call.Body.Done();
        if (!row.BackupsEnabled)
        {
            throw ApiProblem.Refused(Unknowns.NoBackups);
        }

        var disks = cloud.Disks.OwnedBy(row.Id).Where(disk => disk.Status == Disk.Ready)
            .Select(disk => new BackupDisk(cloud.Counters.Next("disk"), disk)).ToList();
        if (disks.Count == 0)
        {
            throw ApiProblem.Refused(Unknowns.NothingToBackUp);
        }

        disks.ForEach(one => Setup.Copy(cloud, one.Disk.Id, one.Id));
        var backup = cloud.Backups.Put(new Backup(cloud.Counters.Next("backup"), row.Id, label, call.Now)
        {
            Region = row.Region, Disks = disks, Configs = [.. cloud.Configs.OwnedBy(row.Id)],
        });
        var told = cloud.Events.Schedule(JobKinds.Snapshot.Name, Entities.Of(row), call.Now, call.User);
        LinodeWork.Enqueue(call, row, JobKinds.Snapshot, told, job => job with { Related = backup.Id });
        return Show(backup);
    }

    /// <summary>All backups go when the service is given up.</summary>
    private static EmulatorResponse Switch(ApiCall call, bool on)
    {
        var row = call.Linode();
        call.Body.Done();
        if (row.BackupsEnabled != on)
        {
            if (!on)
            {
                Kept.RemoveAll(call.Cloud, row.Id);
            }

            call.Cloud.Change(row.Id, call.Now, old => old with { BackupsEnabled = on });
            call.Cloud.Events.Notify(on ? "backups_enable" : "backups_cancel", Entities.Of(row), call.Now, call.User);
        }

        return Reply.Empty;
    }

    private static EmulatorResponse Restore(ApiCall call)
    {
        var (backup, cloud, body) = (Find(call), call.Cloud, call.Body);
        var target = cloud.Instances.Find(body.RequiredWhole("linode_id"));
        var overwrite = body.Flag("overwrite") == true;
        if (target is null)
        {
            body.Fail("linode_id", "linode_id is not valid");
        }
        else if (target.Region != backup.Region)
        {
            body.Fail("linode_id", Unknowns.OtherRegion);
        }
        else if (backup.Disks.Sum(one => one.Disk.Size) > (overwrite ? target.Specs.Disk : DiskWork.RoomOn(cloud, target)))
        {
            body.Fail("linode_id", Unknowns.NoRoomToRestore);
        }

        body.Done();
        if (backup.Status != Backup.Successful)
        {
            throw ApiProblem.Refused(Unknowns.BackupNotReady);
        }

        if (cloud.IsBusy(target!))
        {
            throw ApiProblem.LinodeBusy;
        }

        Restoring.Begin(call, backup, target!, overwrite);
        return Reply.Empty;
    }
}
