using System.Runtime.CompilerServices;

namespace LinodeClusterToolkit.Inventory;

/// <summary>Follows changes of state, whichever process writes them.</summary>
internal sealed class ChangeWatch(IInventoryStore store, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public async IAsyncEnumerable<StateChange> WatchAsync(ChangeQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = query.After > 0 ? query.After : await store.LastChangeAsync(cancellation).ConfigureAwait(false);
        while (true)
        {
            await foreach (var change in store.ListChangesAsync(query with { After = last }, cancellation).ConfigureAwait(false))
            {
                last = change.Number;
                yield return change;
            }

            await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
        }
    }
}
