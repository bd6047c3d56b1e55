namespace LinodeClusterToolkit.Api;

/// <summary>Waits for what the cloud reports, with one request for all waits of a process, or of all processes that share a feed.</summary>
public interface IEventWatch
{
    /// <summary>Remembers where the event stream stands; call it once before the first create, or events may be missed. Costs one request.</summary>
    Task MarkAsync(CancellationToken cancellation);

    /// <summary>Waits until the newest such event of the node, seen since the mark, has ended; none yet never means done.</summary>
    /// <param name="nodeId">The node.</param>
    /// <param name="action">Action as the cloud names it, e.g. <c>linode_boot</c>.</param>
    /// <param name="subjectId">Id of the second entity, e.g. of the disk a <c>disk_create</c> is about; null for any.</param>
    /// <param name="cancellation">Ends the wait, not the work.</param>
    /// <exception cref="LinodeApiException">The event ended as failed (<see cref="ApiFailure.JobFailed"/>).</exception>
    Task<CloudEvent> WaitAsync(long nodeId, string action, long? subjectId, CancellationToken cancellation);

    /// <summary>Waits until no event of the node seen since the mark is open: after it, <c>Linode busy.</c> is over.</summary>
    Task WaitIdleAsync(long nodeId, CancellationToken cancellation);

    /// <summary>Whether the node was created after the mark, whichever process did so, so that all of its events can be waited for.</summary>
    /// <remarks>A watch of one process cannot tell: for it only that process knows what it created.</remarks>
    Task<bool> CoversAsync(long nodeId, CancellationToken cancellation) => Task.FromResult(false);
}
