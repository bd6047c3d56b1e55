using LinodeEmulator.State;
using Range = LinodeEmulator.State.Range;

namespace LinodeEmulator.Tests.State;

public sealed class LatencyTests
{
    [Fact]
    public void Keeps_to_the_range_and_meets_its_median()
    {
        var latency = new Latency(LatencyProfile.Real, seed: 1);
        var drawn = Enumerable.Range(0, 10_001).Select(
            index => latency.Draw(new Range(14, 20, 83), $"web-{index}", "linode_boot").TotalSeconds).Order().ToList();
        Assert.InRange(drawn[0], 14, 14.1);
        Assert.InRange(drawn[5000], 19.5, 20.5);
        Assert.InRange(drawn[^1], 80, 83);
        Assert.True(drawn.Distinct().Count() > 9_900);
    }

    [Theory]
    [InlineData(LatencyProfile.Fast, 0.28, 1.66)]
    [InlineData(LatencyProfile.None, 0, 0)]
    public void Shortens_the_range_by_its_profile(LatencyProfile profile, double least, double most) =>
        Assert.InRange(new Latency(profile, seed: 1).Draw(new Range(14, 20, 83), "web-1", "linode_boot").TotalSeconds, least, most);
}
