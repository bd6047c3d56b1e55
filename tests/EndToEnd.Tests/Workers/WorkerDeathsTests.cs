using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Workers;

/// <summary>Workers are killed (-9) at random moments, broker and database too, while clusters are made: nothing is lost or made twice.</summary>
/// <remarks><c>LCT_MANY=1</c>: a hundred kills, ten of the broker, five of the database; <c>LCT_SEED</c> chooses the moments.</remarks>
[Collection("workers")]
public sealed class WorkerDeathsTests(ITestOutputHelper output)
{
    private const int Workers = 4;

    // A worker lives for some 24 s; a step that was begun before may wait for a minute, until what a dead one sent has landed.
    private const int ShortestPause = 1000;
    private const int LongestPause = 11_000;
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("LCT_SEED") ?? "20261126", CultureInfo.InvariantCulture);
    private static readonly (int Kills, int Broker, int Database) Wanted = Size.IsFull ? (100, 10, 5) : (10, 2, 1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(Size.IsFull ? 45 : 15);

    private readonly Random chance = new(Seed);
    private int brokers;
    private int databases;

    [Fact]
    public async Task Whoever_dies_whenever_every_cluster_stands_and_nothing_is_made_twice()
    {
        await using var at = await Installation.OpenAsync(4, "--latency", "fast");
        var (size, clock, orders) = (new Size(Workers, 4, 6, 12), Stopwatch.StartNew(), new List<Order>());
        at.Crew.Hire(size.Workers);
        for (var round = 1; !IsEnough(at); round++)
        {
            var some = size.Orders(at, round);
            orders.AddRange(some);
            var submitted = SubmitAsync(at, some);
            await DieWhileAsync(at, submitted, servers: false); // a command that finds no database says so, and is not what is tried here
            await submitted;
            var ended = at.EndedAsync(some, Patience);
            await DieWhileAsync(at, ended, servers: true);
            await ended;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: {orders.Count} clusters, {at.Crew.Killed} workers killed, "
                + $"broker {brokers} and database {databases} times, {clock.Elapsed.TotalSeconds:0} s (seed {Seed})"));
        }

        await Audit.AssertAsync(at, orders);
        await at.Crew.DrainAsync();
    }

    private static async Task SubmitAsync(Installation at, IEnumerable<Order> orders)
    {
        foreach (var order in orders)
        {
            await at.SubmitAsync(order);
        }
    }

    private bool IsEnough(Installation at) => at.Crew.Killed >= Wanted.Kills && brokers >= Wanted.Broker && databases >= Wanted.Database;

    /// <summary>Kills as long as something goes on, at random moments; now and then a server too, spread over the kills.</summary>
    private async Task DieWhileAsync(Installation at, Task going, bool servers)
    {
        while (!going.IsCompleted)
        {
            var part = (at.Crew.Killed + 1.0) / Wanted.Kills;
            if (servers && brokers < Math.Min(part, 1) * Wanted.Broker)
            {
                await at.Broker.RestartAsync();
                brokers++;
            }
            else if (servers && databases < Math.Min(part, 1) * Wanted.Database)
            {
                await at.Database.RestartAsync();
                databases++;
            }

            await Task.WhenAny(going, Task.Delay(TimeSpan.FromMilliseconds(chance.Next(ShortestPause, LongestPause))));
            if (!going.IsCompleted && at.Crew.Killed < Wanted.Kills)
            {
                await at.Crew.KillAsync(chance);
            }
        }
    }
}
