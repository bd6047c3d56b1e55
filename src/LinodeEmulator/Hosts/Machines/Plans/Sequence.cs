using System.Collections;
using System.Runtime.CompilerServices;

namespace LinodeEmulator.Hosts.Machines.Plans;

/// <summary>A list that equals another with the same items, so that records of lists can be compared.</summary>
[CollectionBuilder(typeof(Sequence), nameof(Sequence.Of))]
internal sealed class Sequence<T>(T[] items) : IReadOnlyList<T>, IEquatable<Sequence<T>>
{
    public int Count => items.Length;

    public T this[int index] => items[index];

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();

    public bool Equals(Sequence<T>? other) => other is not null && items.AsSpan().SequenceEqual(other.Items, EqualityComparer<T>.Default);

    public override bool Equals(object? obj) => Equals(obj as Sequence<T>);

    public override int GetHashCode() => items.Length == 0 ? 0 : HashCode.Combine(items.Length, items[0], items[^1]);

    private ReadOnlySpan<T> Items => items;
}

internal static class Sequence
{
    public static Sequence<T> Of<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}
