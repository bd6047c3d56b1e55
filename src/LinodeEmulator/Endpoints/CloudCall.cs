using LinodeEmulator.Faults;
using LinodeEmulator.State;
using LinodeEmulator.State.Work;

namespace LinodeEmulator.Endpoints;

/// <summary>A request that touches the cloud, whichever face of the API it came by: when, by whom, and what faults have in store for it.</summary>
internal class CloudCall(Cloud cloud, DateTime now, Caller caller, IReadOnlyList<FaultRule> faults, FaultBook book, FaultedRequest? faulted)
{
    private JobFate? _boots;
    private JobFate? _work;

    public Cloud Cloud => cloud;

    public DateTime Now => now;

    public Caller Caller => caller;

    /// <summary>The user that events name.</summary>
    public string User => caller.User;

    /// <summary>Whether a fault leaves hardly any room on the disks that this request makes from an image.</summary>
    public bool FillsDisks => Struck(FaultEffect.FullDisk);

    /// <summary>The rules that struck it.</summary>
    protected IReadOnlyList<FaultRule> Faults => faults;

    /// <summary>The request as faults look at it, if they do.</summary>
    protected FaultedRequest? Asked => faulted;

    /// <summary>Asks for work, with the fate that faults have in store for it.</summary>
    public Job Enqueue(JobKind kind, string lane, long subject, string drawnFor, long? eventId, Func<Job, Job>? with = null)
    {
        var fate = kind.IsBoot ? _boots ??= Fate(isBoot: true) : _work ??= Fate(isBoot: false);
        return cloud.Enqueue(kind.Name, lane, subject, drawnFor, now, eventId, job => (with?.Invoke(job) ?? job) with { Fate = fate });
    }

    /// <summary>Lets those come who will do something to a new Linode in the console.</summary>
    public void ExpectVisitsTo(Instance row) => ConsoleJob.Expect(cloud, row, book.VisitsTo(row.Label), now);

    public bool Struck(FaultEffect effect) => faults.Any(fault => fault.Effect == effect);

    public bool IsSoldOut(string region) => book.IsSoldOut(region);

    /// <summary>Whether there are as many as a fault allows, if it sets a bound.</summary>
    public bool IsFull(FaultEffect quota, int count) =>
        faults.Where(fault => fault.Effect == quota).Min(fault => fault.Number) is { } most && count >= (int)most;

    /// <summary>A region that a fault struck for this request.</summary>
    public bool StruckSoldOut(string region) => faults.Any(fault => fault.Effect == FaultEffect.SoldOut && (fault.Region ?? region) == region);

    private JobFate Fate(bool isBoot) => faulted is null ? JobFate.Normal : FaultAnswers.FateOf(book.StrikeWork(faulted, isBoot));
}
