using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Feeds;

/// <summary>Feeds for those who put a cloud together.</summary>
internal static class SharedFeed
{
    /// <summary>Waits for events of an account together with all processes that name the same database and account.</summary>
    /// <param name="database">A PostgreSQL database with the feed's tables; stays its owner's.</param>
    /// <param name="account">Tells accounts apart, and APIs where there are several; no secret.</param>
    /// <param name="process">Name of this process, for people who look into the table.</param>
    /// <param name="client">Asks the API when it is this process's turn; stays its owner's.</param>
    /// <param name="times">How fast it goes; null for the usual.</param>
    public static IEventWatch Of(ISqlDatabase database, string account, string process, LinodeV4Client client, FeedTimes? times = null) =>
        new SharedEventWatch(
            new FeedStore(database, account, times ?? new()), client, $"{process}/{Guid.NewGuid():N}", times ?? new());
}
