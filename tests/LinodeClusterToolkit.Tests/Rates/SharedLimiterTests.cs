using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Postgres;
using LinodeClusterToolkit.Rates;
using LinodeClusterToolkit.Sql;
using LinodeClusterToolkit.Tests.Api.Http;
using LinodeClusterToolkit.Tests.Api.V4;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Rates;

// In real time, since the clock is the database's: so windows are short here.
public sealed class SharedLimiterTests
{
    private static readonly LimitRule TenASecond = new(10, TimeSpan.FromSeconds(1));
    private static readonly LimitRule FiveInHalfASecond = new(5, TimeSpan.FromSeconds(0.5));

    [Fact]
    public async Task A_hundred_creates_by_four_processes_take_hardly_more_than_the_least_time_and_meet_no_refusal()
    {
        await using var world = new RateWorld(new(20, TimeSpan.FromSeconds(2)));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => world.CallAsync(world.Process($"p{number}"), "run", 25)));
        Assert.Equal((100, 0), (world.Arrived.Count, world.Refused));

        // The machine may be busy with other tests for a while, seldom for most of the time.
        var windows = world.Arrived.Select(call => call.At).Chunk(20).Select(window => window[0]).ToList();
        var usual = windows.Zip(windows.Skip(1), (one, next) => next - one).Order().ElementAt(1);
        Assert.InRange(usual.TotalSeconds, 2, 2.1);
    }

    [Fact]
    public async Task Two_runs_take_turns_though_one_came_first_and_is_in_more_processes()
    {
        await using var world = new RateWorld(FiveInHalfASecond);
        var early = Enumerable.Range(0, 3).Select(number => world.CallAsync(world.Process($"p{number}"), "early", number == 0 ? 16 : 17)).ToList();
        await Task.WhenAll([.. early, world.CallAsync(world.Process("p3"), "late", 50)]);
        Assert.Equal(0, world.Refused);

        // What the first had taken before the other came is not held against anybody for longer than a window.
        var of = world.Arrived.ConvertAll(call => call.Run);
        var from = of.IndexOf("late");
        Assert.InRange(from, 0, 10);

        // By processes it would be 15 of 60, in order of coming fewer: a window or two may pass while a busy machine lets a process wait.
        Assert.InRange(of.Skip(from).Take(60).Count(run => run == "late"), 23, 37);
        Assert.InRange(of.Count - of.LastIndexOf("early"), 0, 20);
    }

    [Fact]
    public async Task What_a_killed_process_held_comes_back_by_itself()
    {
        await using var world = new RateWorld(FiveInHalfASecond);
        var (killed, other) = (world.Process("killed"), world.Process("other"));
        for (var taken = 0; taken < 5; taken++)
        {
            await RateWorld.TakeAsync(killed);
        }

        var next = RateWorld.TakeAsync(other);
        var longest = await world.AskAsync(
            "SELECT max(until) - (extract(epoch FROM clock_timestamp()) * 1000000)::bigint FROM rate_permit");
        Assert.InRange(longest / 1e6, 20, 30.5);
        Assert.False(next.IsCompleted);

        // As if that time had passed.
        await world.AskAsync("WITH moved AS (UPDATE rate_permit SET until = until - 30500000 RETURNING 1) SELECT count(*) FROM moved");
        Assert.True((await next).WasHeldBack);
    }

    [Fact]
    public async Task What_was_kept_for_a_process_that_was_killed_goes_to_others_within_seconds()
    {
        await using var world = new RateWorld(FiveInHalfASecond);
        await world.AskAsync(
            """
            WITH told AS (
                INSERT INTO rate_want
                SELECT 'account', 'CreateLinode', 'a run', 'killed', 100, 0, 0, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint + 2000000
                RETURNING 1)
            SELECT count(*) FROM told
            """);
        var process = world.Process("other");
        var calls = Enumerable.Range(0, 4).Select(_ => RateWorld.TakeAsync(process, "another run")).ToList();
        await Task.WhenAny(calls);
        Assert.InRange(calls.Count(call => call.IsCompleted), 1, 3);
        await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_refusal_that_one_process_meets_closes_the_limit_for_all()
    {
        await using var world = new RateWorld(FiveInHalfASecond);
        var (one, other) = (world.Process("one"), world.Process("other"));
        (await RateWorld.TakeAsync(one)).Settle(LimiterRun.Answer(429, ("Retry-After", "2"), ("X-RateLimit-Limit", "3")));
        var before = DateTimeOffset.UtcNow;
        await RateWorld.TakeAsync(one);
        Assert.InRange((DateTimeOffset.UtcNow - before).TotalSeconds, 1.5, 10);
        await RateWorld.TakeAsync(other);
        await RateWorld.TakeAsync(other);
        var fourth = RateWorld.TakeAsync(other);
        await RateWorld.TakeAsync(other, cancellation: new CancellationTokenSource(TimeSpan.FromSeconds(0.5)).Token).ContinueWith(_ => { });
        Assert.False(fourth.IsCompleted);
    }

    [Fact]
    public async Task Leaves_room_for_others_who_use_the_account()
    {
        await using var world = new RateWorld(TenASecond with { Window = TimeSpan.FromSeconds(30) });
        var (one, other) = (world.Process("one"), world.Process("other"));
        (await RateWorld.TakeAsync(one)).Settle(LimiterRun.Answer(200, ("X-RateLimit-Remaining", "2")));
        await one.DisposeAsync();
        Assert.False((await RateWorld.TakeAsync(other)).WasHeldBack);
        Assert.False((await RateWorld.TakeAsync(other)).WasHeldBack);
        Assert.Equal(10, await world.AskAsync("SELECT count(*) FROM rate_permit"));
    }

    [Fact]
    public async Task A_database_that_is_killed_and_comes_again_loses_no_call_and_lets_none_too_many_through()
    {
        using var server = PostgresServer.Own();
        await using var world = new RateWorld(FiveInHalfASecond, PostgresServer.PlaceIn(server.Url));
        var calls = Enumerable.Range(0, 3).Select(number => world.CallAsync(world.Process($"p{number}"), "run", 20)).ToList();
        await RateWorld.TakeAsync(world.Process("last"), "run"); // there is something under way by then
        await Task.Run(server.Restart);
        await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(90));
        Assert.Equal((60, 0), (world.Arrived.Count, world.Refused));
    }

    [Fact]
    public async Task Where_the_database_stays_away_calls_fail_and_may_be_tried_again()
    {
        await using var database = new PostgresDatabase(PostgresAddress.Parse("postgres://tests@127.0.0.1:9/none"), null, PostgresTables.All)
        {
            Patience = TimeSpan.FromSeconds(0.5),
        };
        await using var limits = new SharedLimits(database, "p", TimeProvider.System);
        var thrown = await Assert.ThrowsAsync<LinodeToolkitException>(() => RateWorld.TakeAsync(limits));
        Assert.Equal(("LCT7132", true), (thrown.Problem.Code, thrown.Problem.Retryable));
    }

    [Fact]
    public async Task One_who_gives_up_takes_no_permit_and_is_waited_for_by_nobody()
    {
        await using var world = new RateWorld(TenASecond with { Calls = 1 });
        var process = world.Process("p");
        var first = await RateWorld.TakeAsync(process, "run");
        using var stop = new CancellationTokenSource();
        var (leaver, stayer) = (RateWorld.TakeAsync(process, "leaver", stop.Token), RateWorld.TakeAsync(process, "stayer"));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        first.Settle(LimiterRun.Answer(200));
        Assert.True((await stayer).WasHeldBack);
        Assert.Equal(0, await world.AskAsync("SELECT count(*) FROM rate_want"));
    }

    [Fact]
    public async Task Asks_a_few_times_a_second_while_somebody_waits_and_not_at_all_otherwise()
    {
        await using var world = new RateWorld(new(1, TimeSpan.FromMinutes(1)));
        var counted = new CountedDatabase();
        var process = world.Process("p", counted.Of);
        (await RateWorld.TakeAsync(process)).Settle(LimiterRun.Answer(200));
        using (var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RateWorld.TakeAsync(process, cancellation: stop.Token));
        }

        var asked = counted.Writes;
        Assert.InRange(asked, 3, 14);
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.InRange(counted.Writes - asked, 0, 1);
    }

    [Fact]
    public async Task A_client_sends_its_calls_through_it_and_counts_those_that_were_held_back()
    {
        await using var world = new RateWorld(FiveInHalfASecond with { Window = TimeSpan.FromSeconds(3) });
        var api = new FakeApi((_, _) => FakeApi.Json("""{ "id": 7, "label": "data", "status": "active", "size": 20 }"""));
        var options = Clouds.On(api, new ManualTime()) with { Limits = world.Process("p").Of("account"), Time = TimeProvider.System };
        using var client = new LinodeV4Client(options);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.SendAsync(new GetVolume(7), default)));
        Assert.Equal((8, 3, 0), (options.Counters!.Calls, options.Counters.Waited, options.Counters.RateLimited));
    }

    private sealed class CountedDatabase
    {
        private int writes;

        public int Writes => Volatile.Read(ref writes);

        public ISqlDatabase Of(ISqlDatabase inner) => new Counter(this, inner);

        private sealed class Counter(CountedDatabase counted, ISqlDatabase inner) : ISqlDatabase
        {
            public string Description => inner.Description;

            public Task<T> WriteAsync<T>(Func<ISqlSession, T> work, CancellationToken cancellation)
            {
                Interlocked.Increment(ref counted.writes);
                return inner.WriteAsync(work, cancellation);
            }

            public Task<T> ReadAsync<T>(Func<ISqlSession, T> work, CancellationToken cancellation) => inner.ReadAsync(work, cancellation);

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
