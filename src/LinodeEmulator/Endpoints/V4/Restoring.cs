using LinodeEmulator.State;
using LinodeEmulator.State.Work;

namespace LinodeEmulator.Endpoints.V4;

/// <summary>Puts the disks and profiles of a backup on a Linode, as new ones.</summary>
internal static class Restoring
{
    public static void Begin(ApiCall call, Backup backup, Instance target, bool overwrite)
    {
        var cloud = call.Cloud;
        if (overwrite)
        {
            Placed.Wipe(cloud, target.Id);
        }

        var disks = backup.Disks.ToDictionary(one => one.Disk.Id, one => Put(call, one, target));
        foreach (var config in backup.Configs)
        {
            cloud.Configs.Put(config with
            {
                Id = cloud.Counters.Next("config"),
                LinodeId = target.Id,
                Devices = config.Devices.ToDictionary(slot => slot.Key, slot => Moved(slot.Value, disks, cloud, target)),
                Initrd = config.Initrd is { } initrd && disks.TryGetValue(initrd, out var moved) ? moved : null,
                Interfaces = target.Id == backup.LinodeId ? config.Interfaces : [],
            });
        }

        if (overwrite || target.Status == InstanceStatus.Offline)
        {
            cloud.Change(target.Id, call.Now, old => old with
            {
                Status = InstanceStatus.Restoring, BootedConfig = overwrite ? null : old.BootedConfig,
            });
        }

        var told = cloud.Events.Schedule(JobKinds.Restore.Name, Entities.Of(target), call.Now, call.User);
        LinodeWork.Enqueue(call, target, JobKinds.Restore, told, job => job with { Related = backup.Id });
    }

    private static long Put(ApiCall call, BackupDisk one, Instance target)
    {
        var disk = call.Cloud.Disks.Put(one.Disk with
        {
            Id = call.Cloud.Counters.Next("disk"), LinodeId = target.Id, Status = Disk.Restoring, Created = call.Now, Updated = call.Now,
            Encrypted = target.Encrypted, Origin = Origin.Of(one),
        });
        Setup.Copy(call.Cloud, one.Id, disk.Id);
        return disk.Id;
    }

    // A volume stays where it is, as long as it is attached to this Linode.
    private static Slot? Moved(Slot? slot, Dictionary<long, long> disks, Cloud cloud, Instance target) => slot switch
    {
        { DiskId: { } id } when disks.TryGetValue(id, out var moved) => new Slot(moved, null),
        { VolumeId: { } id } when cloud.Volumes.Find(id)?.LinodeId == target.Id => slot,
        _ => null,
    };
}
