using LinodeEmulator.Limits;
using System.Diagnostics;

namespace LinodeEmulator.Tests.State;

public sealed class ScaleTests
{
    [Fact]
    public async Task Carries_ten_thousand_nodes_in_seconds()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Limits = RateLimits.None });
        var watch = Stopwatch.StartNew();
        for (var index = 0; index < 10_000; index++)
        {
            await cloud.CreateNodeAsync($"web-{index}");
        }

        cloud.Pass(300);
        var page = await cloud.GetAsync("linode/instances?page=20&page_size=500");
        Assert.All(page.Data, node => Assert.Equal("running", (string)node["status"]!));
        for (var poll = 0; poll < 100; poll++)
        {
            Assert.Equal(
                100, (await cloud.GetAsync("account/events", """{"id":{"+gt":500029900},"entity.type":"linode","+order_by":"id"}""")).Data.Count);
        }

        Assert.Equal("web-7777", (string)Assert.Single((await cloud.GetAsync("linode/instances", """{"label":"web-7777"}""")).Data)["label"]!);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }
}
