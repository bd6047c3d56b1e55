using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Feeds;
using LinodeClusterToolkit.Tests.Api.V4;
using LinodeClusterToolkit.Tests.Support;
using static LinodeClusterToolkit.Tests.Feeds.FeedProcess;

namespace LinodeClusterToolkit.Tests.Feeds;

public sealed class SharedEventWatchTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string place = PostgresServer.NewPlace();
    private readonly FakeEvents stream = new();
    private readonly List<FeedProcess> processes = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }
    }

    [Fact]
    public async Task Four_processes_with_a_hundred_waits_poll_as_one()
    {
        var all = Enumerable.Range(0, 4).Select(_ => New()).ToArray();
        await Task.WhenAll(all.Select(process => process.Watch.MarkAsync(None)));
        var began = HeldLine.Now;
        var waits = Enumerable.Range(1, 100).Select(node => all[node % 4].Watch.WaitAsync(node, "linode_create", null, None)).ToArray();
        foreach (var node in Enumerable.Range(1, 100))
        {
            stream.Set(node, node, "linode_create", "started");
        }

        foreach (var part in Enumerable.Range(1, 100).Chunk(25))
        {
            foreach (var node in part)
            {
                stream.Set(node, node, "linode_create", "finished");
            }

            await Task.WhenAll(part.Select(node => waits[node - 1]));
        }

        Assert.Equal(Enumerable.Range(1, 100).Select(node => (long)node), (await Task.WhenAll(waits)).Select(ended => ended.EntityId!.Value));
        var most = ((HeldLine.Now - began) / Quick.Interval) + 2;
        Assert.InRange(all.Sum(process => process.Line.Sent.Count(at => at > began)), 4, most);
        Assert.Equal("""{"+order_by":"id","+order":"desc"}""", stream.Api.Seen[0].Filter);
        Assert.DoesNotContain(stream.Api.Seen.Skip(1), request => request.Filter!.Contains("desc"));
    }

    [Fact]
    public async Task Nobody_polls_when_nobody_waits()
    {
        var process = New();
        await process.Watch.MarkAsync(None);
        await UntilAsync(() => HolderAsync().GetAwaiter().GetResult() is null);
        var before = Requests;
        var other = New();
        await other.Watch.MarkAsync(None);
        Assert.Equal(before, Requests);
    }

    [Fact]
    public async Task Another_takes_over_where_the_poller_is_frozen_in_the_middle_and_what_it_read_counts_no_more_when_it_comes_back()
    {
        var (first, second, third) = (New(), New(), New());
        await first.Watch.MarkAsync(None);
        stream.Set(101, 7, "linode_boot", "started");
        var its = first.Watch.WaitAsync(7, "linode_boot", null, None);
        first.Line.Hold();
        await UntilAsync(() => first.Line.Held > 0);
        first.Database.Freeze();
        var waits = new[] { second.Watch.WaitAsync(7, "linode_boot", null, None), third.Watch.WaitAsync(7, "linode_boot", null, None) };
        stream.Set(101, 7, "linode_boot", "finished");
        var asked = HeldLine.Now;

        Assert.All(await Task.WhenAll(waits), ended => Assert.Equal((101, "finished"), (ended.Id, ended.Status)));
        Assert.True(HeldLine.Now - asked < Quick.Life + (4 * Quick.Interval) + TimeSpan.FromSeconds(10), $"took {HeldLine.Now - asked}");
        Assert.Equal(1, second.Line.Sent.Count + third.Line.Sent.Count);
        Assert.False(its.IsCompleted);

        first.Line.LetGo();
        first.Database.Thaw();
        Assert.Equal((101, "finished"), (await its) is var ended ? (ended.Id, ended.Status) : default);
        Assert.Equal("finished", (await second.Watch.WaitAsync(7, "linode_boot", null, None)).Status);
    }

    [Fact]
    public async Task A_wait_that_comes_while_a_poll_is_under_way_is_not_judged_by_it()
    {
        var (first, second) = (New(), New());
        await first.Watch.MarkAsync(None);
        stream.Set(101, 7, "linode_boot", "finished");
        var other = first.Watch.WaitAsync(8, "linode_boot", null, None);
        first.Line.Hold();
        await UntilAsync(() => first.Line.Held > 0);
        var wait = second.Watch.WaitAsync(7, "linode_boot", null, None);
        await second.LookedAsync();
        stream.Set(102, 7, "linode_boot", "started");
        first.Line.LetGo();
        await UntilAsync(() => first.Line.Sent.Count + second.Line.Sent.Count > first.Line.Held + 2);
        await second.LookedAsync();
        Assert.False(wait.IsCompleted);
        stream.Set(102, 7, "linode_boot", "finished");
        Assert.Equal(102, (await wait).Id);
        Assert.False(other.IsCompleted);
    }

    [Fact]
    public async Task Work_that_failed_is_told_to_those_who_wait_for_it_and_to_nobody_else()
    {
        var (first, second) = (New(), New());
        await first.Watch.MarkAsync(None);
        var fails = second.Watch.WaitAsync(7, "disk_create", 11, None);
        var works = first.Watch.WaitAsync(7, "disk_create", 12, None);
        stream.Set(101, 7, "disk_create", "failed", subject: 11, message: "The host is out of room");
        stream.Set(102, 7, "disk_create", "finished", subject: 12);
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => fails);
        Assert.Equal((ApiFailure.JobFailed, "node 7"), (failure.Failure, failure.Problem.Where));
        Assert.Equal("event 101 ended as failed: \"The host is out of room\"", failure.Problem.Why);
        Assert.Equal(102, (await works).Id);
    }

    [Fact]
    public async Task No_event_yet_is_not_done_and_work_open_before_the_mark_keeps_its_node_busy()
    {
        var (first, second) = (New(), New());
        stream.Set(99, 7, "linode_boot", "finished");
        stream.Set(100, 7, "linode_shutdown", "started");
        await first.Watch.MarkAsync(None);
        var boot = first.Watch.WaitAsync(7, "linode_boot", null, None);
        var idle = second.Watch.WaitIdleAsync(7, None);
        var polls = Requests;
        await UntilAsync(() => Requests > polls + 2);
        Assert.False(boot.IsCompleted || idle.IsCompleted);
        stream.Set(100, 7, "linode_shutdown", "finished");
        await idle;
        Assert.False(boot.IsCompleted);
    }

    [Fact]
    public async Task A_node_is_covered_where_the_feed_saw_it_created_and_by_whom_does_not_matter()
    {
        var (first, second) = (New(), New());
        stream.Set(100, 5, "linode_create", "finished");
        await first.Watch.MarkAsync(None);
        stream.Set(101, 7, "linode_create", "started");
        Assert.True(await second.Watch.CoversAsync(7, None));
        Assert.False(await second.Watch.CoversAsync(5, None));
        var before = Requests;
        Assert.True(await first.Watch.CoversAsync(7, None));
        Assert.InRange(Requests, before, before + 1);
    }

    [Fact]
    public async Task A_feed_that_slept_reads_the_newest_events_and_asks_for_what_was_open_by_id()
    {
        var times = Quick with { Lull = TimeSpan.Zero, MostAfterLull = 1000 };
        var process = New(times);
        await process.Watch.MarkAsync(None);
        stream.Set(1, 1, "linode_create", "started");
        Assert.True(await process.Watch.CoversAsync(1, None));
        await UntilAsync(() => HolderAsync().GetAwaiter().GetResult() is null);
        stream.Set(1, 1, "linode_create", "finished");
        foreach (var id in Enumerable.Range(2, 6000))
        {
            stream.Set(id, id, "linode_boot", "finished");
        }

        var later = New(times);
        var (asked, sent) = (stream.Api.Seen.Count, stream.EventsSent);
        await later.Watch.MarkAsync(None);
        Assert.Equal(asked, stream.Api.Seen.Count);
        stream.Set(6002, 9000, "linode_create", "finished");
        var waits = new[] { later.Watch.WaitAsync(9000, "linode_create", null, None), later.Watch.WaitAsync(1, "linode_create", null, None) };
        Assert.Equal([6002L, 1L], (await Task.WhenAll(waits)).Select(ended => ended.Id));
        Assert.Equal(
            ["""{"+or":[{"id":1}],"+order_by":"id"}""", """{"id":{"+gte":2},"+order_by":"id","+order":"desc"}"""],
            stream.Api.Seen.Skip(asked).Take(3).Select(request => request.Filter).Distinct());
        Assert.InRange(stream.EventsSent - sent, 1001, 1500);
    }

    [Fact]
    public async Task Turns_end_now_and_then_and_no_wait_with_them()
    {
        var times = Quick with { Interval = TimeSpan.FromMilliseconds(100), PollsPerTurn = 3 };
        var (first, second) = (New(times), New(times));
        await first.Watch.MarkAsync(None);
        stream.Set(101, 7, "linode_create", "started");
        var waits = new[] { first.Watch.WaitAsync(7, "linode_create", null, None), second.Watch.WaitAsync(7, "linode_create", null, None) };
        var polls = Requests;
        await UntilAsync(() => Requests > polls + 8);
        Assert.DoesNotContain(waits, wait => wait.IsCompleted);
        stream.Set(101, 7, "linode_create", "finished");
        Assert.All(await Task.WhenAll(waits), ended => Assert.Equal(101, ended.Id));
        Assert.True(await first.Database.ReadAsync(
            session => session.Query("SELECT turn FROM feed", row => row.GetInt64(0)).Single(), None) > 2);
    }

    [Fact]
    public async Task A_cloud_waits_by_the_watch_it_is_given()
    {
        var process = New();
        var cloud = LinodeV4.Create(new() { Token = () => throw new NotSupportedException(), Events = _ => process.Watch });
        Assert.Same(process.Watch, cloud.Events);
        await process.Watch.MarkAsync(None);
        Assert.Equal(1, Requests);
        ((IDisposable)cloud).Dispose();
    }

    [Fact]
    public async Task Old_events_are_cleared_away()
    {
        var times = Quick with { Kept = TimeSpan.Zero, PollsPerCleaning = 1 };
        var process = New(times);
        await process.Watch.MarkAsync(None);
        stream.Set(101, 7, "linode_create", "finished");
        stream.Set(102, 8, "linode_create", "started");
        Assert.False(await process.Watch.CoversAsync(7, None));
    }

    [Fact]
    public async Task A_token_that_is_refused_ends_the_waits_of_its_process_and_another_polls_on()
    {
        var (first, second) = (New(), New());
        await second.Watch.MarkAsync(None);
        await UntilAsync(() => HolderAsync().GetAwaiter().GetResult() is null);
        first.Line.Refuses = true;
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => first.Watch.WaitAsync(7, "linode_boot", null, None));
        Assert.Equal(ApiFailure.NotAllowed, failure.Failure);
        stream.Set(101, 7, "linode_boot", "finished");
        Assert.Equal(101, (await second.Watch.WaitAsync(7, "linode_boot", null, None)).Id);
    }

    [Fact]
    public async Task A_poll_that_fails_ends_no_wait()
    {
        var process = New();
        await process.Watch.MarkAsync(None);
        stream.FailNext(3);
        stream.Set(101, 7, "linode_create", "finished");
        Assert.Equal(101, (await process.Watch.WaitAsync(7, "linode_create", null, None)).Id);
    }

    [Fact]
    public async Task Who_gives_up_leaves_at_once_and_hands_polling_on()
    {
        var (first, second) = (New(), New());
        await first.Watch.MarkAsync(None);
        using var stop = new CancellationTokenSource();
        var given = first.Watch.WaitAsync(7, "linode_create", null, stop.Token);
        await first.LookedAsync();
        var wait = second.Watch.WaitAsync(8, "linode_create", null, None);
        await second.LookedAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await UntilAsync(() => second.Line.Sent.Count > 0);
        stream.Set(101, 8, "linode_create", "finished");
        Assert.Equal(101, (await wait).Id);
    }

    [Fact]
    public async Task A_database_that_goes_down_and_comes_again_ends_no_wait()
    {
        using var server = PostgresServer.Own();
        var own = PostgresServer.PlaceIn(server.Url);
        var (first, second) = (New(at: own), New(at: own));
        await first.Watch.MarkAsync(None);
        var waits = new[] { first.Watch.WaitAsync(7, "linode_create", null, None), second.Watch.WaitAsync(8, "linode_create", null, None) };
        await second.LookedAsync();
        server.Restart();
        stream.Set(101, 7, "linode_create", "finished");
        stream.Set(102, 8, "linode_create", "finished");
        Assert.Equal([101L, 102L], (await Task.WhenAll(waits)).Select(ended => ended.Id));
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        processes.Clear();
    }

    private int Requests => stream.Api.Seen.Count;

    private FeedProcess New(FeedTimes? times = null, string? at = null)
    {
        var process = new FeedProcess(at ?? place, stream.Api, times);
        processes.Add(process);
        return process;
    }

    private Task<string?> HolderAsync() => processes[0].Database.ReadAsync(
        session => session.Query("SELECT holder FROM feed", row => row.IsDBNull(0) ? null : row.GetString(0)).SingleOrDefault(), None);
}
