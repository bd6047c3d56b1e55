namespace LinodeClusterToolkit.Api.V3;

/// <summary>A call on its way: gathered with others, sent, answered.</summary>
internal sealed class V3Item(V3Request request, CancellationToken cancellation)
    : TaskCompletionSource<V3Answer>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private readonly Lock gate = new();
    private bool isOut;

    public V3Request Request => request;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Asked where it is about to be sent; false where nobody wants it any more, and it never is.</summary>
    public bool TryGoOut()
    {
        lock (gate)
        {
            isOut = !cancellation.IsCancellationRequested;
            if (!isOut)
            {
                TrySetCanceled(cancellation);
            }

            return isOut;
        }
    }

    /// <summary>Who asked for it gives up: what changes something and may have been sent is seen through to its answer.</summary>
    public void GiveUp()
    {
        lock (gate)
        {
            if (isOut && !request.OnlyLooks)
            {
                return;
            }
        }

        TrySetCanceled(cancellation);
    }

    /// <summary>Ends it with a failure that is not the API's answer.</summary>
    public void Fail(Exception exception) => _ = exception is OperationCanceledException && cancellation.IsCancellationRequested
        ? TrySetCanceled(cancellation)
        : TrySetException(exception);
}
