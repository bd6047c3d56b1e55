using System.Diagnostics;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Postgres;
using LinodeClusterToolkit.Rates;
using LinodeClusterToolkit.Tests.Api.Http;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Rates;

/// <summary>Processes that use one account, and the far side that counts their calls. Each has connections of its own, as real ones have.</summary>
internal sealed class RateWorld(LimitRule rule, string? place = null) : IAsyncDisposable
{
    private readonly string place = place ?? PostgresServer.NewPlace();
    private readonly List<IAsyncDisposable> open = [];
    private readonly Lock gate = new();
    private readonly WindowServer server = new(rule.Calls, rule.Window);
    private readonly Stopwatch since = Stopwatch.StartNew();

    /// <summary>Calls by run, in the order in which they arrived.</summary>
    public List<string> Arrived { get; } = [];

    public int Refused => server.Refused;

    public TimeSpan LastArrival { get; private set; }

    public TimeSpan FirstArrival { get; private set; }

    public SharedLimits Process(string name)
    {
        var database = Open();
        var limits = new SharedLimits(database, name, TimeProvider.System, _ => rule);
        open.InsertRange(0, [limits, database]);
        return limits;
    }

    public PostgresDatabase Open() => PostgresServer.Open(place);

    public static async Task<CallLease> TakeAsync(SharedLimits process, string? run = null, CancellationToken cancellation = default)
    {
        CallOwner.Current = run;
        return (CallLease)await process.Of("account")[LimitClass.CreateLinode].AcquireAsync(1, cancellation);
    }

    /// <summary>Calls of a run, all at once.</summary>
    public Task CallAsync(SharedLimits process, string run, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
    {
        using var lease = await TakeAsync(process, run);
        lease.Settle(LimiterRun.Answer(Arrive(run) ? 200 : 429));
    }));

    public async Task<long> AskAsync(string sql)
    {
        await using var database = Open();
        return await database.WriteAsync(session => session.Query(sql, row => row.GetInt64(0)).SingleOrDefault(), default);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in open)
        {
            await one.DisposeAsync();
        }
    }

    private bool Arrive(string run)
    {
        lock (gate)
        {
            LastArrival = since.Elapsed;
            FirstArrival = Arrived.Count == 0 ? LastArrival : FirstArrival;
            Arrived.Add(run);
            return server.Arrive(DateTimeOffset.UnixEpoch + LastArrival);
        }
    }
}
