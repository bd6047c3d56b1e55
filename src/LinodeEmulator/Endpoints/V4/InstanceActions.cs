using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

/// <summary>Work on a whole node. All of it needs a host that is free.</summary>
internal static class InstanceActions
{
    public static void Map(RouteTable routes)
    {
        routes.Post("linode/instances/{linodeId}/boot", "linodes:read_write", call => Boot(call, JobKinds.Boot));
        routes.Post("linode/instances/{linodeId}/reboot", "linodes:read_write", call => Boot(call, JobKinds.Reboot));
        routes.Post("linode/instances/{linodeId}/shutdown", "linodes:read_write", Shutdown);
        routes.Post("linode/instances/{linodeId}/rebuild", "linodes:read_write", Rebuild);
        routes.Post("linode/instances/{linodeId}/resize", "linodes:read_write", Resize);
        routes.NotEmulated("linodes:read_write", "linode/instances/{linodeId}/clone", "POST");
        routes.NotEmulated("linodes:read_write", "linode/instances/{linodeId}/migrate", "POST");
        routes.NotEmulated("linodes:read_write", "linode/instances/{linodeId}/mutate", "POST");
        routes.NotEmulated("linodes:read_write", "linode/instances/{linodeId}/rescue", "POST");
        routes.NotEmulated("linodes:read_write", "linode/instances/{linodeId}/password", "POST");
    }

    private static EmulatorResponse Boot(ApiCall call, JobKind kind)
    {
        var (row, asked) = (call.IdleLinode(), call.Body.Whole("config_id"));
        call.Body.Done();
        LinodeWork.Boot(call, row, kind, ConfigToBoot(call, row, asked));
        return Reply.Empty;
    }

    /// <summary>The one asked for, the one booted last, or the only one there is.</summary>
    private static Config ConfigToBoot(ApiCall call, Instance row, long? asked)
    {
        var configs = call.Cloud.Configs.OwnedBy(row.Id);
        if (asked is { } wanted)
        {
            return configs.FirstOrDefault(config => config.Id == wanted) ?? throw ApiProblem.Field("config_id", "config_id is not valid");
        }

        if (configs.FirstOrDefault(config => config.Id == row.BootedConfig) is { } last)
        {
            return last;
        }

        return configs.Count switch
        {
            0 => throw ApiProblem.Refused("The Linode has no configuration profile to boot"),
            1 => configs[0],
            _ => throw ApiProblem.Field("config_id", "The Linode has several configuration profiles; config_id is required"),
        };
    }

    private static EmulatorResponse Shutdown(ApiCall call)
    {
        var row = call.IdleLinode();
        call.Body.Done();
        LinodeWork.Shutdown(call, row);
        return Reply.Empty;
    }

    /// <summary>All disks and profiles go; id, label and addresses stay.</summary>
    private static EmulatorResponse Rebuild(ApiCall call)
    {
        var (row, cloud, body) = (call.IdleLinode(), call.Cloud, call.Body);
        if (!body.Holds("image"))
        {
            body.Fail("image", "image is required");
        }

        var image = SourceImage.Read(body, cloud);
        var login = Credentials.Read(body, cloud, needed: true);
        var script = ScriptChoice.Read(body, cloud, image);
        var booted = body.Flag("booted") != false;
        var userData = CreateInstance.ReadUserData(body, cloud.Catalogue.Regions.GetValueOrDefault(row.Region), image);
        var encryption = body.OneOf("disk_encryption", "enabled", "disabled");
        if (image is not null && image.Size > row.Specs.Disk)
        {
            body.Fail("image", $"The image needs {image.Size} MB; the Linode has {row.Specs.Disk} MB");
        }

        body.Done();
        State.Work.Placed.Wipe(cloud, row.Id);
        cloud.Change(row.Id, call.Now, old => old with
        {
            Status = InstanceStatus.Rebuilding,
            Image = image!.Slug,
            HasUserData = userData is not null,
            BootedConfig = null,
            Encrypted = encryption is null ? old.Encrypted : encryption == "enabled",
        });
        cloud.UserData.Remove(row.Id);
        if (userData is not null)
        {
            cloud.UserData.Put(new UserData(row.Id, userData));
        }

        script?.Count(cloud);
        var fresh = cloud.Instances.Get(row.Id);
        var config = ImageLayout.Put(call, fresh, image!, swap: 512, interfaces: [], new Setup(login, script, call.FillsDisks));
        var told = cloud.Events.Schedule(
            JobKinds.Rebuild.Name, Entities.Of(row), call.Now, call.User, Entities.OfImage(image!.Slug, image.Label));
        LinodeWork.Enqueue(call, row, JobKinds.Rebuild, told, job => job with { Amount = booted ? 1 : 0 });
        if (booted)
        {
            LinodeWork.Boot(call, row, JobKinds.Boot, config);
        }

        return Instances.Show(call, fresh);
    }

    private static EmulatorResponse Resize(ApiCall call)
    {
        var (row, cloud, body) = (call.IdleLinode(), call.Cloud, call.Body);
        var type = cloud.Catalogue.Types.GetValueOrDefault(body.RequiredText("type"));
        body.OneOf("migration_type", "warm", "cold");
        var grows = body.Flag("allow_auto_disk_resize") ?? true;
        var disks = cloud.Disks.OwnedBy(row.Id);
        if (type is null)
        {
            body.Fail("type", "type is not valid");
        }
        else if (type.Id == row.Type)
        {
            body.Fail("type", "The Linode already has this type");
        }
        else if (disks.Sum(disk => disk.Size) > type.Disk)
        {
            body.Fail("type", $"The disks of the Linode take more than the {type.Disk} MB of this type");
        }

        body.Done();
        var storage = disks.Where(disk => disk.Filesystem != "swap").ToList();
        var growing = grows && storage.Count == 1 && disks.Sum(disk => disk.Size) == row.Specs.Disk ? storage[0].Id : (long?)null;
        LinodeWork.Resize(call, row, type!, growing, comesBack: row.Status == InstanceStatus.Running);
        return Reply.Empty;
    }
}
