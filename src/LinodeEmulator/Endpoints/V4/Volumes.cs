using LinodeEmulator.Faults;
using LinodeEmulator.Http;
using LinodeEmulator.Limits;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class Volumes
{
    private const string Both = "volumes:read_write,linodes:read_write";

    private static readonly Filterable<Volume> Fields = new Filterable<Volume>()
        .Text("label", volume => volume.Label)
        .Texts("tags", volume => volume.Tags);

    public static void Map(RouteTable routes)
    {
        routes.List(
            "volumes",
            "volumes:read_only",
            call => call.Page(call.Cloud.Volumes, Fields, row => VolumeWire.Of(row, call.Cloud), V4Json.Default.PageVolumeWire));
        routes.Post("volumes", "volumes:read_write", Create, LimitClass.CreateVolume);
        routes.NotEmulated("*", "volumes/types", "GET");
        routes.Get("volumes/{volumeId}", "volumes:read_only", call => Show(call, Volume(call)));
        routes.Put("volumes/{volumeId}", "volumes:read_write", Update);
        routes.Delete("volumes/{volumeId}", "volumes:read_write", Delete);
        routes.Post("volumes/{volumeId}/attach", Both, AttachTo);
        routes.Post("volumes/{volumeId}/detach", Both, Detach);
        routes.Post("volumes/{volumeId}/resize", "volumes:read_write", Resize);
        routes.Post("volumes/{volumeId}/clone", "volumes:read_write", Clone);
        routes.List(
            "linode/instances/{linodeId}/volumes",
            "linodes:read_only",
            call => call.Page(
                call.Cloud.Volumes.OwnedBy(call.Linode().Id), Fields, row => VolumeWire.Of(row, call.Cloud), V4Json.Default.PageVolumeWire));
    }

    /// <summary>Shown as attached at once; of use when the work is done.</summary>
    public static Volume Attach(ApiCall call, Volume volume, Instance linode)
    {
        var attached = call.Cloud.Volumes.Put(volume with { LinodeId = linode.Id, IoReady = false, Updated = call.Now });
        Enqueue(call, attached, JobKinds.VolumeAttach, Entities.Of(linode));
        return attached;
    }

    private static Volume Volume(ApiCall call) => call.Row(call.Cloud.Volumes, "volumeId");

    private static EmulatorResponse Show(ApiCall call, Volume row) => Reply.Json(VolumeWire.Of(row, call.Cloud), V4Json.Default.VolumeWire);

    private static EmulatorResponse Create(ApiCall call)
    {
        var (body, cloud) = (call.Body, call.Cloud);
        body.RequiredText("label");
        var label = LabelRule.Volume.Read(body) ?? "";
        if (cloud.Volumes.FindByKey(label) is not null)
        {
            body.Fail("label", Unknowns.VolumeLabelTaken);
        }

        var linode = ReadLinode(call);
        var region = body.Text("region") ?? linode?.Region;
        CheckRegion(body, cloud, region, linode);
        var size = body.Int("size", Unknowns.VolumeMinimum, Unknowns.VolumeMaximum) ?? 20;
        var encryption = body.OneOf("encryption", "enabled", "disabled");
        var tags = TagRule.Read(body) ?? [];
        var config = linode is null ? null : ReadConfig(call, linode);
        if (call.IsFull(FaultEffect.VolumeQuota, cloud.Volumes.Rows.Count))
        {
            body.FailWhole(Reasons.AccountLimit);
        }

        body.Done();
        var volume = cloud.Volumes.Put(new Volume(cloud.Counters.Next("volume"), label, region!, size, call.Now)
        {
            Encrypted = encryption == "enabled",
            Tags = cloud.Tagged(tags),
        });
        Enqueue(call, volume, JobKinds.VolumeCreate);
        return Show(call, linode is null ? volume : Join(call, volume, linode, config));
    }

    private static EmulatorResponse Update(ApiCall call)
    {
        var (volume, body) = (Volume(call), call.Body);
        var label = LabelRule.Volume.Read(body);
        if (label is not null && label != volume.Label && call.Cloud.Volumes.FindByKey(label) is not null)
        {
            body.Fail("label", Unknowns.VolumeLabelTaken);
        }

        var tags = TagRule.Read(body);
        body.Done();
        return Show(call, call.Cloud.Volumes.Put(volume with
        {
            Label = label ?? volume.Label,
            Tags = tags is null ? volume.Tags : call.Cloud.Tagged(tags),
            Updated = call.Now,
        }));
    }

    /// <summary>Allowed while it is still being made, and while it is attached to a node that is off.</summary>
    private static EmulatorResponse Delete(ApiCall call)
    {
        var volume = Volume(call);
        if (volume.Status == "resizing")
        {
            throw ApiProblem.Refused(Reasons.VolumeBusy);
        }

        if (volume.LinodeId is { } id
            && call.Cloud.Instances.Find(id)?.Status is InstanceStatus.Running or InstanceStatus.Booting or InstanceStatus.Rebooting)
        {
            throw ApiProblem.Refused("The volume must be detached before it can be deleted");
        }

        call.Cloud.Work.Clear(Job.VolumeLane(volume.Id), call.Now);
        call.Cloud.Volumes.Remove(volume.Id);
        call.Cloud.Events.Done("volume_delete", Entities.Of(volume), call.Now, call.User);
        return Reply.Empty;
    }

    private static EmulatorResponse AttachTo(ApiCall call)
    {
        var (volume, body) = (Volume(call), call.Body);
        var linode = ReadLinode(call);
        if (linode is null && !body.Holds("linode_id"))
        {
            body.Fail("linode_id", "linode_id is required");
        }

        if (linode is not null && linode.Region != volume.Region)
        {
            body.FailWhole(Reasons.WrongRegion(volume.Id, linode.Id));
        }

        if (volume.LinodeId is not null)
        {
            body.FailWhole("The volume is already attached to a Linode");
        }

        if (linode is not null && call.Cloud.Volumes.OwnedBy(linode.Id).Count >= ConfigDevices.SlotsOf(linode))
        {
            body.FailWhole($"The Linode can have at most {ConfigDevices.SlotsOf(linode)} volumes");
        }

        var persists = body.Flag("persist_across_boots") ?? true;
        var config = linode is null ? null : ReadConfig(call, linode);
        if (!persists && linode is { Status: not InstanceStatus.Running })
        {
            body.Fail("persist_across_boots", "The Linode must be running");
        }

        body.Done();
        return Show(call, persists ? Join(call, volume, linode!, config) : Attach(call, volume, linode!));
    }

    private static EmulatorResponse Detach(ApiCall call)
    {
        var volume = Volume(call);
        call.Body.Done();
        if (volume.LinodeId is null)
        {
            throw ApiProblem.Refused("The volume is not attached to a Linode");
        }

        Enqueue(call, volume, JobKinds.VolumeDetach);
        return Reply.Empty;
    }

    private static EmulatorResponse Resize(ApiCall call)
    {
        var volume = Volume(call);
        var size = (int)call.Body.RequiredWhole("size", volume.Size + 1, Unknowns.VolumeMaximum);
        call.Body.Done();
        if (volume.Status != "active")
        {
            throw ApiProblem.Refused(Reasons.VolumeBusy);
        }

        var resized = call.Cloud.Volumes.Put(volume with { Status = "resizing", Size = size, Updated = call.Now });
        Enqueue(call, resized, JobKinds.VolumeResize);
        return Show(call, resized);
    }

    /// <summary>The copy is attached to nothing and has no tags.</summary>
    private static EmulatorResponse Clone(ApiCall call)
    {
        var (source, cloud, body) = (Volume(call), call.Cloud, call.Body);
        body.RequiredText("label");
        var label = LabelRule.Volume.Read(body) ?? "";
        if (cloud.Volumes.FindByKey(label) is not null)
        {
            body.Fail("label", Unknowns.VolumeLabelTaken);
        }

        if (call.IsFull(FaultEffect.VolumeQuota, cloud.Volumes.Rows.Count))
        {
            body.FailWhole(Reasons.AccountLimit);
        }

        body.Done();
        if (source.Status != "active")
        {
            throw ApiProblem.Refused(Reasons.VolumeBusy);
        }

        var copy = cloud.Volumes.Put(new Volume(cloud.Counters.Next("volume"), label, source.Region, source.Size, call.Now)
        {
            Encrypted = source.Encrypted, Origin = Origin.Of(source),
        });
        var told = cloud.Events.Schedule(JobKinds.VolumeClone.Name, Entities.Of(source), call.Now, call.User, Entities.Of(copy));
        call.Enqueue(JobKinds.VolumeClone, Job.VolumeLane(copy.Id), copy.Id, copy.Label, told);
        return Show(call, copy);
    }

    private static Instance? ReadLinode(ApiCall call)
    {
        if (call.Body.Whole("linode_id") is not { } id)
        {
            return null;
        }

        var linode = call.Cloud.Instances.Find(id);
        if (linode is null)
        {
            call.Body.Fail("linode_id", "linode_id is not valid");
        }

        return linode;
    }

    private static void CheckRegion(BodyReader body, Cloud cloud, string? region, Instance? linode)
    {
        if (region is null)
        {
            body.Fail("region", "Must provide a region or a Linode ID");
        }
        else if (!cloud.Catalogue.Regions.TryGetValue(region, out var known))
        {
            body.Fail("region", Reasons.RegionNotValid);
        }
        else if (!known.Offers("Block Storage"))
        {
            body.Fail("region", "Block Storage is not available in this region");
        }
        else if (linode is not null && linode.Region != region)
        {
            body.Fail("region", "The volume must be in the region of the Linode");
        }
    }

    /// <summary>The profile to write it into: the one named, else the one booted last, else the only one, else none.</summary>
    private static Config? ReadConfig(ApiCall call, Instance linode)
    {
        var configs = call.Cloud.Configs.OwnedBy(linode.Id);
        if (call.Body.Whole("config_id") is { } id)
        {
            var named = configs.FirstOrDefault(config => config.Id == id);
            if (named is null)
            {
                call.Body.Fail("config_id", "config_id is not valid");
            }

            return named;
        }

        return configs.FirstOrDefault(config => config.Id == linode.BootedConfig) ?? (configs.Count == 1 ? configs[0] : null);
    }

    private static Volume Join(ApiCall call, Volume volume, Instance linode, Config? config)
    {
        if (config is not null && FreeSlot(linode, config) is { } slot)
        {
            call.Cloud.Configs.Put(config with { Devices = new Dictionary<string, Slot?>(config.Devices) { [slot] = new Slot(null, volume.Id) } });
        }

        return Attach(call, volume, linode);
    }

    private static string? FreeSlot(Instance linode, Config config) =>
        Enumerable.Range(0, ConfigDevices.SlotsOf(linode))
            .Select(ConfigDevices.Name)
            .FirstOrDefault(name => config.Devices.GetValueOrDefault(name) is null);

    private static void Enqueue(ApiCall call, Volume volume, JobKind kind, Entity? secondary = null)
    {
        var told = call.Cloud.Events.Schedule(kind.Name, Entities.Of(volume), call.Now, call.User, secondary);
        call.Enqueue(kind, Job.VolumeLane(volume.Id), volume.Id, volume.Label, told);
    }
}
