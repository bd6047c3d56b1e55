namespace LinodeEmulator.State.Work;

internal class BootJob(string name = "linode_boot") : JobKind(name, new Range(14, 20, 83))
{
    // Creating with an image until running was recorded as 105 s at most (n=68), which is the slowest create (67 s) and this.
    private static readonly Range RightAfterCreate = new(14, 20, 38);

    public override Range? Settles => Unknowns.BootSettles;

    public override bool IsBoot => true;

    public override Range TakesNow(Cloud cloud, Job job) => cloud.Instances.Get(job.Subject) switch
    {
        { Status: InstanceStatus.Running } => Unknowns.NothingToDo,
        { BootedConfig: null, Image: not null } => RightAfterCreate,
        _ => Takes,
    };

    public override void Begin(Cloud cloud, Job job, DateTime at) => cloud.Change(job.Subject, at, instance =>
        instance.Status == InstanceStatus.Running ? instance : instance with { Status = InstanceStatus.Booting });

    public override void TakeEffect(Cloud cloud, Job job, DateTime at) => Power.On(cloud, job, at);

    public override void Finish(Cloud cloud, Job job, DateTime at) => Power.MeetFate(cloud, job, at);

    public override void Fail(Cloud cloud, Job job, DateTime at) =>
        cloud.Change(job.Subject, at, instance => instance with { Status = InstanceStatus.Offline });

    public override string? NothingToDo(Cloud cloud, Job job) =>
        cloud.Instances.Get(job.Subject).Status == InstanceStatus.Running ? "Linode already running" : null;

    public override string Failure(Cloud cloud, Job job) => Power.Failure(cloud, job);

    public override bool IsDoomed(Cloud cloud, Job job) => cloud.Instances.Get(job.Subject).HostGone;
}

internal sealed class ShutdownJob() : JobKind("linode_shutdown", new Range(9, 19, 28))
{
    public override Range TakesNow(Cloud cloud, Job job) =>
        cloud.Instances.Get(job.Subject).Status == InstanceStatus.Offline ? Unknowns.NothingToDo : Takes;

    public override void Begin(Cloud cloud, Job job, DateTime at) => cloud.Change(job.Subject, at, instance =>
        instance.Status == InstanceStatus.Offline ? instance : instance with { Status = InstanceStatus.ShuttingDown });

    public override void TakeEffect(Cloud cloud, Job job, DateTime at) =>
        cloud.Change(job.Subject, at, instance => instance with { Status = InstanceStatus.Offline });

    public override string? NothingToDo(Cloud cloud, Job job) =>
        cloud.Instances.Get(job.Subject).Status == InstanceStatus.Offline ? "Linode already powered off" : null;
}

internal sealed class RebootJob() : JobKind("linode_reboot", Unknowns.Reboot)
{
    public override Range? Settles => Unknowns.BootSettles;

    public override bool IsBoot => true;

    public override void Begin(Cloud cloud, Job job, DateTime at) =>
        cloud.Change(job.Subject, at, instance => instance with { Status = InstanceStatus.Rebooting });

    public override void TakeEffect(Cloud cloud, Job job, DateTime at) => Power.On(cloud, job, at);

    public override void Finish(Cloud cloud, Job job, DateTime at) => Power.MeetFate(cloud, job, at);

    public override void Fail(Cloud cloud, Job job, DateTime at) =>
        cloud.Change(job.Subject, at, instance => instance with { Status = InstanceStatus.Offline });

    public override string Failure(Cloud cloud, Job job) => Power.Failure(cloud, job);

    public override bool IsDoomed(Cloud cloud, Job job) => cloud.Instances.Get(job.Subject).HostGone;
}

internal static class Power
{
    public static string Failure(Cloud cloud, Job job) =>
        cloud.Instances.Get(job.Subject).HostGone ? JobWords.HostSilent : "The system did not boot";

    /// <summary>Running, with the configuration profile of the job; its interfaces are in force from now on.</summary>
    public static void On(Cloud cloud, Job job, DateTime at)
    {
        cloud.Change(job.Subject, at, instance => instance with
        {
            Status = InstanceStatus.Running,
            BootedConfig = job.Related ?? instance.BootedConfig,
            SshLate = job.Fate.SshLate,
            Boots = instance.Status == InstanceStatus.Running ? instance.Boots : instance.Boots + 1,
        });
        if (job.Related is { } configId && cloud.Configs.Find(configId) is { } config)
        {
            cloud.Configs.Put(config with { Interfaces = [.. config.Interfaces.Select(one => one with { Active = true })] });
        }
    }

    public static void MeetFate(Cloud cloud, Job job, DateTime at)
    {
        if (job.Fate.LosesHost)
        {
            LoseHost(cloud, job.Subject, at, byFault: true);
        }
    }

    /// <summary>The machine under the node is lost. The node is off, and stays so.</summary>
    public static void LoseHost(Cloud cloud, long linodeId, DateTime at, bool byFault = false)
    {
        var instance = cloud.Instances.Get(linodeId);
        cloud.Change(instance.Id, at, lost => lost with { Status = InstanceStatus.Offline, HostGone = true, LostByFault = byFault });
        cloud.Events.End(cloud.Events.Schedule("host_reboot", Entities.Of(instance), at, user: null), "failed", at);
        cloud.JobLog.HostRestart(instance.Id, at);
    }
}
