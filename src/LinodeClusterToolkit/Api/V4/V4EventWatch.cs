namespace LinodeClusterToolkit.Api.V4;

/// <summary>One poller for every wait of a client; it runs only while somebody waits.</summary>
internal sealed class V4EventWatch : IEventWatch, IDisposable
{
    private readonly LinodeV4Client client;
    private readonly SemaphoreSlim marking = new(1);
    private readonly EventIndex index = new();
    private readonly EventWaits waits;
    private readonly Pace pace;
    private long begun;

    public V4EventWatch(LinodeV4Client client, TimeProvider time)
    {
        this.client = client;
        waits = new(PollAsync);
        pace = new(TimeSpan.FromSeconds(2), time);
    }

    public async Task MarkAsync(CancellationToken cancellation)
    {
        await marking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!index.Marked)
            {
                var page = await client.SendAsync(ListEvents.Newest, cancellation).ConfigureAwait(false);
                waits.Do(() => index.Mark(page.Data.Select(Replies.ToEvent)), CancellationToken.None);
            }
        }
        finally
        {
            marking.Release();
        }
    }

    public async Task<CloudEvent> WaitAsync(long nodeId, string action, long? subjectId, CancellationToken cancellation) =>
        (await waits.WaitAsync(new(nodeId, action, subjectId), cancellation).ConfigureAwait(false))!;

    public Task WaitIdleAsync(long nodeId, CancellationToken cancellation) => waits.WaitAsync(new(nodeId, null, null), cancellation);

    public void Dispose()
    {
        waits.FailAll(new ObjectDisposedException(nameof(V4EventWatch)));
        marking.Dispose();
    }

    private async Task PollAsync(CancellationToken stop)
    {
        while (true)
        {
            await pace.NextAsync(stop).ConfigureAwait(false);
            await TryPollAsync(stop).ConfigureAwait(false);
        }
    }

    // A poll that fails says nothing about the work waited for; only a token that is refused never gets better.
    private async Task TryPollAsync(CancellationToken stop)
    {
        try
        {
            await MarkAsync(stop).ConfigureAwait(false);
            var poll = new ListEvents { Filter = waits.Do(Begin, stop) };
            var news = await client.ListAsync(poll, stop).ToListAsync(stop).ConfigureAwait(false);
            waits.Do(() => Judge(news), stop);
        }
        catch (LinodeApiException exception) when (exception.Failure != ApiFailure.NotAllowed)
        {
            pace.Beat();
        }
    }

    private V4Filter Begin()
    {
        pace.Beat();
        foreach (var wait in waits.Newcomers)
        {
            wait.After ??= begun;
        }

        begun++;
        return index.NextPoll();
    }

    private void Judge(List<EventReply> news) =>
        waits.Judge(index, news.Select(reply => index.Take(reply.ToEvent())).OfType<long>().ToHashSet(), begun);
}
