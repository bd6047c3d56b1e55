using System.Globalization;
using System.Text.RegularExpressions;

namespace LinodeClusterToolkit.Plans.Model;

/// <summary>A size as the plan says it: MB, or a percentage of the type's disk.</summary>
internal readonly partial record struct SizeSpec(decimal Number, bool IsPercent)
{
    private const decimal MbInGb = 1024;

    /// <summary>Reads <c>80%</c>, <c>512MB</c>, <c>500GB</c>, <c>1.5TB</c>; 1 GB is 1024 MB, as Linode counts. Null for anything else.</summary>
    public static SizeSpec? Parse(string text)
    {
        var match = Size().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var number = decimal.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value.ToUpperInvariant() switch
        {
            "%" => new SizeSpec(number, true),
            "MB" or "MIB" or "M" => new SizeSpec(number, false),
            "GB" or "GIB" or "G" => new SizeSpec(number * MbInGb, false),
            _ => new SizeSpec(number * MbInGb * MbInGb, false),
        };
    }

    /// <summary>Whole MB on a disk of <paramref name="diskMb"/>.</summary>
    public long MbOf(int diskMb) => (long)(IsPercent ? diskMb * Number / 100 : Number);

    /// <summary>The size in GB where it is an absolute one of whole GB.</summary>
    public long? WholeGb => !IsPercent && Number % MbInGb == 0 ? (long)(Number / MbInGb) : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(IsPercent ? $"{Number:0.##}%" : Number % MbInGb == 0 ? $"{Number / MbInGb:0.##}GB" : $"{Number:0.##}MB")}");

    [GeneratedRegex(@"^(?<number>[0-9]{1,9}(?:\.[0-9]{1,3})?) ?(?<unit>%|[MGT]i?B|[MGT])\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Size();
}
