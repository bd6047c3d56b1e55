namespace LinodeEmulator.State.Work;

internal sealed class VolumeCreateJob() : JobKind("volume_create", Unknowns.VolumeWork)
{
    public override void Finish(Cloud cloud, Job job, DateTime at) => VolumeJobs.Change(cloud, job, at, volume => volume with { Status = "active" });
}

internal sealed class VolumeCloneJob() : JobKind("volume_clone", Unknowns.VolumeWork)
{
    public override void Finish(Cloud cloud, Job job, DateTime at) => VolumeJobs.Change(cloud, job, at, volume => volume with { Status = "active" });
}

internal sealed class VolumeAttachJob() : JobKind("volume_attach", Unknowns.VolumeWork)
{
    public override void Finish(Cloud cloud, Job job, DateTime at) =>
        VolumeJobs.Change(cloud, job, at, volume => volume with { IoReady = volume.LinodeId is not null });
}

internal sealed class VolumeDetachJob() : JobKind("volume_detach", Unknowns.VolumeWork)
{
    public override void Finish(Cloud cloud, Job job, DateTime at)
    {
        if (cloud.Volumes.Find(job.Subject) is { LinodeId: { } linodeId })
        {
            foreach (var config in cloud.Configs.OwnedBy(linodeId))
            {
                var left = config.Devices.ToDictionary(slot => slot.Key, slot => slot.Value?.VolumeId == job.Subject ? null : slot.Value);
                cloud.Configs.Put(config with { Devices = left });
            }
        }

        VolumeJobs.Change(cloud, job, at, volume => volume with { LinodeId = null, IoReady = false });
    }
}

internal sealed class VolumeResizeJob() : JobKind("volume_resize", Unknowns.VolumeWork)
{
    public override void Finish(Cloud cloud, Job job, DateTime at) => VolumeJobs.Change(cloud, job, at, volume => volume with { Status = "active" });
}

internal static class VolumeJobs
{
    public static void Change(Cloud cloud, Job job, DateTime at, Func<Volume, Volume> change)
    {
        if (cloud.Volumes.Find(job.Subject) is { } volume)
        {
            cloud.Volumes.Put(change(volume) with { Updated = at });
        }
    }
}
