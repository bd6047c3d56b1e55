using LinodeClusterToolkit.Clusters;
using LinodeTool.Progress;

namespace LinodeTool.Commands;

/// <summary>Events of one run: from the records where workers do it, whichever machine they are on; else from the file this machine has of it.</summary>
/// <param name="context">The call.</param>
/// <param name="cluster">Name of its cluster.</param>
/// <param name="run">Id of the run.</param>
internal sealed class RunEvents(ToolContext context, string cluster, string run)
{
    private const int Quiet = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private readonly List<EventDocument> known = [];

    private string File => RunFolder.EventsFile(context.Folders, run);

    /// <summary>All so far.</summary>
    public async Task<IReadOnlyList<EventDocument>> ReadAsync()
    {
        await LookAsync().ConfigureAwait(false);
        return known.Count > 0 ? known : [.. EventFile.Read(File)];
    }

    /// <summary>All from the first on, until the run's last one.</summary>
    public async IAsyncEnumerable<EventDocument> FollowAsync()
    {
        // Of a run that was just begun nothing may be told yet, neither here nor there.
        while ((await LookAsync().ConfigureAwait(false)).Count == 0 && !System.IO.File.Exists(File))
        {
            await Task.Delay(Pause, context.Host.Time, context.Cancellation).ConfigureAwait(false);
        }

        var all = known.Count > 0 ? OfWorkersAsync() : EventFile.FollowAsync(File, context.Host.Time, IsAtWorkAsync, context.Cancellation);
        await foreach (var happened in all.ConfigureAwait(false))
        {
            yield return happened;
        }
    }

    // One that is gone on with has a last event that is not its last: who was just asked to do that needs a moment until it is seen.
    private async IAsyncEnumerable<EventDocument> OfWorkersAsync()
    {
        var told = 0;
        for (var quiet = 0; quiet < Quiet;)
        {
            await LookAsync().ConfigureAwait(false);
            for (; told < known.Count; told++)
            {
                quiet = 0;
                yield return known[told];
            }

            quiet = known[^1].Type == RunEventTypes.RunSummary && !await IsAtWorkAsync().ConfigureAwait(false) ? quiet + 1 : 0;
            if (known[^1].Summary is { Outcome: "done" })
            {
                break;
            }

            await Task.Delay(Pause, context.Host.Time, context.Cancellation).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<EventDocument>> LookAsync()
    {
        var more = await context.Toolkit.ListRunEventsAsync(run, known.Count > 0 ? known[^1].Seq : 0, context.Cancellation).ConfigureAwait(false);
        known.AddRange(more.Select(EventDocument.From));
        return known;
    }

    private async Task<bool> IsAtWorkAsync() =>
        await context.Toolkit.FindLeaseAsync(cluster, context.Cancellation).ConfigureAwait(false) is not null
        || await context.Toolkit.ListRunsAsync(cluster, context.Cancellation).AnyAsync(one => one.Id == run && one.State == "queued", context.Cancellation)
            .ConfigureAwait(false);
}
