using System.Collections.Concurrent;

namespace LinodeClusterToolkit.Work;

/// <summary>The desks of the customers a worker has work of, and the graphs it has drawn; each is made once, when it is first needed.</summary>
internal sealed class Desks(Func<string, string, IWorkDesk> open, WorkBoard board, HappeningWriter events, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<(string Application, string Customer), Lazy<IWorkDesk>> desks = new();
    private readonly ConcurrentDictionary<WorkAddress, Drawn> sites = new();

    public IWorkDesk Of(WorkAddress at) =>
        desks.GetOrAdd((at.Application, at.Customer), key => new Lazy<IWorkDesk>(() => open(key.Application, key.Customer))).Value;

    public Action<string> Teller(WorkAddress at) => body => events.Tell(at with { Step = "" }, body);

    /// <summary>The graph that a claimed step is in.</summary>
    public Task<IWorkSite> DrawAsync(WorkClaim claim, CancellationToken cancellation)
    {
        var run = claim.Address with { Step = "" };
        var drawn = sites.AddOrUpdate(
            run, _ => Draw(run, claim.Site), (_, last) => last.Number == claim.Site && !last.Site.IsFaulted ? last : Draw(run, claim.Site));
        drawn.Used = time.GetTimestamp();
        return drawn.Site.WaitAsync(cancellation);
    }

    /// <summary>Forgets graphs that no step was taken of for long.</summary>
    public void Tidy()
    {
        foreach (var old in sites.Where(one => time.GetElapsedTime(one.Value.Used) > Idle))
        {
            sites.TryRemove(old);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var desk in desks.Values.Where(desk => desk.IsValueCreated))
        {
            await desk.Value.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Drawn Draw(WorkAddress run, long number) => new(number, new Lazy<Task<IWorkSite>>(() => Task.Run(async () =>
    {
        // Nobody's own: many steps share it, whoever was first.
        WorkClaim.Current = null;
        var body = await board.FindSiteAsync(run, CancellationToken.None).ConfigureAwait(false)
            ?? throw new Diagnostics.LinodeToolkitException(WorkProblems.NoSite(run));
        return await Of(run).DrawAsync(
            run, new SiteTools(body, note => board.NoteAsync(run, note, CancellationToken.None)), Teller(run), CancellationToken.None)
            .ConfigureAwait(false);
    })));

    private sealed record Drawn(long Number, Lazy<Task<IWorkSite>> Made)
    {
        public Task<IWorkSite> Site => Made.Value;

        public long Used { get; set; }
    }
}
