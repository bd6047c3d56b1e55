using System.Globalization;
using System.Net;
using LinodeEmulator.Limits;

namespace LinodeEmulator.Tests.Limits;

public sealed class RateLimitTests
{
    private static readonly RateLimits Of2024 =
        RateLimits.Documented.With(
            LimitClass.CreateLinode, new LimitWindow(5, TimeSpan.FromSeconds(15)), new LimitWindow(10, TimeSpan.FromSeconds(30)));

    [Fact]
    public async Task Lets_20_creates_through_in_15_seconds()
    {
        await using var cloud = new TestCloud();
        Assert.Equal(20, await PassedAsync(cloud, "POST", "linode/instances", tries: 25));
        var refused = await cloud.PostAsync("linode/instances");
        Assert.Equal("429 Too many requests", refused.Refusal);
        Assert.Equal("20", refused.Header("X-RateLimit-Limit"));
        Assert.Equal("0", refused.Header("X-RateLimit-Remaining"));
        Assert.Equal("15", refused.Header("Retry-After"));
        cloud.Pass(14.9);
        Assert.Equal(0, await PassedAsync(cloud, "POST", "linode/instances", tries: 1));
        cloud.Pass(0.1);
        Assert.Equal(20, await PassedAsync(cloud, "POST", "linode/instances", tries: 25));
    }

    [Fact]
    public async Task Counts_requests_that_are_refused_for_what_they_ask()
    {
        await using var cloud = new TestCloud();
        for (var index = 0; index < 20; index++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await cloud.PostAsync("linode/instances", "{}")).Status);
        }

        Assert.Equal((HttpStatusCode)429, (await cloud.PostAsync("linode/instances", TestCloud.Node("web-1"))).Status);
    }

    [Fact]
    public async Task Starts_a_window_with_the_first_request_and_does_not_slide()
    {
        await using var cloud = new TestCloud();
        cloud.Pass(7);
        Assert.Equal(1, await PassedAsync(cloud, "POST", "linode/instances", tries: 1));
        cloud.Pass(14);
        Assert.Equal(19, await PassedAsync(cloud, "POST", "linode/instances", tries: 30));
        cloud.Pass(1);
        Assert.Equal(20, await PassedAsync(cloud, "POST", "linode/instances", tries: 30));
    }

    [Fact]
    public async Task Counts_refused_requests_in_the_outer_of_two_windows()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Limits = Of2024 });
        var limits = new List<string>();
        for (var index = 0; index < 12; index++)
        {
            var answer = await cloud.PostAsync("linode/instances");
            limits.Add($"{(int)answer.Status}/{answer.Header("X-RateLimit-Limit")}");
        }

        Assert.Equal([.. Enumerable.Repeat("400/10", 5), .. Enumerable.Repeat("429/5", 5), .. Enumerable.Repeat("429/10", 2)], limits);
        cloud.Pass(15);
        Assert.Equal("10", (await cloud.PostAsync("linode/instances")).Header("X-RateLimit-Limit"));
        cloud.Pass(15);
        Assert.Equal(5, await PassedAsync(cloud, "POST", "linode/instances", tries: 6));
    }

    [Theory]
    [InlineData("GET", "linode/instances", 200)]
    [InlineData("GET", "images", 20)]
    [InlineData("GET", "linode/stackscripts", 60)]
    [InlineData("POST", "volumes", 100)]
    [InlineData("GET", "profile", 1600)]
    public async Task Has_a_limit_a_minute_for_each_class(string method, string path, int limit)
    {
        await using var cloud = new TestCloud();
        Assert.Equal(limit, await PassedAsync(cloud, method, path, tries: limit + 1));
        cloud.Pass(60);
        Assert.Equal(1, await PassedAsync(cloud, method, path, tries: 1));
    }

    [Fact]
    public async Task Counts_each_token_by_itself()
    {
        await using var cloud = new TestCloud();
        Assert.Equal(20, await PassedAsync(cloud, "GET", "images", tries: 21));
        cloud.Token = "another";
        Assert.Equal(20, await PassedAsync(cloud, "GET", "images", tries: 21));
    }

    [Fact]
    public async Task Tells_on_every_answer_how_much_is_left_and_until_when()
    {
        await using var cloud = new TestCloud();
        await cloud.GetAsync("profile");
        cloud.Pass(20);
        var answer = await cloud.GetAsync("profile");
        Assert.Equal("1598", answer.Header("X-RateLimit-Remaining"));
        var reset = long.Parse(answer.Header("X-RateLimit-Reset"), CultureInfo.InvariantCulture);
        Assert.Equal(40, reset - cloud.Clock.GetUtcNow().ToUnixTimeSeconds());
        Assert.Equal("40", answer.Header("Retry-After"));
    }

    [Fact]
    public async Task Keeps_the_headers_when_there_are_no_limits()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Limits = RateLimits.None });
        Assert.Equal(100, await PassedAsync(cloud, "GET", "images", tries: 100));
        Assert.NotEqual("", (await cloud.GetAsync("images")).Header("X-RateLimit-Remaining"));
    }

    private static async Task<int> PassedAsync(TestCloud cloud, string method, string path, int tries)
    {
        var passed = 0;
        for (var index = 0; index < tries; index++)
        {
            passed += (await cloud.SendAsync(method, path)).Status == (HttpStatusCode)429 ? 0 : 1;
        }

        return passed;
    }
}
