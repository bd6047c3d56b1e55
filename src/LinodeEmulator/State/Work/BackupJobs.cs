namespace LinodeEmulator.State.Work;

/// <summary>A Linode has one snapshot: the one before goes when the new one has come out well.</summary>
internal sealed class SnapshotJob() : JobKind("linode_snapshot", new Range(25, 48, 330))
{
    public override void Begin(Cloud cloud, Job job, DateTime at) =>
        Backups.Change(cloud, job, at, backup => backup with { Status = Backup.Running });

    public override void Finish(Cloud cloud, Job job, DateTime at)
    {
        foreach (var older in cloud.Backups.OwnedBy(job.Subject).Where(one => one.Id != job.Related))
        {
            Backups.Remove(cloud, older);
        }

        Backups.Change(cloud, job, at, backup => backup with { Status = Backup.Successful, Finished = at });
    }

    public override void Fail(Cloud cloud, Job job, DateTime at) =>
        Backups.Change(cloud, job, at, backup => backup with { Status = Backup.Failed, Finished = at });
}

/// <summary>Disks are written from a backup. The node is off afterwards, unless it was running and kept what it ran from.</summary>
internal sealed class RestoreJob() : JobKind("backups_restore", new Range(9, 25, 157))
{
    public override void Finish(Cloud cloud, Job job, DateTime at)
    {
        foreach (var disk in cloud.Disks.OwnedBy(job.Subject).Where(disk => disk.Status == Disk.Restoring))
        {
            cloud.Disks.Put(disk with { Status = Disk.Ready, Updated = at });
        }

        End(cloud, job, at);
    }

    public override void Fail(Cloud cloud, Job job, DateTime at)
    {
        foreach (var disk in cloud.Disks.OwnedBy(job.Subject).Where(disk => disk.Status == Disk.Restoring))
        {
            cloud.Disks.Remove(disk.Id);
            cloud.Setups.Remove(disk.Id);
        }

        End(cloud, job, at);
    }

    private static void End(Cloud cloud, Job job, DateTime at) => cloud.Change(
        job.Subject, at, row => row with { Status = row.Status == InstanceStatus.Restoring ? InstanceStatus.Offline : row.Status });
}

internal static class Backups
{
    public static void Change(Cloud cloud, Job job, DateTime at, Func<Backup, Backup> change)
    {
        if (job.Related is { } id && cloud.Backups.Find(id) is { } backup)
        {
            cloud.Backups.Put(change(backup) with { Updated = at });
        }
    }

    public static void Remove(Cloud cloud, Backup backup)
    {
        foreach (var disk in backup.Disks)
        {
            cloud.Setups.Remove(disk.Id);
        }

        cloud.Backups.Remove(backup.Id);
    }

    public static void RemoveAll(Cloud cloud, long linodeId)
    {
        foreach (var backup in cloud.Backups.OwnedBy(linodeId))
        {
            Remove(cloud, backup);
        }
    }
}
