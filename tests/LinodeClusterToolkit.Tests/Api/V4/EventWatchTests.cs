using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V4;

public sealed class EventWatchTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ManualTime time = new();
    private readonly FakeEvents stream = new();
    private readonly LinodeV4Client client;
    private readonly V4EventWatch watch;

    public EventWatchTests()
    {
        client = new(Clouds.On(stream.Api, time));
        watch = new(client, time);
    }

    public void Dispose()
    {
        watch.Dispose();
        client.Dispose();
    }

    [Fact]
    public async Task Finds_an_event_that_ended_before_anybody_waited()
    {
        stream.Set(100, 1, "linode_create", "finished");
        await watch.MarkAsync(None);
        stream.Set(101, 7, "linode_create", "finished");
        var found = await watch.WaitAsync(7, "linode_create", null, None);
        Assert.Equal((101, "finished"), (found.Id, found.Status));
        Assert.Equal("""{"id":{"+gte":101},"+order_by":"id"}""", stream.Api.Seen[1].Filter);
        Assert.Equal("/v4/account/events?page=1&page_size=500", stream.Api.Seen[1].PathAndQuery);
    }

    [Fact]
    public async Task No_event_yet_never_means_done()
    {
        await watch.MarkAsync(None);
        var wait = watch.WaitAsync(7, "linode_create", null, None);
        for (var poll = 0; poll < 3; poll++)
        {
            await NextPauseAsync();
            Assert.False(wait.IsCompleted);
            time.Advance(Interval);
        }

        stream.Set(101, 7, "linode_create", "finished");
        Assert.Equal(101, (await time.DriveAsync(wait)).Id);
    }

    [Fact]
    public async Task Sees_an_old_event_change_while_newer_ones_come_and_go()
    {
        await watch.MarkAsync(None);
        stream.Set(101, 7, "linode_create", "started");
        var wait = watch.WaitAsync(7, "linode_create", null, None);
        await NextPauseAsync();
        stream.Set(102, 8, "linode_create", "finished");
        time.Advance(Interval);
        await NextPauseAsync();
        stream.Set(101, 7, "linode_create", "finished");
        Assert.Equal(101, (await time.DriveAsync(wait)).Id);
        Assert.Equal("""{"id":{"+gte":101},"+order_by":"id"}""", stream.Api.Seen[^1].Filter);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("canceled")]
    public async Task Work_that_failed_is_told_with_the_cloud_s_own_words(string status)
    {
        await watch.MarkAsync(None);
        stream.Set(101, 7, "linode_boot", status, message: "The host is out of memory");
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => watch.WaitAsync(7, "linode_boot", null, None));
        Assert.Equal((ApiFailure.JobFailed, "LCT5015", "node 7"), (failure.Failure, failure.Problem.Code, failure.Problem.Where));
        Assert.Equal($"event 101 ended as {status}: \"The host is out of memory\"", failure.Problem.Why);
    }

    [Fact]
    public async Task Tells_disks_of_one_node_apart()
    {
        await watch.MarkAsync(None);
        stream.Set(101, 7, "disk_create", "finished", subject: 11);
        stream.Set(102, 7, "disk_create", "started", subject: 12);
        Assert.Equal(101, (await watch.WaitAsync(7, "disk_create", 11, None)).Id);
        var second = watch.WaitAsync(7, "disk_create", 12, None);
        await NextPauseAsync();
        Assert.False(second.IsCompleted);
        stream.Set(102, 7, "disk_create", "finished", subject: 12);
        Assert.Equal(102, (await time.DriveAsync(second)).Id);
    }

    [Fact]
    public async Task The_newest_event_counts_and_what_is_known_may_be_older_than_the_work_waited_for()
    {
        await watch.MarkAsync(None);
        stream.Set(101, 7, "linode_boot", "finished");
        await watch.WaitAsync(7, "linode_boot", null, None);
        stream.Set(102, 7, "linode_boot", "started");
        var again = watch.WaitAsync(7, "linode_boot", null, None);
        await NextPauseAsync(); // the pause that keeps short waits from polling faster
        time.Advance(Interval);
        await NextPauseAsync();
        Assert.False(again.IsCompleted);
        stream.Set(102, 7, "linode_boot", "finished");
        Assert.Equal(102, (await time.DriveAsync(again)).Id);
    }

    [Fact]
    public async Task A_node_is_idle_when_none_of_its_events_is_open()
    {
        await watch.MarkAsync(None);
        stream.Set(101, 7, "linode_create", "finished");
        stream.Set(102, 7, "linode_boot", "scheduled");
        var wait = watch.WaitIdleAsync(7, None);
        await NextPauseAsync();
        Assert.False(wait.IsCompleted);
        stream.Set(102, 7, "linode_boot", "finished");
        await time.DriveAsync(wait);
    }

    [Fact]
    public async Task Work_that_was_open_at_the_mark_keeps_its_node_busy()
    {
        stream.Set(99, 7, "linode_shutdown", "finished");
        stream.Set(100, 7, "linode_boot", "started");
        await watch.MarkAsync(None);
        var wait = watch.WaitIdleAsync(7, None);
        await NextPauseAsync();
        Assert.False(wait.IsCompleted);
        stream.Set(100, 7, "linode_boot", "finished");
        await time.DriveAsync(wait);
    }

    [Fact]
    public async Task A_thousand_waits_cost_one_request_an_interval_and_nobody_waiting_costs_none()
    {
        await watch.MarkAsync(None);
        var waits = Enumerable.Range(1, 1000).Select(node => watch.WaitAsync(node, "linode_create", null, None)).ToList();
        await NextPauseAsync();
        foreach (var node in Enumerable.Range(1, 1000))
        {
            stream.Set(node, node, "linode_create", "finished");
        }

        await time.DriveAsync(Task.WhenAll(waits));
        Assert.InRange(stream.Api.Seen.Count, 4, 5); // the mark, one or two empty polls, two pages
        var before = stream.Api.Seen.Count;
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(before, stream.Api.Seen.Count);
    }

    [Fact]
    public async Task One_slow_job_does_not_make_every_poll_read_everything_again()
    {
        await watch.MarkAsync(None);
        stream.Set(1, 1, "linode_create", "started");
        var slow = watch.WaitAsync(1, "linode_create", null, None);
        await NextPauseAsync();
        foreach (var id in Enumerable.Range(2, 5000))
        {
            stream.Set(id, id, "linode_create", "finished");
        }

        time.Advance(Interval);
        await NextPauseAsync();
        var before = stream.EventsSent;
        time.Advance(Interval);
        await NextPauseAsync();
        Assert.Equal(1, stream.EventsSent - before);
        Assert.Equal("""{"+or":[{"id":{"+gte":5002}},{"id":1}],"+order_by":"id"}""", stream.Api.Seen[^1].Filter);
        stream.Set(1, 1, "linode_create", "finished");
        Assert.Equal(1, (await time.DriveAsync(slow)).Id);
    }

    [Fact]
    public async Task Ten_thousand_nodes_with_five_events_each_are_read_once()
    {
        string[] actions = ["linode_create", "disk_create", "linode_config_create", "volume_attach", "linode_boot"];
        await watch.MarkAsync(None);
        var waits = Enumerable.Range(1, 10_000).Select(node => watch.WaitAsync(node, "linode_boot", null, None)).ToList();
        await NextPauseAsync();
        foreach (var batch in Enumerable.Range(1, 10_000).Chunk(2_500))
        {
            foreach (var (node, kind) in batch.SelectMany(node => Enumerable.Range(0, 5).Select(kind => (node, kind))))
            {
                stream.Set((node * 5L) + kind, node, actions[kind], "finished");
            }

            time.Advance(Interval);
            if (batch[^1] < 10_000)
            {
                await NextPauseAsync();
            }
        }

        Assert.All(await Task.WhenAll(waits), ended => Assert.Equal("linode_boot", ended.Action));
        Assert.Equal(50_000, stream.EventsSent);
    }

    [Fact]
    public async Task A_poll_that_fails_ends_no_wait()
    {
        await watch.MarkAsync(None);
        stream.FailNext(3);
        stream.Set(101, 7, "linode_create", "finished");
        var wait = watch.WaitAsync(7, "linode_create", null, None);
        Assert.Equal(101, (await time.DriveAsync(wait)).Id);
        Assert.Equal(5, stream.Api.Seen.Count);
    }

    [Fact]
    public async Task A_token_that_may_not_read_events_ends_every_wait()
    {
        stream.Failure = FakeApi.Error(401, "Invalid Token");
        var wait = watch.WaitAsync(7, "linode_create", null, None);
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => wait);
        Assert.Equal(ApiFailure.NotAllowed, failure.Failure);
    }

    [Fact]
    public async Task Who_gives_up_leaves_at_once_and_the_last_one_ends_the_polling()
    {
        await watch.MarkAsync(None);
        using var stop = new CancellationTokenSource();
        var wait = watch.WaitAsync(7, "linode_create", null, stop.Token);
        await NextPauseAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        var before = stream.Api.Seen.Count;
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(before, stream.Api.Seen.Count);
        stream.Set(101, 7, "linode_create", "finished");
        Assert.Equal(101, (await time.DriveAsync(watch.WaitAsync(7, "linode_create", null, None))).Id);
    }

    [Fact]
    public async Task Passes_over_events_it_cannot_place()
    {
        await watch.MarkAsync(None);
        stream.SetJson(101, """{"id":101,"action":"image_upload","status":"polishing","entity":{"id":"linode/debian12","type":"image"}}""");
        stream.SetJson(102, """{"id":102,"action":"account_update","status":"notification","entity":null,"created":"never","duration":null}""");
        stream.SetJson(
            103, """{"id":103,"action":"linode_boot","status":"finished","entity":{"id":"7","type":"linode"},"duration":20.5,"rate":{"x":1}}""");
        var found = await watch.WaitAsync(7, "linode_boot", null, None);
        Assert.Equal((103, 7, 20.5), (found.Id, found.EntityId, found.Seconds));
    }

    private Task NextPauseAsync() => time.UntilArmedAsync(Interval);
}
