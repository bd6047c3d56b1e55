using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;

namespace LinodeClusterToolkit.Feeds;

/// <summary>Reads what is new in an account's events, for as long as one process has the turn.</summary>
internal sealed class FeedReader
{
    /// <summary>Bounds the header.</summary>
    private const int AskedTogether = 100;

    private readonly EventIndex index = new();
    private readonly LinodeV4Client client;
    private readonly FeedTimes times;

    public FeedReader(LinodeV4Client client, FeedTurn turn, FeedTimes times)
    {
        (this.client, this.times) = (client, times);
        if (turn.Position is { } position)
        {
            index.Resume(position, turn.Far, turn.Open);
        }
    }

    public long Position => index.Position;

    public long Far => index.Far;

    /// <summary>Reads what changed of nodes. It counts as told: where it cannot be written down, the reader is of no use any more.</summary>
    /// <param name="gap">How long ago the last news came; null for never.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<CloudEvent>> ReadAsync(TimeSpan? gap, CancellationToken cancellation)
    {
        if (!index.Marked)
        {
            var page = await client.SendAsync(ListEvents.Newest, cancellation).ConfigureAwait(false);
            var recent = page.Data.Select(Replies.ToEvent).ToList();
            index.Mark(recent);
            return [.. recent.Where(item => item is { IsOpen: true, EntityType: "linode", EntityId: not null })];
        }

        var news = gap is null || gap > times.Lull
            ? await AfterLullAsync(cancellation).ConfigureAwait(false)
            : await ListAsync(index.NextPoll(), cancellation).ConfigureAwait(false);
        return [.. news.Where(item => index.Take(item) is not null)];
    }

    /// <summary>
    /// Nobody waited for a while, in which others may have done any number of things: the newest of them are read, as far back as is reasonable,
    /// and what was open is asked for by id, since it may be far behind.
    /// </summary>
    private async Task<List<CloudEvent>> AfterLullAsync(CancellationToken cancellation)
    {
        var known = new List<CloudEvent>();
        foreach (var some in index.Open.Chunk(AskedTogether))
        {
            known.AddRange(await ListAsync(
                V4Filter.AnyOf(some.Select(id => V4Filter.None.Where("id", id))).OrderBy("id"), cancellation).ConfigureAwait(false));
        }

        var since = V4Filter.None.AtLeast("id", index.Position + 1).OrderBy("id", descending: true);
        var news = await client.ListAsync(new ListEvents { Filter = since }, cancellation)
            .Take(times.MostAfterLull).Select(Replies.ToEvent).ToListAsync(cancellation).ConfigureAwait(false);
        return [.. known, .. news.OrderBy(item => item.Id)];
    }

    private async Task<List<CloudEvent>> ListAsync(V4Filter filter, CancellationToken cancellation) =>
        await client.ListAsync(new ListEvents { Filter = filter }, cancellation)
            .Select(Replies.ToEvent).ToListAsync(cancellation).ConfigureAwait(false);
}
