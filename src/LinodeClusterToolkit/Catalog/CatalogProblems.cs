using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Catalog;

/// <summary>What can go wrong with the names of things and with the catalogue's cache.</summary>
internal static class CatalogProblems
{
    /// <summary>Code of a region, type, image or kernel nobody offers.</summary>
    public const string NotFoundCode = "LCT4001";

    /// <summary>Code of a name that fits several things.</summary>
    public const string AmbiguousCode = "LCT4003";

    /// <summary>Code of a thing that is offered no more.</summary>
    public const string RetiredCode = "LCT4004";

    /// <summary>Code of the warning about a cache file that cannot be read.</summary>
    public const string CacheUnreadableCode = "LCT7401";

    /// <summary>Code of the warning about a cache file that cannot be written.</summary>
    public const string CacheUnwritableCode = "LCT7402";

    private const int MostListed = 5;

    internal static Problem NotFound(string noun, string asked, IReadOnlyList<string> nearest, string? why) => new(
        NotFoundCode,
        What: $"no {noun} \"{asked}\"",
        Why: why,
        Fix: nearest.Count == 0 ? null : [$"did you mean {string.Join(" or ", nearest.Select(name => $"\"{name}\""))}?"]);

    internal static Problem Ambiguous<T>(string noun, string asked, IReadOnlyList<T> items)
        where T : ICatalogEntry => new(
        AmbiguousCode,
        What: $"{noun} \"{asked}\" fits {items.Count} {noun}s",
        Fix: [$"say which: {string.Join(", ", items.Take(MostListed).Select(Named))}{(items.Count > MostListed ? ", …" : "")}"]);

    internal static Problem Retired(string noun, string asked, ICatalogEntry? successor, string note) => new(
        RetiredCode,
        What: $"{noun} \"{asked}\" is not offered any more",
        Why: note,
        Fix: successor is null ? null : [$"use {Named(successor)}"]);

    internal static Problem CacheUnreadable(string path, string why) => new(
        CacheUnreadableCode,
        What: "the cached catalogue cannot be read and was ignored",
        Where: path,
        Why: why,
        Fix: ["refresh the catalogue; the file is then written anew"]) { Severity = Severity.Warning };

    internal static Problem CacheUnwritable(string path, string why) => new(
        CacheUnwritableCode,
        What: "the catalogue could not be cached; it will be fetched again next time",
        Where: path,
        Why: why,
        Fix: ["make the folder writable"]) { Severity = Severity.Warning };

    private static string Named<T>(T entry)
        where T : ICatalogEntry => $"\"{entry.Label.ToLowerInvariant()}\" ({entry.Id})";
}
