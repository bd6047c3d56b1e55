using LinodeEmulator.Hosts;

namespace LinodeEmulator.State.Work;

/// <summary>A boot that nobody asked for: the watchdog's.</summary>
internal sealed class LassieJob() : BootJob("lassie_reboot");

/// <summary>The platform's watchdog: a node that powers off without having been told to is booted again, but not for ever.</summary>
internal static class Lassie
{
    private const int MostBoots = 5;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(15);

    public static void PoweredOff(Cloud cloud, MachineEnd end, DateTime at)
    {
        // Anything but running means that the platform is at work on it already: then this was asked for, or is too late to matter.
        if (cloud.Instances.Find(end.LinodeId) is not { Status: InstanceStatus.Running } instance || instance.Boots != end.Boots)
        {
            return;
        }

        cloud.Change(instance.Id, at, off => off with { Status = InstanceStatus.Offline });
        if (instance.Watchdog && Recent(cloud, instance, at) < MostBoots)
        {
            var config = instance.BootedConfig is { } id ? cloud.Configs.Find(id) : null;
            var told = cloud.Events.Schedule(
                JobKinds.Lassie.Name, Entities.Of(instance), at, user: null, config is null ? null : Entities.Of(config));
            cloud.Enqueue(JobKinds.Lassie.Name, Job.LinodeLane(instance.Id), instance.Id, instance.Label, at, told, job => job with
            {
                Related = config?.Id,
                Fate = job.Fate with { SshLate = instance.SshLate },
            });
        }
    }

    private static int Recent(Cloud cloud, Instance instance, DateTime at) => cloud.Events.Table.Rows.Count(row =>
        row.Action == JobKinds.Lassie.Name && row.Entity == Entities.Of(instance) && row.Created > at - Within);
}
