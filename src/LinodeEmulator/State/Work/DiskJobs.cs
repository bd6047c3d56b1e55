namespace LinodeEmulator.State.Work;

internal sealed class DiskCreateJob() : JobKind("disk_create", new Range(3, 7, 17))
{
    public override void Finish(Cloud cloud, Job job, DateTime at) => DiskJobs.Ready(cloud, job, at);
}

internal sealed class DiskDeleteJob() : JobKind("disk_delete", new Range(7, 9.5, 13))
{
    public override void Finish(Cloud cloud, Job job, DateTime at)
    {
        cloud.Disks.Remove(job.Related!.Value);
        cloud.Setups.Remove(job.Related!.Value);
    }

    public override bool IsDoomed(Cloud cloud, Job job) => DiskJobs.IsInUse(cloud, job);

    public override string Failure(Cloud cloud, Job job) => DiskJobs.InUse;

    public override void Fail(Cloud cloud, Job job, DateTime at)
    {
        if (cloud.Disks.Find(job.Related!.Value) is { } disk)
        {
            cloud.Disks.Put(disk with { Status = Disk.Ready, Updated = at });
        }
    }
}

internal sealed class DiskDuplicateJob() : JobKind("disk_duplicate", Unknowns.DiskResize)
{
    public override void Finish(Cloud cloud, Job job, DateTime at) => DiskJobs.Ready(cloud, job, at);
}

/// <summary>A disk that the running node uses cannot change its size: the request is taken, and the work fails.</summary>
internal sealed class DiskResizeJob() : JobKind("disk_resize", Unknowns.DiskResize)
{
    public override bool IsDoomed(Cloud cloud, Job job) => DiskJobs.IsInUse(cloud, job);

    public override string Failure(Cloud cloud, Job job) => DiskJobs.InUse;

    public override void Finish(Cloud cloud, Job job, DateTime at)
    {
        if (cloud.Disks.Find(job.Related!.Value) is { } disk)
        {
            cloud.Disks.Put(disk with { Size = job.Amount!.Value, Updated = at });
        }

        DiskJobs.Ready(cloud, job, at);
    }

    public override void Fail(Cloud cloud, Job job, DateTime at) => DiskJobs.Ready(cloud, job, at);
}

internal static class DiskJobs
{
    public const string InUse = "The disk is in use by the running Linode";

    public static bool IsInUse(Cloud cloud, Job job) =>
        cloud.Instances.Get(job.Subject) is { Status: not InstanceStatus.Offline, BootedConfig: { } booted }
        && cloud.Configs.Find(booted) is { } config
        && config.Devices.Values.Any(slot => slot?.DiskId == job.Related);

    /// <summary>A disk that is to be deleted stays so, whatever else was still to be done to it.</summary>
    public static void Ready(Cloud cloud, Job job, DateTime at)
    {
        if (cloud.Disks.Find(job.Related!.Value) is { Status: not Disk.Deleting } disk)
        {
            cloud.Disks.Put(disk with { Status = Disk.Ready, Updated = at });
        }
    }
}
