using System.Collections.Concurrent;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Waits for work by the jobs of each node: version 3 has no events.</summary>
internal sealed class V3EventWatch(LinodeV3Client client, JobWatch jobs) : IEventWatch, IDisposable
{
    private readonly ConcurrentDictionary<(long Node, string Action, long? Subject), long> asked = new();

    /// <summary>Which job does what was asked for by this process.</summary>
    public void Remember(long node, string action, long? subject, long job) => asked[(node, action, subject)] = job;

    /// <inheritdoc/>
    public Task MarkAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<CloudEvent> WaitAsync(long nodeId, string action, long? subjectId, CancellationToken cancellation)
    {
        if (asked.TryGetValue((nodeId, action, subjectId), out var job))
        {
            var ended = action == "linode_reboot" ? jobs.WaitRebootAsync(nodeId, job, cancellation) : jobs.WaitAsync(nodeId, job, cancellation);
            var done = await ended.ConfigureAwait(false);
            asked.TryRemove(new((nodeId, action, subjectId), job));
            return EventOf(nodeId, action, subjectId, done);
        }

        // Another process asked for it: when nothing is left to do for the node, the newest of its kind tells how it went.
        await jobs.WaitIdleAsync(nodeId, cancellation).ConfigureAwait(false);
        var all = await client.SendAsync(new ListJobs(nodeId), cancellation).ConfigureAwait(false);
        return all.Where(one => IsOf(one.Action, action)).MaxBy(one => one.JobId) switch
        {
            null => new(0, action, "finished", "linode", nodeId, subjectId, client.Time.GetUtcNow(), null, null),
            { Success: false } failed => throw new LinodeApiException(ApiFailure.JobFailed, JobWait.FailureOf(nodeId, failed)),
            var newest => EventOf(nodeId, action, subjectId, newest),
        };
    }

    /// <inheritdoc/>
    public Task WaitIdleAsync(long nodeId, CancellationToken cancellation) => jobs.WaitIdleAsync(nodeId, cancellation);

    /// <summary>Always: the jobs of a node are all there, whoever asked for them.</summary>
    public Task<bool> CoversAsync(long nodeId, CancellationToken cancellation) => Task.FromResult(true);

    /// <inheritdoc/>
    public void Dispose() => jobs.Dispose();

    private static CloudEvent EventOf(long node, string action, long? subject, JobReply job) => new(
        job.JobId, action, "finished", "linode", node, subject, job.Entered ?? DateTimeOffset.MinValue, job.Duration,
        job.Message.Length > 0 ? job.Message : null);

    private static bool IsOf(string job, string action) => action switch
    {
        "disk_create" => job.StartsWith("fs.create", StringComparison.OrdinalIgnoreCase),
        "linode_reboot" => job.Equals("linode.boot", StringComparison.OrdinalIgnoreCase),
        _ => job.Equals(action.Replace('_', '.'), StringComparison.OrdinalIgnoreCase),
    };
}
