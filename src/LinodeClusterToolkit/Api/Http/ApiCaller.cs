using System.Collections.Frozen;
using System.Threading.RateLimiting;
using LinodeClusterToolkit.Diagnostics;
using Polly;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>Sends calls through the pipeline of their limit; what comes back is the API's answer, whatever its status.</summary>
internal sealed class ApiCaller : IDisposable
{
    private readonly HttpSender sender;
    private readonly ConcurrencyLimiter slots;
    private readonly FrozenDictionary<LimitClass, ResiliencePipeline<HttpAnswer>> pipelines;

    public ApiCaller(HttpSender sender, AccountLimits limits, int parallelism, CallCounters counters, TimeProvider time)
    {
        this.sender = sender;
        slots = ConcurrencyStrategy.Slots(parallelism);
        pipelines = Enum.GetValues<LimitClass>()
            .ToFrozenDictionary(limit => limit, limit => CallPipeline.Build(limits[limit], slots, counters, time));
    }

    public async Task<HttpAnswer> SendAsync(ApiCall call, LimitClass limit, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellation);
        try
        {
            context.Properties.Set(ApiCall.Key, call);
            var outcome = await pipelines[limit].ExecuteOutcomeAsync(TryAsync, context, call).ConfigureAwait(false);
            return outcome.Result ?? throw Explain(call, outcome.Exception!, cancellation);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose() => slots.Dispose();

    private async ValueTask<Outcome<HttpAnswer>> TryAsync(ResilienceContext context, ApiCall call)
    {
        try
        {
            return Outcome.FromResult(await sender.SendAsync(call, context.CancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            // The pipeline judges failures as values; they are thrown where it ends.
            return Outcome.FromException<HttpAnswer>(exception);
        }
    }

    private static Exception Explain(ApiCall call, Exception exception, CancellationToken cancellation) => exception switch
    {
        OperationCanceledException when cancellation.IsCancellationRequested => new OperationCanceledException(null, exception, cancellation),
        LinodeToolkitException => exception,
        _ when Causes.Of(exception) is var cause and not Cause.Other => NoAnswer.Explain(call, cause, exception),
        _ => exception,
    };
}
