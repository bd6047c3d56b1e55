using LinodeClusterToolkit.Leases;

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

    public Task WriteAsync(JournalEntry entry, CancellationToken cancellation) =>
        ChangeAsync(entry.Run, cancellation, steps => (steps[entry.Step] = entry) is not null);

    public Task EnterAsync(string run, IReadOnlyCollection<string> steps, CancellationToken cancellation) =>
        ChangeAsync(run, cancellation, known => steps.Count(step => known.TryAdd(step, new(run, step, StepState.Waiting, 0, null, null, null))) > 0);

    public Task<bool> TryBeginAsync(JournalEntry entry, CancellationToken cancellation) => ChangeAsync(entry.Run, cancellation, steps =>
        steps.GetValueOrDefault(entry.Step)?.State is not StepState.Cancelled && (steps[entry.Step] = entry) is not null);

    public Task<bool> TryCancelAsync(string run, string step, CancellationToken cancellation) => ChangeAsync(run, cancellation, steps =>
    {
        var known = steps.GetValueOrDefault(step) ?? new(run, step, StepState.Waiting, 0, null, null, null);
        return known.State is not (StepState.Started or StepState.Done) && (steps[step] = known with { State = StepState.Cancelled }) is not null;
    });

    public Task ForgetAsync(string run, IReadOnlyCollection<string> steps, CancellationToken cancellation) =>
        ChangeAsync(run, cancellation, known => steps.Where(known.ContainsKey)
            .Count(step => (known[step] = new(run, step, StepState.Waiting, 0, null, null, null)) is not null) > 0);

    public ITaskJournal Under(Lease lease) => this; // who shares this memory shares the process that holds the lease

    private Task<bool> ChangeAsync(string run, CancellationToken cancellation, Func<OrderedDictionary<string, JournalEntry>, bool> change)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (!runs.TryGetValue(run, out var steps))
            {
                runs.Add(run, steps = new(StringComparer.Ordinal));
            }

            return Task.FromResult(change(steps));
        }
    }
}
