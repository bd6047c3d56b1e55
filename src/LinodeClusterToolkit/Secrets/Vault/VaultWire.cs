using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>Sends calls until they are answered, and no longer than makes sense; what is refused for good comes back as an answer.</summary>
internal sealed class VaultWire
{
    private const int Most = 4;

    // A name or a port that is not there seldom comes back within seconds: say so soon.
    private const int MostUnreachable = 2;

    private static readonly TimeSpan LongestPatience = TimeSpan.FromMinutes(1);

    private readonly VaultSender sender;
    private readonly ResiliencePipeline<VaultAnswer> pipeline;

    public VaultWire(VaultPlace place, VaultSender sender, TimeProvider time)
    {
        Place = place;
        this.sender = sender;
        pipeline = new ResiliencePipelineBuilder<VaultAnswer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<VaultAnswer>
            {
                MaxRetryAttempts = Most,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(500),
                MaxDelay = TimeSpan.FromSeconds(15),
                UseJitter = true,
                ShouldHandle = args => new(IsWorthIt(args)),
                DelayGenerator = args => new(args.Outcome.Result?.RetryAfter),
            })
            .AddTimeout(TimeSpan.FromSeconds(30))
            .Build();
    }

    public VaultPlace Place { get; }

    /// <summary>Sends a call; the answer is a success or a refusal that repeating cannot change.</summary>
    /// <exception cref="LinodeToolkitException">There was no answer, or none but that it does not work at the moment.</exception>
    public async Task<VaultAnswer> SendAsync(VaultCall call, Sensitive? token, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellation);
        try
        {
            var answer = await pipeline.ExecuteAsync(
                async within => await sender.SendAsync(call, token, within.CancellationToken).ConfigureAwait(false), context).ConfigureAwait(false);
            return IsPassing(answer) ? throw new LinodeToolkitException(VaultFailures.Of(call.Name, Place.Host, answer)) : answer;
        }
        catch (Exception exception) when (IsNetwork(exception) && !cancellation.IsCancellationRequested)
        {
            throw new LinodeToolkitException(VaultFailures.Of(call.Name, Place.Host, exception), exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static bool IsWorthIt(RetryPredicateArguments<VaultAnswer> args) => !args.Context.CancellationToken.IsCancellationRequested
        && (args.Outcome.Exception switch
        {
            null => IsPassing(args.Outcome.Result!) && !(args.Outcome.Result!.RetryAfter > LongestPatience),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => false,
            { } exception when IsUnreachable(exception) => args.AttemptNumber < MostUnreachable,
            { } exception => IsNetwork(exception),
        });

    // 412: a node of a cluster has not yet got what another has written. 472 and 473: it is of a kind that does not serve this.
    private static bool IsPassing(VaultAnswer answer) => answer.Status is 408 or 412 or 429 or 472 or 473 or >= 500 and not 501;

    private static bool IsUnreachable(Exception exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError,
    };

    private static bool IsNetwork(Exception exception) =>
        exception is HttpRequestException or IOException or TimeoutRejectedException or OperationCanceledException;
}
