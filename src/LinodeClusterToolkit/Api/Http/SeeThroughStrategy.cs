using Polly;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>Sees a call that changes something through to its answer, once it has its turn: only the time-out of one try ends it then.</summary>
/// <remarks>
/// Hanging up does not undo what was sent: the cloud makes the node all the same, and its id would be lost. So whoever stops a run waits for the
/// answers that are on their way, at most as long as one try may take. Calls that only look are given up at once.
/// </remarks>
internal sealed class SeeThroughStrategy : ResilienceStrategy<HttpAnswer>
{
    protected override async ValueTask<Outcome<HttpAnswer>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpAnswer>>> callback, ResilienceContext context, TState state)
    {
        context.Properties.TryGetValue(ApiCall.Key, out var call);
        if (call is { OnlyLooks: true } || context.CancellationToken.IsCancellationRequested)
        {
            return await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
        }

        var unstoppable = ResilienceContextPool.Shared.Get(context.OperationKey, context.ContinueOnCapturedContext, CancellationToken.None);
        try
        {
            return await callback(unstoppable, state).ConfigureAwait(context.ContinueOnCapturedContext);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(unstoppable);
        }
    }
}
