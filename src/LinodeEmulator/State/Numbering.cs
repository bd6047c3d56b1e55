namespace LinodeEmulator.State;

/// <summary>A row of the catalogue with its number.</summary>
/// <param name="Number">The number.</param>
/// <param name="Row">What v4 knows of it.</param>
/// <param name="Known">What v3 knew of it, if it did.</param>
internal sealed record Numbered<T>(int Number, T Row, LegacyId? Known);

/// <summary>Rows of the catalogue by number: that which v3 had, or else one of our own, handed out in the order of the catalogue. A number that meant
/// one thing in 2017 and means another today is that of the older one, where the catalogue has both.</summary>
internal sealed class Numbering<T>
{
    private readonly Dictionary<long, Numbered<T>> _byNumber;
    private readonly Dictionary<string, int> _bySlug = new(StringComparer.Ordinal);

    public Numbering(IReadOnlyList<T> rows, Func<T, string> slug, IReadOnlyList<LegacyId> known)
    {
        var slugs = rows.Select(slug).ToHashSet();
        var ids = known.Where(id => id.Slugs.Any(slugs.Contains)).ToLookup(id => id.Slugs.First(slugs.Contains));
        var all = new List<Numbered<T>>();
        var own = UnknownsV3.FirstOwnNumber;
        foreach (var same in rows.GroupBy(slug))
        {
            // A few rows had two numbers, and a few numbers stand for two rows of one id.
            var (of, numbers) = (same.ToList(), ids[same.Key].ToList());
            for (var at = 0; at < Math.Max(of.Count, numbers.Count); at++)
            {
                var id = numbers.ElementAtOrDefault(at);
                all.Add(new Numbered<T>(id?.Number ?? own++, of[Math.Min(at, of.Count - 1)], id));
                _bySlug.TryAdd(same.Key, all[^1].Number);
            }
        }

        All = [.. all.OrderBy(row => row.Number)];
        _byNumber = all.ToDictionary(row => (long)row.Number);
    }

    public IReadOnlyList<Numbered<T>> All { get; }

    public Numbered<T>? Find(long? number) => number is { } known ? _byNumber.GetValueOrDefault(known) : null;

    /// <summary>0 for what the catalogue has not.</summary>
    public int NumberOf(string? slug) => slug is null ? 0 : _bySlug.GetValueOrDefault(slug);
}
