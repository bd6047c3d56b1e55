using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V3;

public sealed class JobWatchTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ManualTime time = new();
    private readonly FakeJobs jobs = new();
    private readonly LinodeV3Client client;
    private readonly JobWatch watch;

    public JobWatchTests()
    {
        client = new(FakeV3.On(jobs.Server.Api, time));
        watch = new(client, time);
    }

    public void Dispose()
    {
        watch.Dispose();
        client.Dispose();
    }

    [Fact]
    public async Task A_job_that_ended_well_is_told_of()
    {
        jobs.Set(7, 101, "linode.boot", success: true);
        var job = await time.DriveAsync(watch.WaitAsync(7, 101, None));
        Assert.Equal((101, "linode.boot", true), (job.JobId, job.Action, job.Success));
        Assert.Equal("101", Assert.Single(Assert.Single(jobs.Server.Requests))["jobid"]);
    }

    [Fact]
    public async Task A_job_that_waits_runs_or_is_nowhere_to_be_seen_is_not_done()
    {
        jobs.Set(7, 100, "linode.create", success: true);
        var wait = watch.WaitAsync(7, 101, None);
        await PollsAsync(3);
        Assert.False(wait.IsCompleted);
        jobs.Set(7, 101, "linode.boot");
        await PollsAsync(3);
        Assert.False(wait.IsCompleted);
        jobs.Set(7, 101, "linode.boot", success: true);
        Assert.Equal(101, (await time.DriveAsync(wait)).JobId);
    }

    [Theory]
    [InlineData("Linode already running", "job 101 (about linode.boot) did not succeed: \"Linode already running\"")]
    [InlineData("", "job 101 (about linode.boot) did not succeed")]
    public async Task A_job_that_failed_is_told_with_the_host_s_words(string message, string why)
    {
        jobs.Set(7, 101, "linode.boot", success: false, message);
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => time.DriveAsync(watch.WaitAsync(7, 101, None)));
        Assert.Equal((ApiFailure.JobFailed, "LCT5042", "Linode 7"), (failure.Failure, failure.Problem.Code, failure.Problem.Where));
        Assert.Equal(why, failure.Problem.Why);
    }

    [Fact]
    public async Task A_job_nobody_asked_for_does_not_disturb()
    {
        jobs.Set(7, 101, "linode.boot");
        var waits = new[] { watch.WaitAsync(7, 101, None), watch.WaitAsync(7, 103, None) };
        await PollsAsync(1);
        jobs.Set(7, 102, "linode.boot", success: false, "Lassie initiated boot");
        jobs.Set(7, 103, "linode.shutdown", success: true);
        Assert.Equal(103, (await time.DriveAsync(waits[1])).JobId);
        Assert.False(waits[0].IsCompleted);
        jobs.Set(7, 101, "linode.boot", success: true);
        Assert.Equal(101, (await time.DriveAsync(waits[0])).JobId);
    }

    [Theory]
    [InlineData(101)]
    [InlineData(102)]
    public async Task A_reboot_is_done_when_both_of_its_jobs_are_whichever_id_was_given(long given)
    {
        jobs.Set(7, 100, "linode.boot", success: true, entered: "2017-05-09 16:00:00.0");
        jobs.Set(7, 101, "linode.shutdown");
        jobs.Set(7, 102, "linode.boot");
        var wait = watch.WaitRebootAsync(7, given, None);
        await PollsAsync(1);
        jobs.Set(7, 101, "linode.shutdown", success: true);
        await PollsAsync(1);
        Assert.False(wait.IsCompleted);
        jobs.Set(7, 102, "linode.boot", success: true);
        Assert.Equal(102, (await time.DriveAsync(wait)).JobId);
    }

    [Theory]
    [InlineData(false, true, true)] // a Linode that was off has nothing to shut down
    [InlineData(true, false, false)]
    public async Task A_reboot_went_as_well_as_its_boot(bool shutdown, bool boot, bool expected)
    {
        jobs.Set(7, 101, "linode.shutdown", shutdown);
        jobs.Set(7, 102, "linode.boot", boot);
        var ended = await Record.ExceptionAsync(() => time.DriveAsync(watch.WaitRebootAsync(7, 101, None)));
        Assert.Equal(expected, ended is null);
    }

    [Fact]
    public async Task A_Linode_is_idle_when_no_job_is_pending_whoever_asked_for_it()
    {
        jobs.Set(7, 101, "linode.create", success: true);
        jobs.Set(7, 102, "linode.boot");
        var wait = watch.WaitIdleAsync(7, None);
        await PollsAsync(2);
        Assert.False(wait.IsCompleted);
        jobs.Set(7, 102, "linode.boot", success: false);
        await time.DriveAsync(wait);
        Assert.All(jobs.Server.Requests, request => Assert.Equal("1", Assert.Single(request)["pendingonly"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Linode_that_is_gone_ends_its_waits_and_no_others(bool saysGone)
    {
        jobs.SaysGone = saysGone;
        jobs.Set(7, 101, "linode.boot");
        jobs.Set(8, 201, "linode.boot");
        var (gone, kept) = (watch.WaitAsync(7, 101, None), watch.WaitAsync(8, 201, None));
        await PollsAsync(1);
        jobs.Delete(7);
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => time.DriveAsync(gone));
        Assert.Equal(ApiFailure.NotFound, failure.Failure);
        Assert.False(kept.IsCompleted);
    }

    [Fact]
    public async Task A_hundred_Linodes_cost_four_requests_a_poll_and_nobody_waiting_costs_none()
    {
        foreach (var id in Enumerable.Range(1, 100))
        {
            jobs.Set(id, id, "linode.boot", success: true);
        }

        await time.DriveAsync(Task.WhenAll(Enumerable.Range(1, 100).Select(id => watch.WaitAsync(id, id, None))));
        var before = jobs.Server.Requests.Count;
        Assert.InRange(before, 4, 7); // the first poll may begin before all have come
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(before, jobs.Server.Requests.Count);
    }

    [Fact]
    public async Task Waits_for_one_Linode_share_a_question()
    {
        jobs.Set(7, 101, "fs.create");
        jobs.Set(7, 102, "fs.create");
        var waits = new[] { watch.WaitAsync(7, 101, None), watch.WaitAsync(7, 102, None), watch.WaitIdleAsync(7, None) };
        await PollsAsync(2);
        Assert.Equal("linode.job.list", Assert.Single(jobs.Server.Requests[^1]).Action);
        jobs.Set(7, 101, "fs.create", success: true);
        jobs.Set(7, 102, "fs.create", success: true);
        await time.DriveAsync(Task.WhenAll(waits));
    }

    [Fact]
    public async Task A_poll_that_fails_ends_no_wait()
    {
        jobs.Refusal = FakeV3.Error(12, "out of time");
        jobs.Set(7, 101, "linode.boot", success: true);
        var wait = watch.WaitAsync(7, 101, None);
        await PollsAsync(3);
        Assert.False(wait.IsCompleted);
        jobs.Refusal = null;
        Assert.Equal(101, (await time.DriveAsync(wait)).JobId);
    }

    [Fact]
    public async Task A_key_that_is_refused_ends_every_wait()
    {
        jobs.Refusal = FakeV3.Error(4, "Authentication failed");
        var waits = new[] { watch.WaitAsync(7, 101, None), watch.WaitAsync(8, 201, None) };
        foreach (var wait in waits)
        {
            Assert.Equal(ApiFailure.NotAllowed, (await Assert.ThrowsAsync<LinodeApiException>(() => time.DriveAsync(wait))).Failure);
        }
    }

    [Fact]
    public async Task Who_gives_up_leaves_at_once_and_the_last_one_ends_the_polling()
    {
        jobs.Set(7, 101, "linode.boot");
        using var stop = new CancellationTokenSource();
        var wait = watch.WaitAsync(7, 101, stop.Token);
        await PollsAsync(1);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        var before = jobs.Server.Requests.Count;
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(before, jobs.Server.Requests.Count);
        jobs.Set(7, 101, "linode.boot", success: true);
        Assert.Equal(101, (await time.DriveAsync(watch.WaitAsync(7, 101, None))).JobId);
    }

    // Ends when what so many polls told was taken in, and another one began.
    private Task PollsAsync(int count) => time.DriveAsync(jobs.AskedAsync(count + 1));
}
