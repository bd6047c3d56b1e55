using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints;

/// <summary>Work on a disk, in the queue of its Linode.</summary>
internal static class DiskWork
{
    /// <summary>Takes a disk as it is to be and has it made.</summary>
    /// <param name="call">Who asks for it.</param>
    /// <param name="row">The Linode.</param>
    /// <param name="wanted">The disk, as yet without an id.</param>
    /// <param name="setup">What is written on it, where it is made from an image.</param>
    public static (Disk Disk, Job Job) Make(CloudCall call, Instance row, Disk wanted, Setup? setup)
    {
        var disk = call.Cloud.Disks.Put(wanted with { Id = call.Cloud.Counters.Next("disk") });
        setup?.Keep(call.Cloud, disk);
        setup?.Script?.Count(call.Cloud);
        return (disk, Enqueue(call, row, disk, JobKinds.DiskCreate));
    }

    /// <summary>Copies a disk, byte for byte, to another of the same Linode.</summary>
    public static (Disk Disk, Job Job) Duplicate(CloudCall call, Instance row, Disk disk, string label, string status)
    {
        var copy = call.Cloud.Disks.Put(new Disk(call.Cloud.Counters.Next("disk"), row.Id, label, disk.Filesystem, disk.Size, call.Now)
        {
            Status = status,
            Image = disk.Image,
            Encrypted = disk.Encrypted,
            ReadOnly = disk.ReadOnly,
            Origin = Origin.Of(disk),
        });
        Setup.Copy(call.Cloud, disk.Id, copy.Id);
        return (copy, Enqueue(call, row, copy, JobKinds.DiskDuplicate));
    }

    public static Job Delete(CloudCall call, Instance row, Disk disk) =>
        Enqueue(call, row, call.Cloud.Disks.Put(disk with { Status = Disk.Deleting, Updated = call.Now }), JobKinds.DiskDelete);

    public static Job Enqueue(CloudCall call, Instance row, Disk disk, JobKind kind, int? amount = null)
    {
        var told = call.Cloud.Events.Schedule(kind.Name, Entities.Of(row), call.Now, call.User, Entities.Of(disk));
        return call.Enqueue(
            kind, Job.LinodeLane(row.Id), row.Id, $"{row.Label}/{disk.Label}", told, job => job with { Related = disk.Id, Amount = amount });
    }

    /// <summary>How many MB its plan leaves for more disks, or for one of those that it has.</summary>
    public static int RoomOn(Cloud cloud, Instance row, Disk? except = null) =>
        row.Specs.Disk - cloud.Disks.OwnedBy(row.Id).Where(disk => disk.Id != except?.Id).Sum(disk => disk.Size);
}
