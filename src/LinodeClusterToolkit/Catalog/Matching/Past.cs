using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace LinodeClusterToolkit.Catalog.Matching;

/// <summary>All the names one thing has had; whichever of its ids is offered is the one meant.</summary>
/// <param name="Ids">Ids of version 4, today's first, then those of the 2017 beta.</param>
/// <param name="Names">Numbers, abbreviations and labels of version 3.</param>
/// <param name="Vendor">Of an image: whose distribution it was.</param>
/// <param name="Successor">Id of what to use instead, where the thing is gone.</param>
/// <param name="Note">What became of it.</param>
internal sealed record PastNames(
    IReadOnlyList<string> Ids, IReadOnlyList<string> Names, string? Vendor = null, string? Successor = null, string? Note = null);

/// <summary>A type that was sold once.</summary>
/// <param name="Id">Its id; its label where it was sold before types had ids.</param>
/// <param name="MemoryMb">Memory it had.</param>
/// <param name="DiskMb">Disk it had.</param>
/// <param name="Monthly">US dollars it cost.</param>
/// <param name="Successor">Id of the type Linode moves it to; null where that one was never on public sale.</param>
/// <param name="Names">Labels and version 3 plan numbers. The numbers meant another plan every other year: these are of 2017.</param>
internal sealed record PastType(string Id, int MemoryMb, int DiskMb, decimal Monthly, string? Successor, IReadOnlyList<string> Names);

/// <summary>Rows of a shipped list by each of their names, read when first asked.</summary>
internal sealed class Past<TRow>(string file, Func<JsonTypeInfo<IReadOnlyList<TRow>>> shape, Func<TRow, IEnumerable<string>> names)
    where TRow : class
{
    private readonly Lazy<Dictionary<string, TRow>> byName = new(() => EmbeddedData.Read(file, shape())
        .SelectMany(row => names(row), (row, name) => KeyValuePair.Create(name, row))
        .ToDictionary(StringComparer.OrdinalIgnoreCase));

    public IReadOnlyCollection<TRow> Rows => byName.Value.Values;

    public TRow? Find(string name) => byName.Value.GetValueOrDefault(name);
}

/// <summary>The names of the 2017 beta of version 4 and of version 3.</summary>
internal static class Past
{
    public static Past<PastNames> Regions { get; } = Names("legacy-regions");

    public static Past<PastType> Types { get; } =
        new("legacy-types", () => PastJsonContext.Default.IReadOnlyListPastType, row => row.Names.Prepend(row.Id));

    public static Past<PastNames> Images { get; } = Names("legacy-images");

    public static Past<PastNames> Kernels { get; } = Names("legacy-kernels");

    private static Past<PastNames> Names(string file) =>
        new(file, () => PastJsonContext.Default.IReadOnlyListPastNames, row => row.Ids.Concat(row.Names));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<PastNames>))]
[JsonSerializable(typeof(IReadOnlyList<PastType>))]
internal sealed partial class PastJsonContext : JsonSerializerContext;
