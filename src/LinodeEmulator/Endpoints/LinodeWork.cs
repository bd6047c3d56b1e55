using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints;

/// <summary>Work on a whole Linode: an event and a job in its queue for each.</summary>
internal static class LinodeWork
{
    /// <summary>The Linode is put on a host. Its first boot may follow.</summary>
    public static void Create(CloudCall call, Instance row, SourceImage? image, bool boots)
    {
        var told = call.Cloud.Events.Schedule(
            JobKinds.Create.Name, Entities.Of(row), call.Now, call.User, image is null ? null : Entities.OfImage(image.Slug, image.Label));
        Enqueue(call, row, JobKinds.Create, told, job => job with { Amount = boots ? 1 : 0 });
    }

    /// <param name="call">Who asks for it.</param>
    /// <param name="row">The Linode.</param>
    /// <param name="kind">A boot, or a reboot.</param>
    /// <param name="config">The configuration profile to boot.</param>
    public static Job Boot(CloudCall call, Instance row, JobKind kind, Config config)
    {
        var told = call.Cloud.Events.Schedule(kind.Name, Entities.Of(row), call.Now, call.User, Entities.Of(config));
        return Enqueue(call, row, kind, told, job => job with { Related = config.Id });
    }

    public static Job Shutdown(CloudCall call, Instance row) =>
        Enqueue(call, row, JobKinds.Shutdown, call.Cloud.Events.Schedule(JobKinds.Shutdown.Name, Entities.Of(row), call.Now, call.User));

    /// <param name="call">Who asks for it.</param>
    /// <param name="row">The Linode.</param>
    /// <param name="type">Its new type.</param>
    /// <param name="growing">The disk that grows along, if one does.</param>
    /// <param name="comesBack">Whether it is running afterwards.</param>
    public static Job Resize(CloudCall call, Instance row, TypeWire type, long? growing, bool comesBack)
    {
        call.Cloud.Events.Notify("linode_resize_create", Entities.Of(row), call.Now, call.User);
        var told = call.Cloud.Events.Schedule(JobKinds.Resize.Name, Entities.Of(row), call.Now, call.User);
        return Enqueue(
            call, row, JobKinds.Resize, told, job => job with { Text = type.Id, Related = growing, Amount = comesBack ? 1 : 0 });
    }

    /// <summary>Taken whatever the Linode is doing; what it was doing is cut short.</summary>
    public static void Delete(CloudCall call, Instance row)
    {
        if (row.Status != InstanceStatus.Deleting)
        {
            call.Cloud.Work.Clear(Job.LinodeLane(row.Id), call.Now);
            call.Cloud.Change(row.Id, call.Now, old => old with { Status = InstanceStatus.Deleting });
            var told = call.Cloud.Events.Schedule(JobKinds.Delete.Name, Entities.Of(row), call.Now, call.User);
            Enqueue(call, row, JobKinds.Delete, told);
        }
    }

    public static Job Enqueue(CloudCall call, Instance row, JobKind kind, long told, Func<Job, Job>? with = null) =>
        call.Enqueue(kind, Job.LinodeLane(row.Id), row.Id, row.Label, told, with);
}
