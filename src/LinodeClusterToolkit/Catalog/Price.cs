namespace LinodeClusterToolkit.Catalog;

/// <summary>What something costs, in US dollars.</summary>
/// <param name="Hourly">For each hour begun.</param>
/// <param name="Monthly">The most a month can cost; null where no such cap is published.</param>
public sealed record Price(decimal Hourly, decimal? Monthly)
{
    private const int HoursInMonth = 730;

    /// <summary>Costs nothing.</summary>
    public static Price Zero { get; } = new(0, 0);

    /// <summary>A full month in US dollars: the cap, or 730 hours where there is none.</summary>
    public decimal PerMonth => Monthly ?? Hourly * HoursInMonth;

    /// <summary>Both together.</summary>
    public static Price operator +(Price one, Price other) => new(one.Hourly + other.Hourly, one.PerMonth + other.PerMonth);

    /// <summary>The same thing so many times.</summary>
    public static Price operator *(Price one, int times) => new(one.Hourly * times, one.Monthly * times);
}
