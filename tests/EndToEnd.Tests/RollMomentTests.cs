using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace EndToEnd.Tests;

/// <summary>Work on nodes in turns that is interrupted or killed at moments spread over it, and then resumed: nothing is twice, nothing is left over.</summary>
/// <remarks><c>LCT_MOMENTS</c> says at how many.</remarks>
public sealed class RollMomentTests(ITestOutputHelper output)
{
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("LCT_MOMENTS") ?? "4", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("cluster roll fleet db --reboot", false, 1)]
    [InlineData("cluster roll fleet db --rebuild --yes", false, 2)]
    [InlineData("node replace fleet-us-east-db-1 fleet-us-east-db-2 --yes", true, 3)]
    public async Task Whatever_moment_it_ends_at_resume_brings_it_to_the_same_end(string line, bool isReplaced, int seed)
    {
        await using var cloud = await Cloud.StartAsync("--hosts", "records", "--fault", "delay=60ms on POST *");
        var chance = new Random(seed);
        var desk = Desk.SitDown(cloud);
        try
        {
            desk.Write("plan.yaml", Standing.Plan);
            (await desk.RunAsync("cluster", "create", "fleet", "plan.yaml")).Ended(0);
            var (planned, volumes, ids) = (await Standing.OfAsync(cloud), await IdsAsync(cloud, "volumes"), await IdsAsync(cloud, "linode/instances"));
            var clock = Stopwatch.StartNew();
            (await desk.RunAsync(line.Split(' '))).Ended(0);
            var lasting = clock.Elapsed;
            Assert.Equal(planned, await Standing.OfAsync(cloud));
            for (var round = 0; round < Rounds; round++)
            {
                var (after, signal) = (lasting * ((round + chance.NextDouble()) / Rounds), round % 2 == 0 ? "KILL" : "INT");
                using var run = desk.Start(line.Split(' '));
                await Task.Delay(after);
                await run.SignalAsync(signal);
                var ended = await run.EndAsync();
                output.WriteLine($"{line}: {signal} at {after.TotalMilliseconds:0} of {lasting.TotalMilliseconds:0} ms, ended with {ended.Code}");

                // A run that was not begun yet leaves nothing to go on with: then the command itself is given again.
                var resumed = await desk.RunAsync("cluster", "resume", "fleet");
                Assert.True(resumed.Code == 0, resumed.Error);
                var stands = await Standing.OfAsync(cloud);
                Assert.True(planned.SequenceEqual(stands), $"{signal} at {after.TotalMilliseconds:0} ms:\n- {string.Join("\n- ", planned.Except(stands))}\n+ "
                    + $"{string.Join("\n+ ", stands.Except(planned))}\n{ended.Error}\n{resumed.Error}");
            }

            Assert.Equal(volumes, await IdsAsync(cloud, "volumes"));
            var now = await IdsAsync(cloud, "linode/instances");
            Assert.Equal(isReplaced ? 2 : 0, now.Except(ids).Count());
            Assert.Empty((await desk.RunAsync("cluster", "orphans", "-o", "json")).Ended(0).Json.AsArray());
        }
        finally
        {
            await desk.LeaveAsync();
        }
    }

    private static async Task<IReadOnlyList<long>> IdsAsync(Cloud cloud, string path) =>
        [.. (await cloud.ListAsync(path)).Select((JsonNode one) => (long)one["id"]!).Order()];
}
