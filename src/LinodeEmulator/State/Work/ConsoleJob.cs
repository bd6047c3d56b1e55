namespace LinodeEmulator.State.Work;

/// <summary>Somebody will come to the console and do something to a Linode. No work of the platform, and so no event of its own: what is done there
/// has.</summary>
internal sealed class ConsoleJob() : JobKind("console", Unknowns.ConsoleVisit)
{
    /// <summary>Who finds nothing to do comes back, but not for ever.</summary>
    private const int MostVisits = 10;

    public static void Expect(Cloud cloud, Instance row, IEnumerable<string> actions, DateTime at)
    {
        foreach (var action in actions)
        {
            Expect(cloud, row, action, at, visits: 1);
        }
    }

    public override void Finish(Cloud cloud, Job job, DateTime at)
    {
        if (cloud.Instances.Find(job.Subject) is { Status: not InstanceStatus.Deleting } row && !cloud.Console(row, job.Text!, at)
            && job.Amount is { } visits && visits < MostVisits)
        {
            Expect(cloud, row, job.Text!, at, visits + 1);
        }
    }

    private static void Expect(Cloud cloud, Instance row, string action, DateTime at, int visits) =>
        cloud.Enqueue(
            "console", $"console/{row.Id}/{action}", row.Id, $"{row.Label} {action} {visits}", at, eventId: null,
            job => job with { Text = action, Amount = visits });
}
