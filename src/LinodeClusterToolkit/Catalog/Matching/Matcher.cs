using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Catalog.Matching;

/// <summary>Finds what a liberal text means; what is special to regions, types, images or kernels is for the subclasses.</summary>
internal abstract class Matcher<T>(string noun, IReadOnlyList<T> offered)
    where T : class, ICatalogEntry
{
    private const int MostNearest = 3;

    protected IReadOnlyList<T> Offered => offered;

    public Match<T> Find(string text)
    {
        var asked = text.Trim();
        return ById(asked) is { } item ? Found(item, MatchKind.Id, asked)
            : FromThePast(asked)
            ?? ByName(asked)
            ?? BySpecialRule(asked)
            ?? (asked.All(char.IsAsciiDigit) ? null : ByWords(asked) ?? ByPrefix(asked)) // a number is an old id or nothing
            ?? OfferedNoMore(asked)
            ?? None(asked);
    }

    /// <summary>Names besides id and label.</summary>
    protected virtual IEnumerable<string> NamesOf(T item) => [];

    /// <summary>Items of the lowest rank are meant first: those of higher rank count only where none of a lower one fits.</summary>
    protected abstract int Rank(T item);

    /// <summary>The same, where it matters how an item was found.</summary>
    protected virtual int Rank(T item, MatchKind how) => Rank(item);

    /// <summary>Whether an item may be meant by some of its words only.</summary>
    protected virtual bool MayBeMeantBy(IReadOnlyList<string> words, T item) => true;

    /// <summary>Order in which equally good items are listed.</summary>
    protected virtual IEnumerable<T> Sorted(IEnumerable<T> items) => items;

    /// <summary>What an id of an older API means among the things offered.</summary>
    protected abstract Match<T>? FromThePast(string asked);

    /// <summary>Memory sizes, attributes.</summary>
    protected virtual Match<T>? BySpecialRule(string asked) => null;

    /// <summary>What is known about a thing that is not offered.</summary>
    protected virtual Match<T>? OfferedNoMore(string asked) => null;

    /// <summary>What to say about an item besides its id when a looser text led to it.</summary>
    protected virtual string? Detail(T item) => null;

    /// <summary>What speaks against an item.</summary>
    protected virtual string? Warning(T item) => null;

    protected T? ById(string id) => offered.FirstOrDefault(item => item.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    protected Match<T> Found(T item, MatchKind how, string asked, string? detail = null)
    {
        var arrow = how == MatchKind.Id ? null : $"{asked} → {item.Id}{((detail ?? Detail(item)) is { } more ? $" ({more})" : "")}";
        var note = string.Join("; ", new[] { arrow, Warning(item) }.OfType<string>());
        return new Match<T>.Found(item, asked, note.Length > 0 ? note : null, how);
    }

    /// <summary>One is found, several are ambiguous, none is null.</summary>
    protected Match<T>? OneOf(IEnumerable<T> fitting, MatchKind how, string asked, Func<T, string>? detail = null)
    {
        var best = fitting.GroupBy(item => Rank(item, how)).MinBy(group => group.Key)?.DistinctBy(item => item.Id).ToArray() ?? [];
        return best.Length switch
        {
            0 => null,
            1 => Found(best[0], how, asked, detail?.Invoke(best[0])),
            _ => new Match<T>.Ambiguous(noun, asked, [.. Sorted(best)]),
        };
    }

    protected Match<T> None(string asked) =>
        None(asked, Hints.Nearest(asked, offered.Select(item => AllNames(item).MinBy(name => Hints.Distance(asked, name))!).Distinct(), MostNearest));

    protected Match<T> None(string asked, IEnumerable<string> nearest, string? why = null) =>
        new Match<T>.NotFound(noun, asked, [.. nearest.Take(MostNearest)], why);

    protected Match<T> Retired(string asked, T? successor, string note) => new Match<T>.Retired(noun, asked, successor, note);

    private Match<T>? ByName(string asked)
    {
        var line = Words.Line(asked);
        return OneOf(offered.Where(item => AllNames(item).Any(name => Words.Line(name) == line)), MatchKind.Name, asked);
    }

    private Match<T>? ByWords(string asked)
    {
        var words = Words.Of(asked);
        return words.Count == 0
            ? null
            : OneOf(
                offered.Where(item => MayBeMeantBy(words, item) && !words.Except(AllNames(item).SelectMany(Words.Of)).Any()),
                MatchKind.Words, asked);
    }

    private Match<T>? ByPrefix(string asked)
    {
        var (line, words) = (Words.Line(asked), Words.Of(asked));
        return words.Count == 0
            ? null
            : OneOf(
                offered.Where(item => MayBeMeantBy(words, item)
                    && AllNames(item).Any(name => Words.Line(name).StartsWith(line, StringComparison.Ordinal))),
                MatchKind.Prefix, asked);
    }

    private IEnumerable<string> AllNames(T item) => NamesOf(item).Prepend(item.Label).Prepend(item.Id);
}
