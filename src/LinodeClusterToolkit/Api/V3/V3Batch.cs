using LinodeClusterToolkit.Api.Http;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Calls that travel in one request; what nobody wants any more when a try begins is left out of it.</summary>
internal sealed class V3Batch : IDisposable
{
    private readonly IReadOnlyList<V3Item> items;
    private readonly CancellationTokenSource nobodyWaits = new();
    private readonly List<CancellationTokenRegistration> leaving = [];
    private int waiting;

    public V3Batch(IReadOnlyList<V3Item> items, Uri address)
    {
        this.items = items;
        waiting = items.Count;
        leaving.AddRange(items.Select(item => item.Cancellation.UnsafeRegister(static self => ((V3Batch)self!).Leave(), this)));
        Call = V3Request.Call(
            address, "batch", items.All(item => item.Request.Repeatable), items.All(item => item.Request.OnlyLooks), Write);
    }

    public ApiCall Call { get; }

    /// <summary>Ends the wait for a turn where everybody gave up.</summary>
    public CancellationToken Unwanted => nobodyWaits.Token;

    /// <summary>What the last try took along, in its order.</summary>
    public IReadOnlyList<V3Item> Sent { get; private set; } = [];

    /// <summary>What nobody gave up, and nothing ended.</summary>
    public IReadOnlyList<V3Item> Open => [.. items.Where(item => !item.Task.IsCompleted)];

    public void Dispose()
    {
        foreach (var one in leaving)
        {
            one.Dispose();
        }

        nobodyWaits.Dispose();
    }

    private byte[] Write()
    {
        Sent = [.. items.Where(item => item.TryGoOut())];
        return Sent is [var first, ..]
            ? V3Form.Batch(first.Request.Key, Sent.Select(item => item.Request))
            : throw new OperationCanceledException(nobodyWaits.Token);
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref waiting) == 0)
        {
            nobodyWaits.Cancel();
        }
    }
}
