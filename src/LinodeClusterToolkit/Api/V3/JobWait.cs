using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>What of a Linode's jobs is waited for.</summary>
internal enum JobGoal
{
    /// <summary>That one job ended well.</summary>
    Job,

    /// <summary>That one job ended, and those entered with it, and the last of them well.</summary>
    Reboot,

    /// <summary>That no job is pending.</summary>
    Idle,
}

/// <summary>One who waits for a Linode's jobs.</summary>
internal sealed class JobWait(long linodeId, JobGoal goal, long jobId)
    : TaskCompletionSource<JobReply?>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public long LinodeId => linodeId;

    /// <summary>What has to be asked for it alone.</summary>
    public ListJobs Question => goal switch
    {
        JobGoal.Job => new(linodeId, jobId),
        JobGoal.Idle => new(linodeId, PendingOnly: true),
        _ => new(linodeId),
    };

    /// <summary>Whether an empty answer may mean that the Linode is gone.</summary>
    public bool WantsJob => goal != JobGoal.Idle;

    /// <summary>Ends the wait where these jobs say so. One that is not among them is not done.</summary>
    public void Judge(IReadOnlyList<JobReply> jobs)
    {
        if (goal == JobGoal.Idle)
        {
            _ = jobs.All(job => job.IsOver) && TrySetResult(null);
        }
        else if (jobs.FirstOrDefault(job => job.JobId == jobId) is { } own)
        {
            var all = goal == JobGoal.Job ? [own] : Twins(own, jobs);
            _ = all.All(job => job.IsOver) && End(all.MaxBy(job => job.JobId)!);
        }
    }

    // A reboot is a shutdown and a boot, entered in the same second; whose id the API gave is not known.
    // Of a Linode that was off the first one fails, so the last one tells how it went.
    private static List<JobReply> Twins(JobReply own, IReadOnlyList<JobReply> jobs) =>
        [.. jobs.Where(job => job.JobId == own.JobId || (job.Entered == own.Entered && job.Action is "linode.shutdown" or "linode.boot"))];

    private bool End(JobReply job) => job.Success == true
        ? TrySetResult(job)
        : TrySetException(new LinodeApiException(ApiFailure.JobFailed, FailureOf(linodeId, job)));

    internal static Problem FailureOf(long linodeId, JobReply job) => new(
        "LCT5042", $"the cloud's own work failed: {job.Action}", $"Linode {linodeId}",
        $"job {job.JobId} ({job.Label}) did not succeed{(string.IsNullOrWhiteSpace(job.Message) ? "" : $": \"{job.Message}\"")}",
        ["try it again", "look at the Linode's jobs"])
    { Retryable = true };
}
