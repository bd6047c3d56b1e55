using System.Text.Json.Nodes;
using LinodeEmulator.State;
using LinodeEmulator.Time;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

internal static class LinodeDisks
{
    public static void Map(ActionTable actions)
    {
        actions.Write(
            "linode.disk.create",
            "Makes an empty disk",
            "NOTFOUND,VALIDATION",
            Create,
            Num("LinodeID").Required,
            Str("Label").Required,
            Str("Type").Required,
            Num("Size").Required,
            Bool("isReadOnly", false));
        actions.Read("linode.disk.list", "Lists the disks of a Linode", List, Num("LinodeID").Required, Num("DiskID"));
        actions.Write(
            "linode.disk.update",
            "Changes the properties of a disk",
            "NOTFOUND,VALIDATION",
            Update,
            Num("DiskID").Required,
            Num("LinodeID"),
            Str("Label"),
            Bool("isReadOnly"));
        actions.Write(
            "linode.disk.resize",
            "Changes the size of a disk",
            "NOTFOUND,VALIDATION",
            Resize,
            Num("LinodeID").Required,
            Num("DiskID").Required,
            Num("size").Required);
        actions.Write("linode.disk.duplicate", "Copies a disk", "NOTFOUND,VALIDATION", Duplicate, Num("LinodeID").Required, Num("DiskID").Required);
        actions.Write("linode.disk.delete", "Deletes a disk", "NOTFOUND", Delete, Num("LinodeID").Required, Num("DiskID").Required);
        actions.Write(
            "linode.disk.imagize",
            "Makes an image of a disk",
            "NOTFOUND,VALIDATION",
            Imagize,
            Num("LinodeID").Required,
            Num("DiskID").Required,
            Str("Label"),
            Str("Description"));
    }

    /// <summary>A label as it was sent, if it is a good one.</summary>
    public static string Label(string label) => label.Length is >= 1 and <= UnknownsV3.LongestDiskLabel
        ? label
        : throw ApiV3Problem.Rule($"Label must be 1 to {UnknownsV3.LongestDiskLabel} characters long");

    /// <summary>A size in MB that the plan of the Linode has room for.</summary>
    public static int Size(V3Call call, Instance row, long size, int least, Disk? except = null)
    {
        var room = DiskWork.RoomOn(call.Cloud, row, except);
        return size < least ? throw ApiV3Problem.Rule($"Size must be at least {least} MB")
            : size > room ? throw ApiV3Problem.Rule($"The Linode has {room} MB left for this disk")
            : (int)size;
    }

    public static JsonObject Answer(Job job, Disk disk) => new() { ["JobID"] = job.Id, ["DiskID"] = disk.Id };

    private static JsonObject Create(V3Call call)
    {
        var row = call.Linode();
        var wanted = new Disk(
            0,
            row.Id,
            Label(call.Text("Label")),
            call.Word("Type", "ext3", "ext4", "swap", "raw") ?? throw ApiV3Problem.Rule("Type must not be empty"),
            Size(call, row, call.Number("Size")!.Value, least: 1),
            call.Now)
        {
            ReadOnly = call.Flag("isReadOnly") == true,
            Encrypted = row.Encrypted,
        };
        var (disk, job) = DiskWork.Make(call, row, wanted, setup: null);
        return Answer(job, disk);
    }

    private static JsonArray List(V3Call call)
    {
        var wanted = call.Number("DiskID");
        return Loose.Rows(call.Cloud.Disks.OwnedBy(call.Linode().Id).Where(disk => wanted is null || disk.Id == wanted).Select(disk => new JsonObject
        {
            ["DISKID"] = disk.Id,
            ["LINODEID"] = disk.LinodeId,
            ["LABEL"] = Loose.Text(disk.Label),
            ["TYPE"] = disk.Filesystem,
            ["SIZE"] = disk.Size,
            ["STATUS"] = disk.Status == Disk.Deleting ? UnknownsV3.DiskDeleting : UnknownsV3.DiskReady,
            ["ISREADONLY"] = Loose.Flag(disk.ReadOnly),
            ["CREATE_DT"] = NewYork.Text(disk.Created),
            ["UPDATE_DT"] = NewYork.Text(disk.Updated),
        }));
    }

    private static JsonObject Update(V3Call call)
    {
        var disk = call.Row(call.Cloud.Disks, "DiskID");
        if (call.FindLinode(disk.LinodeId) is null || (call.Number("LinodeID") is { } named && named != disk.LinodeId))
        {
            throw ApiV3Problem.NotFound;
        }

        call.Cloud.Disks.Put(disk with
        {
            Label = call.Sent("Label") is { } label ? Label(label) : disk.Label,
            ReadOnly = call.Flag("isReadOnly") ?? disk.ReadOnly,
            Updated = call.Now,
        });
        return new JsonObject { ["DiskID"] = disk.Id };
    }

    /// <summary>Taken whatever the disk is doing: if it is in use when its turn comes, the job fails.</summary>
    private static JsonObject Resize(V3Call call)
    {
        var (row, disk) = Find(call);
        return Answer(
            DiskWork.Enqueue(call, row, disk, JobKinds.DiskResize, Size(call, row, call.Number("size")!.Value, least: 1, except: disk)), disk);
    }

    private static JsonObject Duplicate(V3Call call)
    {
        var (row, disk) = Find(call);
        Size(call, row, disk.Size, least: 1);
        var (copy, job) = DiskWork.Duplicate(call, row, disk, disk.Label, "not ready");
        return Answer(job, copy);
    }

    private static JsonObject Delete(V3Call call)
    {
        var (row, disk) = Find(call);
        return Answer(DiskWork.Delete(call, row, disk), disk);
    }

    private static JsonObject Imagize(V3Call call)
    {
        var (row, disk) = Find(call);
        var asked = new JsonObject { ["disk_id"] = disk.Id, ["description"] = call.Text("Description") };
        if (call.Sent("Label") is { Length: > 0 } label)
        {
            asked["label"] = label;
        }

        call.Newer("POST", "images", asked);
        var job = call.Cloud.JobLog.Table.OwnedBy(row.Id)[^1];
        return new JsonObject { ["JobID"] = job.Id, ["ImageID"] = call.Cloud.Images.Rows[^1].Id };
    }

    private static (Instance Linode, Disk Disk) Find(V3Call call) =>
        call.Linode() is var row && call.Row(call.Cloud.Disks, "DiskID") is var disk && disk.LinodeId == row.Id && disk.Status != Disk.Deleting
            ? (row, disk)
            : throw ApiV3Problem.NotFound;
}
