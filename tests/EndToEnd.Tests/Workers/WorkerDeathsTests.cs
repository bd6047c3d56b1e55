using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Workers;

/// <summary>Workers killed (-9) at random moments, broker and database ended as a crash would, while clusters are made: nothing is lost, nothing made twice.</summary>
/// <remarks><c>LCT_MANY=1</c>: a hundred kills, ten of the broker, five of the database; <c>LCT_SEED</c> chooses the moments.</remarks>
[Collection("workers")]
public sealed class WorkerDeathsTests(ITestOutputHelper output)
{
    private const int Workers = 3;
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("LCT_SEED") ?? "20261126", CultureInfo.InvariantCulture);
    private static readonly (int Kills, int Broker, int Database) Wanted = Size.IsFull ? (100, 10, 5) : (10, 2, 1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(Size.IsFull ? 45 : 15);

    [Fact]
    public async Task Whoever_dies_whenever_every_cluster_stands_and_nothing_is_made_twice()
    {
        await using var at = await Installation.OpenAsync(4, "--latency", "fast");
        var (size, chance, clock) = (new Size(Workers, 4, 6, 12), new Random(Seed), Stopwatch.StartNew());
        var (orders, broker, database) = (new List<Order>(), 0, 0);
        at.Crew.Hire(size.Workers);
        for (var round = 1; at.Crew.Killed < Wanted.Kills || broker < Wanted.Broker || database < Wanted.Database; round++)
        {
            var some = await size.OrdersAsync(at, round);
            foreach (var order in some)
            {
                await at.SubmitAsync(order);
            }

            orders.AddRange(some);
            var ended = at.EndedAsync(some, Patience);
            while (!ended.IsCompleted)
            {
                // Now and then a server goes too, spread over the kills.
                var part = (at.Crew.Killed + 1.0) / Wanted.Kills;
                if (broker < Wanted.Broker && broker < part * Wanted.Broker)
                {
                    await at.Broker.RestartAsync();
                    broker++;
                }
                else if (database < Wanted.Database && database < part * Wanted.Database)
                {
                    await at.Database.RestartAsync();
                    database++;
                }

                await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(chance.Next(500, 5000))));
                if (!ended.IsCompleted && at.Crew.Killed < Wanted.Kills)
                {
                    await at.Crew.KillAsync(chance);
                }
            }

            await ended;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: {orders.Count} clusters, {at.Crew.Killed} workers killed, broker {broker} and database {database} times, {clock.Elapsed.TotalSeconds:0} s (seed {Seed})"));
        }

        await Audit.AssertAsync(at, orders);
        await at.Crew.DrainAsync();
    }
}
