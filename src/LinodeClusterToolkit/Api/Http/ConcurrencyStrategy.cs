using System.Threading.RateLimiting;
using Polly;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>Keeps down the number of requests under way at once; whoever waits for a rate limit is not under way.</summary>
internal sealed class ConcurrencyStrategy(ConcurrencyLimiter slots) : ResilienceStrategy<HttpAnswer>
{
    public static ConcurrencyLimiter Slots(int most) =>
        new(new() { PermitLimit = most, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    protected override async ValueTask<Outcome<HttpAnswer>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpAnswer>>> callback, ResilienceContext context, TState state)
    {
        try
        {
            using var slot = await slots.AcquireAsync(1, context.CancellationToken).ConfigureAwait(context.ContinueOnCapturedContext);
            return await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
        }
        catch (OperationCanceledException exception)
        {
            return Outcome.FromException<HttpAnswer>(exception);
        }
    }
}
