using Polly;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>Lets a request through when the account's rate limit has room, and tells the limiter what came of it.</summary>
internal sealed class AdmissionStrategy(WindowLimiter limiter, CallCounters counters, TimeProvider time) : ResilienceStrategy<HttpAnswer>
{
    protected override async ValueTask<Outcome<HttpAnswer>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpAnswer>>> callback, ResilienceContext context, TState state)
    {
        try
        {
            var turn = limiter.AcquireAsync(1, context.CancellationToken);
            var (isHeld, began) = (!turn.IsCompleted, time.GetTimestamp());
            if (isHeld)
            {
                counters.HeldBack();
            }

            using var lease = (WindowLease)await turn.ConfigureAwait(context.ContinueOnCapturedContext);
            if (isHeld)
            {
                CallTelemetry.Waited(context.Properties.GetValue(ApiCall.Key, null!), time.GetElapsedTime(began));
            }

            var outcome = await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
            lease.Settle(outcome.Result);
            return outcome;
        }
        catch (OperationCanceledException exception)
        {
            return Outcome.FromException<HttpAnswer>(exception);
        }
    }
}
