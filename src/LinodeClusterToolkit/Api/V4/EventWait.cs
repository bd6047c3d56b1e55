namespace LinodeClusterToolkit.Api.V4;

/// <summary>One who waits for a node. It is judged by polls that began after it came: what was known before may be older than its own work.</summary>
/// <param name="nodeId">The node.</param>
/// <param name="action">What to wait for; null for all work of the node.</param>
/// <param name="subjectId">Second entity, or null for any.</param>
/// <param name="asItStands">The first judgement ends it, whether there is such an event or none, and however that stands.</param>
internal sealed class EventWait(long nodeId, string? action, long? subjectId, bool asItStands = false)
    : TaskCompletionSource<CloudEvent?>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public long NodeId => nodeId;

    /// <summary>Number of the last poll that may have begun before it came; null where that is not known yet.</summary>
    public long? After { get; set; }

    /// <summary>Ends the wait where what is known says so.</summary>
    public bool IsOver(EventIndex known)
    {
        if (action is null)
        {
            return !known.IsBusy(nodeId) && TrySetResult(null);
        }

        return known.Newest(nodeId, action, subjectId) switch
        {
            var found when asItStands => TrySetResult(found),
            null or { IsOpen: true } => false,
            { Status: "failed" or "canceled" } failed => TrySetException(new LinodeApiException(ApiFailure.JobFailed, EventProblems.Failed(failed))),
            var ended => TrySetResult(ended),
        };
    }
}
