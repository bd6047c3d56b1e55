namespace LinodeClusterToolkit.Feeds;

/// <summary>How fast a feed goes; the same for all processes that share it.</summary>
internal sealed record FeedTimes
{
    /// <summary>Between the beginnings of two polls of an account, whoever polls.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks of a process at what polls have brought.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A poller that was not heard of for so long is dead; more than an interval.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>After so long without a poll there may be more news than anybody has use for.</summary>
    public TimeSpan Lull { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long events are kept after they last changed.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Events read after a lull: the newest, twenty pages of them.</summary>
    public int MostAfterLull { get; init; } = 10_000;

    /// <summary>Polls from one clearing away of old events to the next.</summary>
    public int PollsPerCleaning { get; init; } = 300;
}
