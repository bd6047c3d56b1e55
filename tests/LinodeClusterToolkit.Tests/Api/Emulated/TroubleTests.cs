using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Tests.Api.V4;
using LinodeEmulator;

namespace LinodeClusterToolkit.Tests.Api.Emulated;

public sealed class TroubleTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_thousand_creates_meet_the_documented_limits_without_one_429()
    {
        await using var world = new EmulatedCloud();
        var start = world.Time.GetUtcNow();
        var creates = Enumerable.Range(1, 1000).Select(number => world.Cloud.CreateNodeAsync(EmulatedCloud.Order($"web-{number}"), None));
        await world.Time.DriveAsync(Task.WhenAll(creates));
        Assert.Equal((1000, 0, 980), (world.Client.Counters.Calls, world.Client.Counters.RateLimited, world.Client.Counters.Waited));
        Assert.True(world.Time.GetUtcNow() - start >= TimeSpan.FromSeconds(49 * 15));
        Assert.Equal(1000, (await world.Time.DriveAsync(world.Cloud.ListNodesAsync(new(Tag: "lct:1"), None).AllAsync())).Count);
    }

    [Theory]
    [InlineData("cut-after on POST /linode/instances nth=1", 1)]
    [InlineData("cut-before on POST /linode/instances nth=1", 0)]
    [InlineData("408 on POST /linode/instances nth=1", 0)]
    [InlineData("500 on POST /linode/instances nth=1", 0)]
    [InlineData("502 on POST /linode/instances nth=1", 0)]
    public async Task A_create_whose_answer_got_lost_is_looked_up_by_its_label(string fault, int there)
    {
        await using var world = new EmulatedCloud(fault);
        var failure = await Assert.ThrowsAsync<LinodeApiException>(
            () => world.Time.DriveAsync(world.Cloud.CreateNodeAsync(EmulatedCloud.Order(), None)));
        Assert.Equal(ApiFailure.AnswerLost, failure.Failure);
        Assert.Equal(there, (await world.Cloud.ListNodesAsync(new("web-1"), None).AllAsync()).Count(node => node.Tags.Contains("lct:1")));
    }

    [Theory]
    [InlineData("429=40s on POST /linode/instances times=2")]
    [InlineData("429-html on POST /linode/instances times=2")]
    public async Task A_create_that_was_refused_for_now_is_sent_again(string fault)
    {
        await using var world = new EmulatedCloud(fault);
        await world.Time.DriveAsync(world.Cloud.CreateNodeAsync(EmulatedCloud.Order(), None));
        Assert.Equal((3, 2, 2), (world.Client.Counters.Calls, world.Client.Counters.RateLimited, world.Client.Counters.Retries));
        Assert.Single(await world.Cloud.ListNodesAsync(new("web-1"), None).AllAsync());
    }

    [Theory]
    [InlineData("502 on GET * chance=0.5")]
    [InlineData("cut-before on GET * chance=0.5")]
    [InlineData("429 on GET * chance=0.5")]
    [InlineData("408 on GET * chance=0.5")]
    public async Task Reading_and_waiting_get_through_bad_weather(string fault)
    {
        await using var world = new EmulatedCloud(fault);
        await world.Time.DriveAsync(world.Cloud.Events.MarkAsync(None));
        var node = await world.Time.DriveAsync(world.Cloud.CreateNodeAsync(EmulatedCloud.Order(), None));
        await world.Time.DriveAsync(world.Cloud.Events.WaitAsync(node.Id, "linode_boot", null, None));
        Assert.Equal("running", (await world.Time.DriveAsync(world.Cloud.FindNodeAsync(node.Id, None)))!.Status);
    }

    [Fact]
    public async Task A_boot_that_failed_is_told_with_its_event()
    {
        await using var world = new EmulatedCloud("failed-boot");
        await world.Cloud.Events.MarkAsync(None);
        var node = await world.Cloud.CreateNodeAsync(EmulatedCloud.Order(), None);
        var failure = await Assert.ThrowsAsync<LinodeApiException>(
            () => world.Time.DriveAsync(world.Cloud.Events.WaitAsync(node.Id, "linode_boot", null, None)));
        Assert.Equal(ApiFailure.JobFailed, failure.Failure);
    }

    [Fact]
    public async Task A_label_in_use_is_told_apart()
    {
        await using var world = new EmulatedCloud();
        await world.Cloud.CreateNodeAsync(EmulatedCloud.Order(), None);
        var taken = await Assert.ThrowsAsync<LinodeApiException>(() => world.Cloud.CreateNodeAsync(EmulatedCloud.Order(), None));
        Assert.Equal(ApiFailure.LabelTaken, taken.Failure);
    }

    [Fact]
    public async Task A_full_account_is_told_in_the_API_s_words()
    {
        await using var world = new EmulatedCloud("quota=1");
        await world.Cloud.CreateNodeAsync(EmulatedCloud.Order(), None);
        var full = await Assert.ThrowsAsync<LinodeApiException>(() => world.Cloud.CreateNodeAsync(EmulatedCloud.Order("web-2"), None));
        Assert.Equal(ApiFailure.Refused, full.Failure);
        Assert.Contains("Account Limit reached", full.Problem.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "LCT3011", "needed: linodes:read_write; granted: linodes:read_only, events:read_only")]
    [InlineData(true, "LCT3010", "Invalid Token")]
    public async Task A_token_that_may_not_is_told_with_what_it_lacks(bool revoked, string code, string why)
    {
        var token = new EmulatorToken("t0ken-of-tests") { Scopes = "linodes:read_only events:read_only", Revoked = revoked };
        await using var world = new EmulatedCloud(new EmulatorOptions { Tokens = [token] });
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => world.Cloud.CreateNodeAsync(EmulatedCloud.Order(), None));
        Assert.Equal((ApiFailure.NotAllowed, code), (failure.Failure, failure.Problem.Code));
        Assert.Contains(why, failure.Problem.Why, StringComparison.Ordinal);
    }
}
