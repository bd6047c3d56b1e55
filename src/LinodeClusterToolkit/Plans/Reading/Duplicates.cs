namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Finds what was named before.</summary>
internal static class Duplicates
{
    /// <summary>Each item whose name an earlier one has, with that earlier one.</summary>
    public static IEnumerable<(T Item, T First)> In<T>(IEnumerable<T> items, Func<T, string?> name) =>
        from same in items.Where(item => name(item) is not null).GroupBy(name, StringComparer.Ordinal)
        from item in same.Skip(1)
        select (item, same.First());
}
