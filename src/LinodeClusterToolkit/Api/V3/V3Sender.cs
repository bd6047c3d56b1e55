using LinodeClusterToolkit.Api.Http;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Sends calls that were gathered, and gives each its own answer; what surely was not done is sent again.</summary>
internal sealed class V3Sender(ApiCaller caller, Uri address, TimeProvider time)
{
    /// <summary>So often in a row a request may get nothing done.</summary>
    private const int MostVainRounds = 6;

    /// <summary>Ends when every call is answered; never fails itself.</summary>
    public Task SendAsync(IReadOnlyList<V3Item> items) => SendAsync(items, 0);

    private async Task SendAsync(IReadOnlyList<V3Item> items, int round)
    {
        try
        {
            await (items.Count switch
            {
                0 => Task.CompletedTask,
                1 => SendAloneAsync(items[0]),
                _ => SendTogetherAsync(items, round),
            }).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Nobody awaits who sends: what ends it has to reach those who asked.
            foreach (var item in items)
            {
                item.Fail(exception);
            }
        }
    }

    private async Task SendAloneAsync(V3Item item)
    {
        if (item.TryGoOut())
        {
            item.TrySetResult(V3Answer.Of(
                await caller.SendAsync(item.Request.ToCall(address), LimitClass.V3, item.Cancellation).ConfigureAwait(false)));
        }
    }

    private async Task SendTogetherAsync(IReadOnlyList<V3Item> items, int round)
    {
        using var batch = new V3Batch(items, address);
        HttpAnswer answer;
        try
        {
            answer = await caller.SendAsync(batch.Call, LimitClass.V3, batch.Unwanted).ConfigureAwait(false);
        }
        catch (LinodeApiException failure)
        {
            var lost = failure.Failure == ApiFailure.AnswerLost;
            await LoseAsync(batch.Open, lost, round, item => item.Fail(Own(failure, item.Request))).ConfigureAwait(false);
            return;
        }

        await (V3Envelope.Read(answer) switch
        {
            _ when !answer.IsSuccess => LoseAsync(
                batch.Open, answer.Status is 408 or >= 500 && !batch.Call.Repeatable, round, item => item.TrySetResult(new(answer, null))),

            // Nothing was done; halves are small enough, or at last show whose fault it is.
            ({ Code: V3Codes.BatchTooLarge or V3Codes.BatchUnreadable }, _) => Task.WhenAll(
                batch.Sent.Chunk((batch.Sent.Count + 1) / 2).Select(half => SendAsync(half, round))),
            ({ Code: V3Codes.BatchOutOfTime } whole, _) => LoseAsync(
                batch.Open, round < MostVainRounds, round, item => item.Fail(V3Refusals.Lost(item.Request, new(answer, whole)))),
            (_, { } parts) => ShareAsync(batch.Sent, parts, answer, round),
            (var whole, _) => LoseAsync(batch.Open, false, round, item => item.TrySetResult(new(answer, whole))),
        }).ConfigureAwait(false);
    }

    // It may have been done: what does no harm twice is sent again, where that has not been tried already.
    private Task LoseAsync(IReadOnlyList<V3Item> items, bool again, int round, Action<V3Item> lose)
    {
        foreach (var item in items.Where(item => !again || !item.Request.Repeatable))
        {
            lose(item);
        }

        return again ? SendAsync([.. items.Where(item => item.Request.Repeatable)], round + 1) : Task.CompletedTask;
    }

    private async Task ShareAsync(IReadOnlyList<V3Item> items, IReadOnlyList<V3Envelope?> parts, HttpAnswer answer, int round)
    {
        // Where time ran out the rest was not done; whether it is told of or left out, nobody wrote down.
        var ranOut = parts.Any(part => part?.Code == V3Codes.BatchOutOfTime);
        var undone = items.Where((item, at) => at < parts.Count
            ? parts[at]?.Code is V3Codes.BatchOutOfTime or V3Codes.RateLimited
            : ranOut || item.Request.Repeatable).ToHashSet();
        var vain = undone.Count == items.Count ? round + 1 : 0;
        if (vain > MostVainRounds)
        {
            undone.Clear();
        }

        foreach (var (at, item) in items.Index().Where(one => !undone.Contains(one.Item)))
        {
            item.TrySetResult(new(answer, at < parts.Count ? parts[at] : null));
        }

        if (undone.Count > 0)
        {
            if (vain > 0 || parts.Any(part => part?.Code == V3Codes.RateLimited))
            {
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(15, 1 << vain)), time).ConfigureAwait(false);
            }

            await SendAsync([.. items.Where(undone.Contains)], vain).ConfigureAwait(false);
        }
    }

    private static LinodeApiException Own(LinodeApiException failure, V3Request request) =>
        new(failure.Failure, failure.Problem with { Where = request.Action }, failure.Status, failure);
}
