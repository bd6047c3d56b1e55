using System.Threading.RateLimiting;
using Polly;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>What every call goes through, outermost first. Order is behaviour: a repeat waits its turn again, and waiting takes no slot.</summary>
internal static class CallPipeline
{
    public static readonly TimeSpan TimeForOneTry = TimeSpan.FromSeconds(30);

    public static ResiliencePipeline<HttpAnswer> Build(RateLimiter limiter, ConcurrencyLimiter slots, CallCounters counters, TimeProvider time) =>
        new ResiliencePipelineBuilder<HttpAnswer> { TimeProvider = time }
            .AddRetry(Retries.OfTransientFailures(counters))
            .AddStrategy(_ => new AdmissionStrategy(limiter, counters, time))
            .AddStrategy(_ => new ConcurrencyStrategy(slots))
            .AddStrategy(_ => new SeeThroughStrategy())
            .AddTimeout(TimeForOneTry)
            .Build();
}
