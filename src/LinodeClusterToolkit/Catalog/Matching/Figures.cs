using System.Globalization;

namespace LinodeClusterToolkit.Catalog.Matching;

/// <summary>Sizes and prices as notes show them, the same in every culture.</summary>
internal static class Figures
{
    public static string Memory(int megabytes) => megabytes < 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{megabytes} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{megabytes / 1024m:0.##} GB");

    public static string Dollars(decimal amount) => amount == decimal.Truncate(amount)
        ? string.Create(CultureInfo.InvariantCulture, $"${amount:0}")
        : string.Create(CultureInfo.InvariantCulture, $"${amount:0.00}");
}
