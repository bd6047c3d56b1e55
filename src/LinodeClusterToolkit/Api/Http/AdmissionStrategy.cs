using System.Threading.RateLimiting;
using LinodeClusterToolkit.Diagnostics;
using Polly;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>Lets a request through when the account's rate limit has room, and tells the limiter what came of it.</summary>
internal sealed class AdmissionStrategy(RateLimiter limiter, CallCounters counters, TimeProvider time) : ResilienceStrategy<HttpAnswer>
{
    protected override async ValueTask<Outcome<HttpAnswer>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpAnswer>>> callback, ResilienceContext context, TState state)
    {
        try
        {
            var began = time.GetTimestamp();
            var turn = limiter.AcquireAsync(1, context.CancellationToken);
            using var lease = (CallLease)await turn.ConfigureAwait(context.ContinueOnCapturedContext);
            if (lease.WasHeldBack)
            {
                var waited = time.GetElapsedTime(began);
                counters.HeldBack(waited);
                CallTelemetry.Waited(context.Properties.GetValue(ApiCall.Key, null!), waited);
            }

            var outcome = await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
            lease.Settle(outcome.Result);
            return outcome;
        }
        catch (Exception exception) when (exception is OperationCanceledException or LinodeToolkitException)
        {
            return Outcome.FromException<HttpAnswer>(exception);
        }
    }
}
