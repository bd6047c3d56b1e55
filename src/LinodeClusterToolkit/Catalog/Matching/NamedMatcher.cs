namespace LinodeClusterToolkit.Catalog.Matching;

/// <summary>Matches things whose old names stand for the very same thing: regions, images, kernels. (An old type is another size.)</summary>
internal abstract class NamedMatcher<T>(string noun, IReadOnlyList<T> offered, Past<PastNames> past) : Matcher<T>(noun, offered)
    where T : class, ICatalogEntry
{
    protected override Match<T>? FromThePast(string asked) =>
        past.Find(asked)?.Ids.Select(ById).FirstOrDefault(item => item is not null) is { } item ? Found(item, MatchKind.Legacy, asked) : null;

    // Comes last: a place or vendor whose old site or release is gone may be the name of something newer.
    protected override Match<T>? OfferedNoMore(string asked) =>
        past.Find(asked) is { } row ? Retired(asked, SuccessorOf(row), row.Note ?? $"once offered as {string.Join(", ", Described(row))}") : null;

    protected virtual T? SuccessorOf(PastNames row) => row.Successor is { } id ? ById(id) : null;

    private static IEnumerable<string> Described(PastNames row) =>
        row.Names.Where(name => !name.All(char.IsAsciiDigit)).TakeLast(1).Concat(row.Ids.Take(1));
}
