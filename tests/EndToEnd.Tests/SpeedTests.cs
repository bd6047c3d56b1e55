using System.Globalization;
using Xunit.Abstractions;

namespace EndToEnd.Tests;

/// <summary>Alone on the machine, as far as this project decides.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;

/// <summary>A fact about a build with optimizations; skipped aloud in any other.</summary>
public sealed class ReleaseFactAttribute : FactAttribute
{
    public ReleaseFactAttribute() => Skip = Build.Configuration == "Release" ? null : "times are those of the Release build";
}

/// <summary>How long a user waits. The targets are for a published build on a quiet machine; three times as much is too much, on a busy machine
/// in proportion to what the shortest command takes there.</summary>
[Collection("alone")]
public sealed class SpeedTests(ITestOutputHelper output)
{
    private const double ShortestWhenQuiet = 120; // ms, linodetool version

    [ReleaseFact]
    public async Task Help_is_there_at_once() =>
        await AssertMedianAsync("help", 100, desk => desk.RunAsync("--help"), finished => finished.Elapsed);

    [ReleaseFact]
    public async Task The_shop_is_previewed_within_a_second() =>
        await AssertMedianAsync(
            "preview of 82 nodes", 1000, desk => desk.RunAsync("cluster", "create", "shop", Desk.Shipped("ha-wordpress.yaml"), "--dry-run"), finished => finished.Elapsed);

    [ReleaseFact]
    public async Task The_price_of_the_shop_is_told_within_a_second() =>
        await AssertMedianAsync(
            "price of 82 nodes", 1000, desk => desk.RunAsync("plan", "show", Desk.Shipped("ha-wordpress.yaml"), "--cost"), finished => finished.Elapsed);

    [ReleaseFact]
    public async Task The_first_byte_of_a_create_comes_soon()
    {
        var count = 0;
        await AssertMedianAsync(
            "first byte of cluster create",
            300,
            desk => desk.RunAsync("cluster", "create", $"web{++count}", desk.WritePlan("plan.yaml", 1)),
            finished => finished.FirstByte);
    }

    private async Task AssertMedianAsync(string what, int target, Func<Desk, Task<Finished>> run, Func<Finished, TimeSpan> measure)
    {
        await using var desk = await Desk.SitDownAsync();
        (await desk.RunAsync("regions", "-q")).Ended(0); // as on any machine that was used before
        var (times, shortest) = (new List<double>(), new List<double>());
        for (var round = 0; round < 5; round++)
        {
            shortest.Add((await desk.RunAsync("version")).Ended(0).Elapsed.TotalMilliseconds);
            times.Add(measure((await run(desk)).Ended(0)).TotalMilliseconds);
        }

        times.Sort();
        var most = 3 * target * Math.Max(1, shortest.Min() / ShortestWhenQuiet);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: median {times[times.Count / 2]:0} ms, best {times[0]:0}, worst {times[^1]:0}, target {target}, accepted {most:0}"));
        Assert.True(times[0] <= most, $"{what}: {times[0]:0} ms at best");
    }
}
