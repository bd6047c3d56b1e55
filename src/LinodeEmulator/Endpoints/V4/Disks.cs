using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class Disks
{
    private const int Most = 50;
    private const int LargestInitrd = 32;

    private static readonly Filterable<Disk> Fields = new Filterable<Disk>()
        .Text("label", disk => disk.Label)
        .Number("size", disk => disk.Size);

    public static void Map(RouteTable routes)
    {
        routes.List(
            "linode/instances/{linodeId}/disks",
            "linodes:read_only",
            call => call.Page(call.Cloud.Disks.OwnedBy(call.Linode().Id), Fields, DiskWire.Of, V4Json.Default.PageDiskWire));
        routes.Post("linode/instances/{linodeId}/disks", "linodes:read_write", Create);
        routes.Get("linode/instances/{linodeId}/disks/{diskId}", "linodes:read_only", call => Show(Disk(call)));
        routes.Put("linode/instances/{linodeId}/disks/{diskId}", "linodes:read_write", Update);
        routes.Delete("linode/instances/{linodeId}/disks/{diskId}", "linodes:read_write", Delete);
        routes.Post("linode/instances/{linodeId}/disks/{diskId}/resize", "linodes:read_write", Resize);
        routes.Post("linode/instances/{linodeId}/disks/{diskId}/clone", "linodes:read_write", Clone);
        routes.NotEmulated("linodes:read_write", "linode/instances/{linodeId}/disks/{diskId}/password", "POST");
    }

    private static EmulatorResponse Show(Disk disk) => Reply.Json(DiskWire.Of(disk), V4Json.Default.DiskWire);

    private static Disk Disk(ApiCall call) =>
        call.Linode() is var linode && call.Row(call.Cloud.Disks, "diskId") is var disk && disk.LinodeId == linode.Id
        ? disk
        : throw ApiProblem.NotFound;

    private static EmulatorResponse Create(ApiCall call)
    {
        var (row, cloud, body) = (call.IdleLinode(), call.Cloud, call.Body);
        var size = (int)body.RequiredWhole("size", 1, int.MaxValue);
        var image = SourceImage.Read(body, cloud);
        var label = image is null ? body.RequiredText("label", 1, 48) : body.Text("label", 1, 48);
        var filesystem = body.OneOf("filesystem", "raw", "swap", "ext3", "ext4", "initrd") ?? "ext4";
        var login = Credentials.Read(body, cloud, image is not null);
        var script = ScriptChoice.Read(body, cloud, image);
        var encryption = body.OneOf("disk_encryption", "enabled", "disabled");
        CheckSize(body, cloud, row, size, image, filesystem);

        // An old field without effect; libcloud's driver still sends it.
        body.Ignore("read_only");
        body.Done();

        var (name, format) = image is null ? (label!, filesystem) : (label ?? $"{image.Label} Disk", "ext4");
        var wanted = new Disk(0, row.Id, name, format, size, call.Now)
        {
            Encrypted = encryption is null ? row.Encrypted : encryption == "enabled",
            Image = image?.Slug,
        };
        return Show(DiskWork.Make(call, row, wanted, image is null ? null : new Setup(login, script, call.FillsDisks)).Disk);
    }

    private static void CheckSize(BodyReader body, Cloud cloud, Instance row, int size, SourceImage? image, string filesystem)
    {
        if (cloud.Disks.OwnedBy(row.Id).Count >= Most)
        {
            body.FailWhole($"A Linode can have at most {Most} disks");
        }

        var left = DiskWork.RoomOn(cloud, row);
        if (size > left)
        {
            body.Fail("size", $"The Linode has {left} MB left for disks");
        }

        if (image is not null && size < image.Size)
        {
            body.Fail("size", $"The image needs {image.Size} MB");
        }

        if (filesystem == "initrd" && size > LargestInitrd)
        {
            body.Fail("size", $"An initrd disk has at most {LargestInitrd} MB");
        }
    }

    private static EmulatorResponse Update(ApiCall call)
    {
        var disk = Disk(call);
        var label = call.Body.Text("label", 1, 48);
        call.Body.Ignore("id", "status", "created", "updated", "size", "filesystem", "disk_encryption");
        call.Body.Done();
        return Show(call.Cloud.Disks.Put(disk with { Label = label ?? disk.Label, Updated = call.Now }));
    }

    private static EmulatorResponse Delete(ApiCall call)
    {
        var disk = Disk(call);
        var row = call.IdleLinode();
        if (IsInUse(call.Cloud, row, disk))
        {
            throw ApiProblem.Refused("The disk is in use by the running Linode");
        }

        DiskWork.Delete(call, row, disk);
        return Reply.Empty;
    }

    /// <summary>Taken whatever the disk is doing: if the running node uses it, the work fails, not the request.</summary>
    private static EmulatorResponse Resize(ApiCall call)
    {
        var (disk, row) = (Disk(call), call.IdleLinode());
        var size = (int)call.Body.RequiredWhole("size", 1, int.MaxValue);
        var room = DiskWork.RoomOn(call.Cloud, row, except: disk);
        if (size > room)
        {
            call.Body.Fail("size", $"The Linode has {room} MB for this disk");
        }

        call.Body.Done();
        DiskWork.Enqueue(call, row, disk, JobKinds.DiskResize, size);
        return Reply.Empty;
    }

    /// <summary>Shown as ready at once, as was seen on the platform.</summary>
    private static EmulatorResponse Clone(ApiCall call)
    {
        var (disk, row) = (Disk(call), call.IdleLinode());
        if (call.Cloud.Disks.OwnedBy(row.Id).Count >= Most)
        {
            call.Body.FailWhole($"A Linode can have at most {Most} disks");
        }

        if (DiskWork.RoomOn(call.Cloud, row) is var room && disk.Size > room)
        {
            call.Body.FailWhole($"The Linode has {room} MB left for disks");
        }

        call.Body.Done();
        return Show(DiskWork.Duplicate(call, row, disk, $"Copy of {disk.Label}", State.Disk.Ready).Disk);
    }

    private static bool IsInUse(Cloud cloud, Instance row, Disk disk) =>
        row is { Status: InstanceStatus.Running, BootedConfig: { } booted }
            && cloud.Configs.Find(booted)?.Devices.Values.Any(slot => slot?.DiskId == disk.Id) == true;
}
