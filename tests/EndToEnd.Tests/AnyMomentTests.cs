using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace EndToEnd.Tests;

/// <summary>Ctrl-C at moments spread over a whole run, and then resume: the account is as if nothing had happened.</summary>
/// <remarks><c>LCT_MOMENTS</c> says at how many.</remarks>
public sealed class AnyMomentTests(ITestOutputHelper output)
{
    private const int Seed = 20171116;
    private const int AtOnce = 5; // most of a run is waiting
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("LCT_MOMENTS") ?? "20", CultureInfo.InvariantCulture);

    // Each call takes a while, so that the moments fall between them as often as into them.
    private static readonly string[] Slowly = ["--hosts", "records", "--fault", "delay=60ms on POST *"];

    [Fact]
    public async Task A_run_interrupted_at_any_moment_is_brought_to_the_same_end_by_resume()
    {
        var (planned, lasting) = await UndisturbedAsync();
        var chance = new Random(Seed);
        var moments = Enumerable.Range(0, Rounds).Select(round => new Moment(
            round, lasting * ((round + chance.NextDouble()) / Rounds),
            chance.Next(3) == 0 ? TimeSpan.FromMilliseconds(chance.Next(300)) : null)).OrderBy(_ => chance.Next()).ToList();
        output.WriteLine($"{Rounds} moments, seed {Seed}, a run lasts {lasting.TotalMilliseconds:0} ms");

        await Task.WhenAll(moments.Chunk((Rounds + AtOnce - 1) / AtOnce).Select(async lane =>
        {
            await using var cloud = await Cloud.StartAsync(Slowly);
            foreach (var moment in lane)
            {
                await InterruptAsync(cloud, moment, planned);
                await cloud.SendAsync("POST", "/_emulator/reset");
                foreach (var fault in Slowly.Where(word => word.StartsWith("delay", StringComparison.Ordinal)))
                {
                    await cloud.FaultAsync(fault);
                }
            }
        }));
    }

    private static async Task<(IReadOnlyList<string> Planned, TimeSpan Lasting)> UndisturbedAsync()
    {
        await using var desk = await Desk.SitDownAsync(Slowly);
        desk.Write("plan.yaml", Standing.Plan);
        using var run = desk.Start("cluster", "create", "fleet", "plan.yaml");
        await run.SaidAsync("begins");
        var clock = Stopwatch.StartNew();
        (await run.EndAsync()).Ended(0);
        return (await Standing.OfAsync(desk.Cloud), clock.Elapsed);
    }

    private async Task InterruptAsync(Cloud cloud, Moment moment, IReadOnlyList<string> planned)
    {
        var desk = Desk.SitDown(cloud);
        try
        {
            desk.Write("plan.yaml", Standing.Plan);
            using var run = desk.Start("cluster", "create", "fleet", "plan.yaml");
            await run.SaidAsync("begins");
            await Task.Delay(moment.After);
            await run.SignalAsync("INT");
            if (moment.Again is { } soon)
            {
                await Task.Delay(soon);
                await run.SignalAsync("INT");
            }

            var ended = await run.EndAsync();
            var before = (await cloud.ListAsync("linode/instances")).Count;
            var resumed = await desk.RunAsync("cluster", "resume", "fleet");
            output.WriteLine($"{moment}: ended with {ended.Code} and {before} nodes, resume with {resumed.Code}");
            Assert.True(ended.Code is 130 or 0, $"{moment} (seed {Seed}): {ended.Code}\n{ended.Error}");
            Assert.True(resumed.Code == 0, $"{moment} (seed {Seed}): resume ended with {resumed.Code}\n{ended.Error}\n{resumed.Error}");
            var stands = await Standing.OfAsync(cloud);
            Assert.True(planned.SequenceEqual(stands), $"{moment} (seed {Seed}):\n- {string.Join("\n- ", planned.Except(stands))}\n+ "
                + $"{string.Join("\n+ ", stands.Except(planned))}\n{stands.Count} lines instead of {planned.Count}\n{ended.Error}\n{resumed.Error}");
        }
        finally
        {
            await desk.LeaveAsync();
        }
    }

    /// <summary>When a run is interrupted, and how long after that once more.</summary>
    private sealed record Moment(int Round, TimeSpan After, TimeSpan? Again)
    {
        public override string ToString() =>
            $"#{Round} INT at {After.TotalMilliseconds:0} ms{(Again is { } soon ? $", again {soon.TotalMilliseconds:0} ms later" : "")}";
    }
}
