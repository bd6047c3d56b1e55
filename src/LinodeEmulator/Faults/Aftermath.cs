using LinodeEmulator.State;

namespace LinodeEmulator.Faults;

/// <summary>Puts right what is left of faults that are no longer in force, so that nothing of them is met by later work: open work ends as it would
/// have without them, a boot that would never have ended too; SSH answers at once; a lost host is there again, with its node off; nobody comes to
/// the console. What has happened has happened: a boot that failed stays failed, a disk that was filled stays full.</summary>
internal static class Aftermath
{
    public static void Clear(Cloud cloud, IReadOnlyList<StandingFault> standing, DateTime now)
    {
        cloud.Work.Relieve(job => Relieved(job, standing), now);
        ForgetVisits(cloud, standing, now);
        foreach (var row in cloud.Instances.Rows.ToList())
        {
            var relieved = row with
            {
                SshLate = Stands(standing, FaultEffect.SshLate) ? row.SshLate : TimeSpan.Zero,
                HostGone = row.HostGone && (!row.LostByFault || Stands(standing, FaultEffect.HostGone)),
                LostByFault = row.LostByFault && Stands(standing, FaultEffect.HostGone),
            };
            if (relieved != row)
            {
                cloud.Instances.Put(relieved);
            }
        }

        foreach (var setup in cloud.Setups.Rows.Where(setup => setup.IsFull && !Stands(standing, FaultEffect.FullDisk)).ToList())
        {
            cloud.Setups.Put(setup with { IsFull = false });
        }
    }

    private static JobFate Relieved(Job job, IReadOnlyList<StandingFault> standing) => new(
        Stands(standing, JobKinds.ByName[job.Kind].IsBoot ? FaultEffect.SlowBoot : FaultEffect.SlowJob) ? job.Fate.Slower : 1,
        job.Fate.Never && Stands(standing, FaultEffect.EndlessBoot),
        job.Fate.Fails && Stands(standing, FaultEffect.FailedBoot),
        job.Fate.LosesHost && Stands(standing, FaultEffect.HostGone))
    {
        SshLate = Stands(standing, FaultEffect.SshLate) ? job.Fate.SshLate : TimeSpan.Zero,
    };

    private static void ForgetVisits(Cloud cloud, IReadOnlyList<StandingFault> standing, DateTime now)
    {
        foreach (var visit in cloud.Jobs.Rows.Where(job => job.Kind == JobKinds.Console.Name).ToList())
        {
            if (!standing.Any(fault => fault.Rule.Effect == FaultEffect.Console && fault.Rule.Action == visit.Text))
            {
                cloud.Work.Clear(visit.Lane, now);
            }
        }
    }

    private static bool Stands(IReadOnlyList<StandingFault> standing, FaultEffect effect) => standing.Any(fault => fault.Rule.Effect == effect);
}
