using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Work;

/// <summary>Writes what queues did not want any more to the list of what failed; what nobody can read is kept for people to look at.</summary>
internal sealed class DeadLetters(WorkerParts parts)
{
    public void Add(IWorkDelivery message) => _ = DoAsync(message);

    private async Task DoAsync(IWorkDelivery message)
    {
        try
        {
            var reason = message.DeadFor ?? "put there by somebody";
            if (WorkAddress.Read(message.Body.Span) is { IsRun: false } step)
            {
                await parts.Board.BuryAsync(
                    step, WorkProblems.DeadLetter(step, reason, message.Returned), parts.Time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
            }
            else if (WorkAddress.Read(message.Body.Span) is null)
            {
                await parts.Broker.PublishAsync(WorkQueues.Unreadable, [message.Body], CancellationToken.None).ConfigureAwait(false);
                parts.Notice(new(
                    parts.Time.GetUtcNow(), "unreadable", $"a message of {message.Body.Length} bytes says no work: it is in {WorkQueues.Unreadable}"));
            }

            // A run is never lost by its message: the board sends another.
            await message.AckAsync().ConfigureAwait(false);
        }
        catch (LinodeToolkitException)
        {
            await message.ReturnAsync().ConfigureAwait(false);
        }
    }
}
