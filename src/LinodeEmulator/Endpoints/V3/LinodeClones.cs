using System.Text.Json.Nodes;
using LinodeEmulator.State;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>A Linode like another: its disks and profiles, under a label and an address of its own.</summary>
internal static class LinodeClones
{
    private const int MostAtOnce = 5;

    public static void Map(ActionTable actions) => actions.Add(new V3Action(
        "linode.clone",
        "Makes a Linode like another",
        Clone,
        [Num("LinodeID").Required, Num("DatacenterID").Required, Num("PlanID").Required, Num("PaymentTerm", 1)])
    {
        Throws = "NOACCESS,NOTFOUND,CCFAILED,VALIDATION,LINODELIMITER,ACCOUNTLIMIT",
        AddsLinode = true,
    });

    private static JsonObject Clone(V3Call call)
    {
        var (source, cloud) = (call.Linode(), call.Cloud);
        var (region, type) = Linodes.Place(call);
        if (source.Specs.Disk - DiskWork.RoomOn(cloud, source) > type.Disk)
        {
            throw ApiV3Problem.Rule($"The disks of the Linode take more than the {type.Disk} MB of this plan");
        }

        if (cloud.Jobs.Rows.Count(job => job.Kind == JobKinds.Clone.Name && job.Related == source.Id) >= MostAtOnce)
        {
            throw ApiV3Problem.Rule($"A Linode can be cloned {MostAtOnce} times at once");
        }

        var copy = NewLinode.Put(call, region, type, label: null, bare => bare with { Group = source.Group, Watchdog = source.Watchdog });
        var disks = cloud.Disks.OwnedBy(source.Id)
            .Where(disk => disk.Status != Disk.Deleting)
            .ToDictionary(disk => disk.Id, disk => Copy(call, disk, copy));
        foreach (var config in cloud.Configs.OwnedBy(source.Id))
        {
            cloud.Configs.Put(config with
            {
                Id = cloud.Counters.Next("config"),
                LinodeId = copy.Id,
                Devices = config.Devices.ToDictionary(slot => slot.Key, slot => Moved(slot.Value, disks)),
                Initrd = config.Initrd is { } initrd && disks.TryGetValue(initrd, out var moved) ? moved : null,
                Interfaces = [],
            });
        }

        var told = cloud.Events.Schedule(JobKinds.Clone.Name, Entities.Of(source), call.Now, call.User, Entities.Of(copy));
        LinodeWork.Enqueue(call, copy, JobKinds.Clone, told, job => job with { Related = source.Id, Text = source.Label });
        return Linodes.Answer(copy);
    }

    private static long Copy(V3Call call, Disk disk, Instance copy)
    {
        var made = call.Cloud.Disks.Put(
            new Disk(call.Cloud.Counters.Next("disk"), copy.Id, disk.Label, disk.Filesystem, disk.Size, call.Now)
            {
                Image = disk.Image,
                Encrypted = copy.Encrypted,
                ReadOnly = disk.ReadOnly,
                Origin = Origin.Of(disk),
            });
        Setup.Copy(call.Cloud, disk.Id, made.Id);
        return made.Id;
    }

    private static Slot? Moved(Slot? slot, Dictionary<long, long> disks) =>
        slot?.DiskId is { } id && disks.TryGetValue(id, out var moved) ? new Slot(moved, null) : null;
}
