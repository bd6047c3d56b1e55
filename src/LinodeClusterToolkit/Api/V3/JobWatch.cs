using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>One poller for every wait of a client, which asks for each Linode once; it runs only while somebody waits.</summary>
/// <remarks>Questions go out together, so that they travel in as few requests as the API takes.</remarks>
internal sealed class JobWatch(LinodeV3Client client, TimeProvider time) : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<JobWait> waits = [];
    private readonly Pace pace = new(TimeSpan.FromSeconds(2), time);
    private CancellationTokenSource? polling;

    /// <summary>Waits until a job ended well.</summary>
    /// <exception cref="LinodeApiException">
    /// It failed (<see cref="ApiFailure.JobFailed"/>), or the Linode is gone (<see cref="ApiFailure.NotFound"/>).
    /// </exception>
    public async Task<JobReply> WaitAsync(long linodeId, long jobId, CancellationToken cancellation) =>
        (await WaitAsync(new(linodeId, JobGoal.Job, jobId), cancellation).ConfigureAwait(false))!;

    /// <summary>Waits until both jobs of a reboot ended, and the boot well, by the id of either; gives the boot.</summary>
    /// <exception cref="LinodeApiException">As for any job.</exception>
    public async Task<JobReply> WaitRebootAsync(long linodeId, long jobId, CancellationToken cancellation) =>
        (await WaitAsync(new(linodeId, JobGoal.Reboot, jobId), cancellation).ConfigureAwait(false))!;

    /// <summary>Waits until no job of a Linode is pending, whoever asked for it; where nothing is told of a Linode, nothing is.</summary>
    /// <exception cref="LinodeApiException">The API does not know the Linode (<see cref="ApiFailure.NotFound"/>).</exception>
    public Task WaitIdleAsync(long linodeId, CancellationToken cancellation) => WaitAsync(new(linodeId, JobGoal.Idle, 0), cancellation);

    public void Dispose() => FailAll(new ObjectDisposedException(nameof(JobWatch)));

    private async Task<JobReply?> WaitAsync(JobWait wait, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            waits.Add(wait);
            if (polling is null)
            {
                polling = new();
                var stop = polling.Token;
                _ = Task.Run(() => PollAsync(stop), CancellationToken.None);
            }
        }

        using var leaving = cancellation.UnsafeRegister(_ => Leave(wait, cancellation), null);
        return await wait.Task.ConfigureAwait(false);
    }

    private async Task PollAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await pace.NextAsync(stop).ConfigureAwait(false);

                // Who comes while questions are on their way is judged by the next ones: these may be older than its work.
                await Task.WhenAll(Begin().Select(one => AskAsync(one.Key, [.. one], stop))).ConfigureAwait(false);
                ForgetEnded(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits any more.
        }
        catch (Exception exception)
        {
            // Nobody awaits who polls: what ends it has to reach those who wait.
            FailAll(exception);
        }
    }

    private List<IGrouping<long, JobWait>> Begin()
    {
        lock (gate)
        {
            pace.Beat();
            return [.. waits.GroupBy(wait => wait.LinodeId)];
        }
    }

    // A question that fails says nothing about the work waited for. A refusal stays one: of the key for all, of the Linode for those who wait for it.
    private async Task AskAsync(long linodeId, List<JobWait> asking, CancellationToken stop)
    {
        try
        {
            var jobs = await client.SendAsync(asking is [var only] ? only.Question : new ListJobs(linodeId), stop).ConfigureAwait(false);
            if (jobs.Count == 0 && asking.Exists(wait => wait.WantsJob) && await IsGoneAsync(linodeId, stop).ConfigureAwait(false))
            {
                asking.ForEach(wait => wait.TrySetException(new LinodeApiException(ApiFailure.NotFound, Gone(linodeId))));
            }

            asking.ForEach(wait => wait.Judge(jobs));
        }
        catch (LinodeApiException exception) when (exception.Failure is ApiFailure.NotFound or ApiFailure.Refused)
        {
            asking.ForEach(wait => wait.TrySetException(exception));
        }
        catch (LinodeApiException exception) when (exception.Failure is not ApiFailure.NotAllowed)
        {
            pace.Beat();
        }
    }

    // Whether the API says of a Linode that it is gone, or just tells of nothing, is not written anywhere.
    private async Task<bool> IsGoneAsync(long linodeId, CancellationToken stop) =>
        (await client.SendAsync(new ListLinodes(linodeId), stop).ConfigureAwait(false)).Count == 0;

    private void ForgetEnded(CancellationToken stop)
    {
        lock (gate)
        {
            stop.ThrowIfCancellationRequested();
            waits.RemoveAll(wait => wait.Task.IsCompleted);
            StopWhereNobodyWaits();
        }

        stop.ThrowIfCancellationRequested();
    }

    private void Leave(JobWait wait, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (wait.TrySetCanceled(cancellation) && waits.Remove(wait))
            {
                StopWhereNobodyWaits();
            }
        }
    }

    private void FailAll(Exception exception)
    {
        lock (gate)
        {
            waits.ForEach(wait => wait.TrySetException(exception));
            waits.Clear();
            StopWhereNobodyWaits();
        }
    }

    private void StopWhereNobodyWaits()
    {
        if (waits.Count == 0)
        {
            _ = polling?.CancelAsync(); // its callbacks must not run under the gate
            polling = null;
        }
    }

    private static Problem Gone(long linodeId) => new(
        "LCT5043", "the Linode is gone", $"Linode {linodeId}", "the API tells of no such Linode and of no job of it",
        ["it may have been deleted: look at what there is"]);
}
