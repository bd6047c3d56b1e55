using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Work;

/// <summary>Writes what queues did not want any more to the list of what failed; what nobody can read is kept for people to look at.</summary>
internal sealed class DeadLetters(WorkerParts parts)
{
    private const string TooOften = "delivery_limit";

    public void Add(IWorkDelivery message) => _ = DoAsync(message);

    private async Task DoAsync(IWorkDelivery message)
    {
        try
        {
            var reason = message.DeadFor ?? "put there by somebody";
            if (WorkAddress.Read(message.Body.Span) is { } work)
            {
                // Workers that die before they take a message, or cannot reach the database, return it too: whether the work itself is to blame
                // is told by the board, which counts those who died at it. A run is never lost by its message.
                await (work.IsRun || reason == TooOften
                    ? parts.Board.SendAgainAsync(work, CancellationToken.None)
                    : parts.Board.BuryAsync(
                        work, WorkProblems.DeadLetter(work, reason, message.Returned), parts.Time.GetUtcNow(), CancellationToken.None)).ConfigureAwait(false);
            }
            else
            {
                await parts.Broker.PublishAsync(WorkQueues.Unreadable, [message.Body], CancellationToken.None).ConfigureAwait(false);
                parts.Notice(new(
                    parts.Time.GetUtcNow(), "unreadable", $"a message of {message.Body.Length} bytes says no work: it is in {WorkQueues.Unreadable}"));
            }

            await message.AckAsync().ConfigureAwait(false);
        }
        catch (LinodeToolkitException)
        {
            await message.ReturnAsync().ConfigureAwait(false);
        }
    }
}
