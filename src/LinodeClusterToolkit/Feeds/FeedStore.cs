using System.Data.Common;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Feeds;

/// <summary>The feed of one account in a PostgreSQL database. Every comparison of times is made there, by the one clock that all share.</summary>
internal sealed class FeedStore(ISqlDatabase database, string account, FeedTimes times)
{
    private const string Columns = "id, action, status, node, subject, created, seconds, message";

    // A clock that was put back must not stop a feed until it is there again: so a moment ahead counts as long ago.
    private const string Silent =
        "(holder IS NULL OR beat NOT BETWEEN clock_timestamp() - make_interval(secs => $2) AND clock_timestamp() + make_interval(secs => $2))";

    private const string Due =
        "(begun_at IS NULL OR begun_at NOT BETWEEN clock_timestamp() - make_interval(secs => $3) AND clock_timestamp() + make_interval(secs => $3))";

    /// <summary>Looks what is new.</summary>
    /// <param name="seen">Number of the last poll whose news were seen; null where news are of no interest yet.</param>
    /// <param name="nodes">Nodes of which all is wanted.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<FeedLook> LookAsync(long? seen, IReadOnlyCollection<long> nodes, CancellationToken cancellation) => database.ReadAsync(
        session =>
        {
            // The numbers first: events that are read later are as new as they say, or newer.
            var look = session.Query(
                $"SELECT begun, ended, {Silent} FROM feed WHERE account = $1",
                row => new FeedLook(row.GetInt64(0), row.GetInt64(1), row.GetBoolean(2), []), account, times.Life.TotalSeconds).SingleOrDefault();
            if (look is null)
            {
                return FeedLook.Empty;
            }

            var news = seen < look.Ended
                ? session.Query($"SELECT {Columns} FROM feed_event WHERE account = $1 AND poll > $2", Read, account, seen)
                : [];
            return look with
            {
                Events = [.. news, .. session.QueryEach(
                    $"SELECT {Columns} FROM feed_event WHERE account = $1 AND node = $2", Read,
                    nodes.Select(node => new object?[] { account, node }))],
            };
        },
        cancellation);

    /// <summary>Whether the account has a position.</summary>
    public Task<bool> HasPositionAsync(CancellationToken cancellation) => database.ReadAsync(
        session => session.Query("SELECT 1 FROM feed WHERE account = $1 AND position IS NOT NULL", _ => true, account).Count > 0, cancellation);

    /// <summary>Whether an event of that kind was seen of a node.</summary>
    public Task<bool> KnowsAsync(long nodeId, string action, CancellationToken cancellation) => database.ReadAsync(
        session => session.Query(
            "SELECT 1 FROM feed_event WHERE account = $1 AND node = $2 AND action = $3", _ => true, account, nodeId, action).Count > 0,
        cancellation);

    /// <summary>Takes the turn where nobody has it, or who has it is dead; null where it is another's.</summary>
    /// <remarks>Played twice it takes it from itself.</remarks>
    public Task<FeedTurn?> TakeAsync(string holder, CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            session.Execute("INSERT INTO feed (account, beat) VALUES ($1, clock_timestamp()) ON CONFLICT DO NOTHING", account);
            var taken = session.Query(
                $"""
                UPDATE feed SET holder = $3, turn = turn + 1, beat = clock_timestamp() WHERE account = $1 AND ({Silent} OR holder = $3)
                RETURNING turn, position, far
                """,
                row => new FeedTurn(row.GetInt64(0), row.FindWhole(1), row.GetInt64(2), []),
                account, times.Life.TotalSeconds, holder).SingleOrDefault();
            return taken is null ? null : taken with
            {
                Open = session.Query($"SELECT {Columns} FROM feed_event WHERE account = $1 AND open = 1", Read, account),
            };
        },
        cancellation);

    /// <summary>Begins a poll where it is time; null where the turn is another's by now.</summary>
    public Task<FeedLeave?> BeginAsync(FeedTurn turn, CancellationToken cancellation) => database.WriteAsync(
        session => session.Query(
            $"""
            UPDATE feed SET begun = begun + 1, begun_at = clock_timestamp(), beat = clock_timestamp() WHERE account = $1 AND turn = $2 AND {Due}
            RETURNING begun, EXTRACT(EPOCH FROM clock_timestamp() - ended_at)::float8
            """,
            row => new FeedLeave(row.GetInt64(0), TimeSpan.Zero, row.IsDBNull(1) ? null : TimeSpan.FromSeconds(row.GetDouble(1))),
            account, turn.Number, times.Interval.TotalSeconds).SingleOrDefault() ?? session.Query(
            """
            UPDATE feed SET beat = clock_timestamp() WHERE account = $1 AND turn = $2
            RETURNING GREATEST(0, $3 - EXTRACT(EPOCH FROM clock_timestamp() - begun_at)::float8)
            """,
            row => new FeedLeave(null, TimeSpan.FromSeconds(row.GetDouble(0)), null),
            account, turn.Number, times.Interval.TotalSeconds).SingleOrDefault(),
        cancellation);

    /// <summary>Writes what a poll brought; false where the turn is another's by now, and nothing of it is written.</summary>
    public Task<bool> EndAsync(FeedTurn turn, long poll, long position, long far, IReadOnlyList<CloudEvent> news, CancellationToken cancellation) =>
        database.WriteAsync(
            session =>
            {
                // The row first: whoever wants the turn waits from here on until all is written.
                if (session.Execute(
                    """
                    UPDATE feed SET ended = $3, ended_at = clock_timestamp(), beat = clock_timestamp(), position = $4, far = $5
                    WHERE account = $1 AND turn = $2
                    """,
                    account, turn.Number, poll, position, far) == 0)
                {
                    return false;
                }

                foreach (var item in news)
                {
                    Write(session, poll, item);
                }

                if (poll % times.PollsPerCleaning == 0)
                {
                    session.Send(
                        "DELETE FROM feed_event WHERE account = $1 AND changed < clock_timestamp() - make_interval(secs => $2)",
                        account, times.Kept.TotalSeconds);
                }

                return true;
            },
            cancellation);

    /// <summary>Says that its holder is alive; false where the turn is another's by now.</summary>
    public Task<bool> BeatAsync(FeedTurn turn, CancellationToken cancellation) => database.WriteAsync(
        session => session.Execute("UPDATE feed SET beat = clock_timestamp() WHERE account = $1 AND turn = $2", account, turn.Number) == 1,
        cancellation);

    /// <summary>Leaves polling to whoever wants it.</summary>
    public Task ReleaseAsync(FeedTurn turn, CancellationToken cancellation) => database.WriteAsync(
        session => session.Execute("UPDATE feed SET holder = NULL WHERE account = $1 AND turn = $2", account, turn.Number), cancellation);

    // What was read again and says the same is no news.
    private void Write(ISqlSession session, long poll, CloudEvent item) => session.Send(
        """
        INSERT INTO feed_event (account, id, node, action, status, open, subject, created, seconds, message, poll, changed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, clock_timestamp())
        ON CONFLICT (account, id) DO UPDATE
        SET status = excluded.status, open = excluded.open, subject = excluded.subject, seconds = excluded.seconds, message = excluded.message,
            poll = excluded.poll, changed = excluded.changed
        WHERE (feed_event.status, feed_event.subject, feed_event.seconds, feed_event.message)
            IS DISTINCT FROM (excluded.status, excluded.subject, excluded.seconds, excluded.message)
        """,
        account, item.Id, item.EntityId, item.Action, item.Status, item.IsOpen.Flag(), item.SubjectId, item.Created.Text(), item.Seconds,
        item.Message, poll);

    private static CloudEvent Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), "linode", row.GetInt64(3), row.FindWhole(4), row.GetTime(5),
        row.IsDBNull(6) ? null : row.GetDouble(6), row.FindText(7));
}
