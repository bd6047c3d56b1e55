namespace LinodeClusterToolkit.Naming;

/// <summary>Running counters by address: each gives a number once and only grows.</summary>
internal sealed class CounterBook(IReadOnlyDictionary<string, long> state)
{
    private readonly SortedDictionary<string, long> next = new(state.ToDictionary(), StringComparer.Ordinal);

    /// <summary>Next value of every counter known, by address.</summary>
    public IReadOnlyDictionary<string, long> State => next;

    /// <summary>Takes the next number, from 1.</summary>
    public long Take(string address)
    {
        var value = Math.Max(1, next.GetValueOrDefault(address));
        next[address] = value + 1;
        return value;
    }

    /// <summary>Makes sure that a number somebody has already is never given again.</summary>
    public void Passed(string address, long used) => next[address] = Math.Max(next.GetValueOrDefault(address), used + 1);
}
