using System.Collections.Concurrent;
using System.Diagnostics;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Feeds;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Sql;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Feeds;

/// <summary>A process that shares a feed: a database, a client and a watch of its own, on one real server and the real clock.</summary>
internal sealed class FeedProcess : IAsyncDisposable
{
    public static readonly FeedTimes Quick = new()
    {
        Interval = TimeSpan.FromMilliseconds(400), Look = TimeSpan.FromMilliseconds(50), Life = TimeSpan.FromMilliseconds(1500),
    };

    private readonly LinodeV4Client client;

    public FeedProcess(string place, HttpMessageHandler api, FeedTimes? times = null)
    {
        Database = new(PostgresServer.Open(place));
        Line = new(api);
        client = new(new()
        {
            ApiUrl = new("https://api.example/"), Token = () => new Sensitive("t0ken-of-tests"), Handler = Line, Counters = new CallCounters(),
        });
        Watch = SharedFeed.Of(Database, "account", "tests", client, times ?? Quick);
    }

    public FreezableDatabase Database { get; }

    public HeldLine Line { get; }

    public IEventWatch Watch { get; }

    /// <summary>Ends when the process has looked at the feed from beginning to end since now.</summary>
    public Task LookedAsync()
    {
        var before = Database.Reads;
        return UntilAsync(() => Database.Reads >= before + 3);
    }

    public static async Task UntilAsync(Func<bool> condition)
    {
        var waiting = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waiting.Elapsed < TimeSpan.FromSeconds(60), "it never came");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        ((IDisposable)Watch).Dispose();
        client.Dispose();
        Database.Thaw();
        await Database.DisposeAsync();
    }
}

/// <summary>A database that a process can lose as if it were frozen: nothing comes back, and nothing fails.</summary>
internal sealed class FreezableDatabase(ISqlDatabase inner) : ISqlDatabase
{
    private volatile TaskCompletionSource? ice;
    private int reads;

    public string Description => inner.Description;

    /// <summary>Reads that have ended.</summary>
    public int Reads => Volatile.Read(ref reads);

    public void Freeze() => ice = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw() => ice?.TrySetResult();

    public async Task<T> WriteAsync<T>(Func<ISqlSession, T> work, CancellationToken cancellation)
    {
        await (ice?.Task ?? Task.CompletedTask);
        return await inner.WriteAsync(work, cancellation);
    }

    public async Task<T> ReadAsync<T>(Func<ISqlSession, T> work, CancellationToken cancellation)
    {
        await (ice?.Task ?? Task.CompletedTask);
        var read = await inner.ReadAsync(work, cancellation);
        Interlocked.Increment(ref reads);
        return read;
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

/// <summary>A process's way to the API: counts requests, holds answers that are made already, or refuses.</summary>
internal sealed class HeldLine(HttpMessageHandler api) : DelegatingHandler(api)
{
    private readonly ConcurrentQueue<TimeSpan> sent = new();
    private volatile TaskCompletionSource? hold;
    private int held;

    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    /// <summary>When each request was sent.</summary>
    public IReadOnlyCollection<TimeSpan> Sent => sent;

    /// <summary>Answers that are held, or were.</summary>
    public int Held => Volatile.Read(ref held);

    public bool Refuses { get; set; }

    public void Hold() => hold = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo()
    {
        var all = hold;
        hold = null;
        all?.TrySetResult();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        sent.Enqueue(Now);
        var answer = Refuses ? FakeApi.Error(401, "Invalid Token") : await base.SendAsync(request, cancellationToken);
        if (hold is { } waiting)
        {
            Interlocked.Increment(ref held);
            await waiting.Task.WaitAsync(cancellationToken);
        }

        return answer;
    }
}
