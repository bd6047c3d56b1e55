using System.Globalization;
using System.Text.RegularExpressions;

namespace LinodeClusterToolkit.Catalog.Matching;

/// <summary>A type described by what it has: <c>4gb</c>, <c>dedicated 4gb</c>, <c>ram:80GB, vcpus:8</c>.</summary>
internal sealed partial record TypeQuery
{
    private static readonly string[] SharedClasses = ["nanode", "standard"];

    public int MemoryMb { get; private init; }

    public int DiskMb { get; private init; }

    public int Vcpus { get; private init; }

    public int Gpus { get; private init; }

    public decimal? Monthly { get; private init; }

    public bool IsSizeOnly { get; private init; }

    /// <summary>What cannot be read.</summary>
    public string? Trouble { get; private init; }

    public bool SaysClass => Classes.Length > 0;

    private string[] Classes { get; init; } = [];

    public static bool IsShared(NodeType type) => SharedClasses.Contains(type.Class);

    /// <summary>Null where the text is no description at all, but perhaps a name.</summary>
    public static TypeQuery? Read(string text, IReadOnlyList<NodeType> offered)
    {
        // "4 gb" and "ram: 80 GB" are one word each
        var parts = SpaceWithin().Replace(text.ToLowerInvariant(), "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        var query = new TypeQuery { IsSizeOnly = true };
        foreach (var part in parts)
        {
            if ((part.Contains(':') ? query.WithAttribute(part) : query.WithWord(part, offered)) is not { } more)
            {
                return null;
            }

            query = more;
        }

        return query is { IsSizeOnly: true, MemoryMb: 0, Trouble: null } ? null : query;
    }

    public bool MeetsExactly(NodeType type) => Meets(type) && Excess(type) == (0, 0, 0, 0);

    public bool Meets(NodeType type) => MeetsAtAnyPrice(type) && (Monthly is null || type.Price.PerMonth == Monthly);

    // Nobody means a type with graphics processors without saying so: it costs ten times as much.
    public bool MeetsAtAnyPrice(NodeType type) =>
        type.MemoryMb >= MemoryMb && type.DiskMb >= DiskMb && type.Vcpus >= Vcpus && type.Gpus >= Gpus
        && (SaysClass ? Classes.Contains(type.Class) : type.Gpus == 0 || Gpus > 0);

    /// <summary>How much more than asked for a type has, in what was asked for.</summary>
    public (int MemoryMb, int DiskMb, int Vcpus, int Gpus) Excess(NodeType type) => (
        MemoryMb > 0 ? type.MemoryMb - MemoryMb : 0, DiskMb > 0 ? type.DiskMb - DiskMb : 0,
        Vcpus > 0 ? type.Vcpus - Vcpus : 0, Gpus > 0 ? type.Gpus - Gpus : 0);

    private TypeQuery? WithWord(string word, IReadOnlyList<NodeType> offered) => word switch
    {
        "linode" or "ram" or "memory" or "cpu" => this,
        "shared" or "standard" => this with { Classes = [.. Classes, .. SharedClasses] },
        "high" => this with { Classes = [.. Classes, "highmem"] },
        _ when Megabytes(word) is { } size => MemoryMb == 0 ? this with { MemoryMb = size } : null,
        _ => offered.Any(type => type.Class == word) ? this with { Classes = [.. Classes, word] } : null,
    };

    private TypeQuery WithAttribute(string part)
    {
        var (key, value) = (part[..part.IndexOf(':')], part[(part.IndexOf(':') + 1)..]);
        var read = key switch
        {
            "ram" or "memory" => Megabytes(value) is { } size ? this with { MemoryMb = size } : null,
            "disk" => Megabytes(value) is { } size ? this with { DiskMb = size } : null,
            "vcpus" or "vcpu" or "cpus" => Whole(value) is { } count ? this with { Vcpus = count } : null,
            "gpus" or "gpu" => Whole(value) is { } count ? this with { Gpus = count } : null,
            "price" => Number(value.TrimStart('$')) is { } price ? this with { Monthly = price } : null,
            _ => this with { Trouble = $"a type can be asked for by ram:, disk:, vcpus:, gpus: and price:, not {key}:" },
        };
        var trouble = $"cannot read {part}: write sizes as ram:80GB, counts as vcpus:8, dollars a month as price:960";
        return (read ?? this with { Trouble = trouble }) with { IsSizeOnly = false };
    }

    private static int? Megabytes(string text)
    {
        var size = Size().Match(text);
        return size.Success && Number(size.Groups[1].Value) * Unit(size.Groups[2].Value) is > 0 and <= int.MaxValue and var megabytes
            ? (int)decimal.Ceiling(megabytes)
            : null;
    }

    // Linode counts a GB as 1024 MB.
    private static int Unit(string letter) => letter switch { "m" => 1, "g" => 1024, _ => 1024 * 1024 };

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^(\d{1,9}(?:\.\d{1,3})?)([mgt])(?:i?b)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Size();

    [GeneratedRegex(@"(?<=:)\s+|\s+(?=:)|(?<=\d)\s+(?=[mgt]i?b?\b)", RegexOptions.CultureInvariant)]
    private static partial Regex SpaceWithin();
}
