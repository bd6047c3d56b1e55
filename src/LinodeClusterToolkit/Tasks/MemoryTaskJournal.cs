namespace LinodeClusterToolkit.Tasks;

/// <summary>A journal that lasts as long as its process: for tests and for runs nobody wants to resume.</summary>
internal sealed class MemoryTaskJournal : ITaskJournal
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, OrderedDictionary<string, JournalEntry>> runs = new(StringComparer.Ordinal);

    public Task<IReadOnlyList<JournalEntry>> ReadAsync(string run, CancellationToken cancellation)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<JournalEntry>>(runs.TryGetValue(run, out var steps) ? [.. steps.Values] : []);
        }
    }

    public Task WriteAsync(JournalEntry entry, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (!runs.TryGetValue(entry.Run, out var steps))
            {
                runs.Add(entry.Run, steps = new(StringComparer.Ordinal));
            }

            steps[entry.Step] = entry;
            return Task.CompletedTask;
        }
    }
}
