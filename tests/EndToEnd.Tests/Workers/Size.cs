namespace EndToEnd.Tests.Workers;

/// <summary>How much is asked of an installation: a little, or with LCT_MANY=1 as much as is promised.</summary>
internal sealed record Size(int Workers, int Customers, int Clusters, int Nodes)
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("LCT_MANY") == "1";

    public static Size Now { get; } = IsFull ? new(4, 10, 20, 50) : new(3, 4, 6, 12);

    /// <summary>The platform's own times, or a fiftieth of them.</summary>
    public static string Latency { get; } = IsFull ? "real" : "fast";

    /// <summary>Orders of one round, customer by customer; clusters of different customers have the same names.</summary>
    public IReadOnlyList<Order> Orders(Installation at, int round = 1) =>
    [
        .. Enumerable.Range(0, Clusters).Select(number => new Order(
            at.Customers[number % Customers], FormattableString.Invariant($"shop{round}{(char)('a' + (number / Customers))}"), Nodes)),
    ];
}
