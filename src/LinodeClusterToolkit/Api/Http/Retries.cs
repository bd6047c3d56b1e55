using Polly;
using Polly.Retry;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>What is sent again, how often and after how long.</summary>
internal static class Retries
{
    private const int Most = 6;

    // A name, a port or a proxy that is not there seldom comes back within seconds: say so soon.
    private const int MostUnreachable = 3;

    public static RetryStrategyOptions<HttpAnswer> OfTransientFailures(CallCounters counters) => new()
    {
        MaxRetryAttempts = Most,
        BackoffType = DelayBackoffType.Exponential,
        Delay = TimeSpan.FromMilliseconds(500),
        MaxDelay = TimeSpan.FromSeconds(15),
        UseJitter = true,
        ShouldHandle = args => new(IsWorthIt(args)),
        DelayGenerator = args => new(PauseOf(args)),
        OnRetry = _ =>
        {
            counters.Retried();
            return default;
        },
    };

    private static bool IsWorthIt(RetryPredicateArguments<HttpAnswer> args) =>
        !args.Context.CancellationToken.IsCancellationRequested && Causes.Of(args.Outcome) switch
        {
            Cause.RateLimited => true,
            Cause.NameUnknown or Cause.Unreachable => args.AttemptNumber < MostUnreachable,
            Cause.Failing or Cause.Cut or Cause.TimedOut => CallOf(args.Context).Repeatable,
            _ => false,
        };

    // Admission knows when the window ends; a pause on top would only waste the window's start.
    private static TimeSpan? PauseOf(RetryDelayGeneratorArguments<HttpAnswer> args) =>
        Causes.Of(args.Outcome) == Cause.RateLimited ? TimeSpan.Zero : args.Outcome.Result?.Pause;

    private static ApiCall CallOf(ResilienceContext context) =>
        context.Properties.TryGetValue(ApiCall.Key, out var call) ? call : throw new InvalidOperationException("the call is not in its context");
}
