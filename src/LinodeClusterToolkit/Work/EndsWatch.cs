using System.Collections.Concurrent;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Work;

/// <summary>Hears how steps end that a worker's runs have handed out: one look at the board for all of them.</summary>
internal sealed class EndsWatch(WorkBoard board, string worker, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(150);
    private readonly ConcurrentDictionary<WorkAddress, TaskCompletionSource<WorkEnd>> expected = new();
    private readonly HashSet<WorkAddress> told = [];

    /// <summary>Begins to watch a step; to be called before it is handed out.</summary>
    public Task<WorkEnd> Expect(WorkAddress step) => expected.GetOrAdd(
        step, _ => new TaskCompletionSource<WorkEnd>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Tells the end of a step, where it was not heard of yet.</summary>
    public void Tell(WorkEnd end)
    {
        if (expected.TryRemove(end.Address, out var waiting))
        {
            waiting.TrySetResult(end);
        }
    }

    /// <summary>Steps of a run whose ends are awaited.</summary>
    public IReadOnlyList<WorkAddress> Expected(WorkAddress run) => [.. expected.Keys.Where(step => step with { Step = "" } == run)];

    /// <summary>Stops watching the steps of a run.</summary>
    public void Drop(WorkAddress run)
    {
        foreach (var step in Expected(run))
        {
            if (expected.TryRemove(step, out var waiting))
            {
                waiting.TrySetCanceled();
            }
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Every, time, cancellation).ConfigureAwait(false);
            if (expected.IsEmpty)
            {
                continue;
            }

            try
            {
                var ended = await board.ListEndedAsync(worker, cancellation).ConfigureAwait(false);
                foreach (var end in ended.Where(end => expected.ContainsKey(end.Address)))
                {
                    told.Add(end.Address);
                    Tell(end);
                }

                // Only what was told: of a run that has gone to another worker meanwhile, that one has to hear.
                await (told.Count == 0 ? Task.CompletedTask : board.ForgetAsync([.. told], cancellation)).ConfigureAwait(false);
                told.Clear();
            }
            catch (LinodeToolkitException)
            {
                // The database is away; the worker's signs of life tell.
            }
        }
    }
}
