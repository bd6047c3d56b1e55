using LinodeClusterToolkit.Api;

namespace LinodeClusterToolkit.Feeds;

/// <summary>What a process sees of a feed at a glance.</summary>
/// <param name="Begun">Number of the last poll that has begun.</param>
/// <param name="Ended">Number of the last poll whose news are here.</param>
/// <param name="IsFree">Whether nobody polls, or who did is dead.</param>
/// <param name="Events">Those that changed since the last look, and all of nodes that are new to the process.</param>
internal sealed record FeedLook(long Begun, long Ended, bool IsFree, IReadOnlyList<CloudEvent> Events)
{
    /// <summary>Of an account that nobody ever polled.</summary>
    public static FeedLook Empty { get; } = new(0, 0, true, []);
}

/// <summary>A process's turn at polling an account; one that was taken over can write nothing any more.</summary>
/// <param name="Number">Each is one more than the last.</param>
/// <param name="Position">Id of the newest event known, or null where the account has no position yet.</param>
/// <param name="Far">What is open and older than this is asked for by id.</param>
/// <param name="Open">Events that were open when last heard of.</param>
internal sealed record FeedTurn(long Number, long? Position, long Far, IReadOnlyList<CloudEvent> Open);

/// <summary>Leave to poll, or how long to wait for it.</summary>
/// <param name="Number">Number of the poll that begins now; null where it is too early for one.</param>
/// <param name="Wait">How long until it is time.</param>
/// <param name="Gap">How long ago the last news came; null for never.</param>
internal sealed record FeedLeave(long? Number, TimeSpan Wait, TimeSpan? Gap);
