namespace LinodeEmulator.State.Work;

/// <summary>A new node is put on a host. With an image it is longer about it; what follows, if anything, is its first boot.</summary>
internal sealed class CreateJob() : JobKind("linode_create", new Range(3, 37, 67))
{
    private static readonly Range WithoutImage = new(3, 10, 28);

    public override Range TakesNow(Cloud cloud, Job job) => cloud.Instances.Get(job.Subject).Image is null ? WithoutImage : Takes;

    public override void Finish(Cloud cloud, Job job, DateTime at) => Placed.Ready(cloud, job, at);
}

internal sealed class RebuildJob() : JobKind("linode_rebuild", Unknowns.Rebuild)
{
    public override void Finish(Cloud cloud, Job job, DateTime at) => Placed.Ready(cloud, job, at);
}

internal sealed class ResizeJob() : JobKind("linode_resize", Unknowns.Resize)
{
    public override void Begin(Cloud cloud, Job job, DateTime at) =>
        cloud.Change(job.Subject, at, instance => instance with { Status = InstanceStatus.Resizing });

    /// <summary>The new plan is in force; a disk that filled the old one, but for swap, grows along when that was asked for.</summary>
    public override void Finish(Cloud cloud, Job job, DateTime at)
    {
        var instance = cloud.Instances.Get(job.Subject);
        var type = cloud.Catalogue.Types[job.Text!];
        if (job.Related is { } diskId && cloud.Disks.Find(diskId) is { } disk)
        {
            cloud.Disks.Put(disk with { Size = disk.Size + type.Disk - instance.Specs.Disk, Updated = at });
        }

        cloud.Change(job.Subject, at, resized => resized with
        {
            Type = type.Id,
            Specs = type.Specs,
            Status = job.Amount == 1 ? InstanceStatus.Running : InstanceStatus.Offline,
            Boots = job.Amount == 1 ? resized.Boots + 1 : resized.Boots,
        });
    }
}

/// <summary>A new node is given what another has.</summary>
internal sealed class CloneJob() : JobKind("linode_clone", Unknowns.Clone)
{
    public override void Finish(Cloud cloud, Job job, DateTime at)
    {
        foreach (var disk in cloud.Disks.OwnedBy(job.Subject).Where(disk => disk.Status != Disk.Deleting))
        {
            cloud.Disks.Put(disk with { Status = Disk.Ready, Updated = at });
        }

        cloud.Change(job.Subject, at, instance => instance with { Status = InstanceStatus.Offline });
    }
}

internal sealed class DeleteJob() : JobKind("linode_delete", Unknowns.Delete)
{
    public override void Finish(Cloud cloud, Job job, DateTime at) => Placed.Remove(cloud, cloud.Instances.Get(job.Subject), at);
}

internal static class Placed
{
    /// <summary>The disks that came with an image are written; others have work of their own. The node is off now, unless a boot follows: then it is
    /// provisioning until that begins.</summary>
    public static void Ready(Cloud cloud, Job job, DateTime at)
    {
        var written = cloud.Instances.Get(job.Subject).Image is null ? [] : cloud.Disks.OwnedBy(job.Subject);
        foreach (var disk in written)
        {
            cloud.Disks.Put(disk with { Status = Disk.Ready, Updated = at });
        }

        if (job.Amount != 1)
        {
            cloud.Change(job.Subject, at, instance => instance with { Status = InstanceStatus.Offline });
        }
    }

    /// <summary>Takes a node out of the cloud with all that is its own; volumes stay, detached.</summary>
    public static void Remove(Cloud cloud, Instance instance, DateTime at)
    {
        Wipe(cloud, instance.Id);
        Backups.RemoveAll(cloud, instance.Id);
        cloud.UserData.Remove(instance.Id);
        foreach (var address in cloud.Addresses.OwnedBy(instance.Id))
        {
            cloud.Addresses.Remove(address.Id);
        }

        foreach (var volume in cloud.Volumes.OwnedBy(instance.Id))
        {
            cloud.Volumes.Put(volume with { LinodeId = null, IoReady = false, Updated = at });
        }

        if (cloud.Devices.FindByKey(FirewallDevice.KeyOf("linode", instance.Id)) is { } device)
        {
            cloud.Devices.Remove(device.Id);
        }

        cloud.JobLog.Forget(instance.Id);
        cloud.Instances.Remove(instance.Id);
    }

    public static void Wipe(Cloud cloud, long linodeId)
    {
        foreach (var disk in cloud.Disks.OwnedBy(linodeId))
        {
            cloud.Disks.Remove(disk.Id);
            cloud.Setups.Remove(disk.Id);
        }

        foreach (var config in cloud.Configs.OwnedBy(linodeId))
        {
            cloud.Configs.Remove(config.Id);
        }
    }
}
