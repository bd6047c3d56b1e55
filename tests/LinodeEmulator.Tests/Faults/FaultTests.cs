using System.Net;
using LinodeEmulator.Faults;
using LinodeEmulator.Limits;

namespace LinodeEmulator.Tests.Faults;

public sealed class FaultTests
{
    [Theory]
    [InlineData("500", 500, "Internal server error")]
    [InlineData("502", 502, "nginx")]
    [InlineData("503", 503, "Please try again later")]
    [InlineData("429", 429, "Too many requests")]
    [InlineData("429-html", 429, "<html>")]
    public async Task Answers_in_place_of_the_operation(string spec, int status, string text)
    {
        await using var cloud = With(spec + " on POST /linode/instances");
        var answer = await cloud.PostAsync("linode/instances", TestCloud.Node("web-1"));
        Assert.Equal(status, (int)answer.Status);
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
        Assert.Equal(text is "nginx" or "<html>" ? "text/html" : "application/json", answer.ContentType);
        Assert.Empty((await cloud.GetAsync("linode/instances")).Data);
    }

    [Fact]
    public async Task Can_answer_with_nothing_at_all()
    {
        await using var cloud = With("408");
        var answer = await cloud.GetAsync("linode/types");
        Assert.Equal("408 ''", $"{(int)answer.Status} '{answer.Text}'");
    }

    [Fact]
    public async Task Announces_maintenance_in_a_header()
    {
        await using var cloud = With("maintenance");
        Assert.Equal("true", (await cloud.GetAsync("regions")).Header("X-Maintenance-Mode"));
    }

    [Fact]
    public async Task Tells_how_long_a_storm_will_last()
    {
        await using var cloud = With("429=42s times=2");
        Assert.Equal("42", (await cloud.GetAsync("regions")).Header("Retry-After"));
        await cloud.GetAsync("regions");
        Assert.Equal(HttpStatusCode.OK, (await cloud.GetAsync("regions")).Status);
    }

    [Fact]
    public async Task Cuts_the_connection_before_anything_is_done()
    {
        await using var cloud = With("cut-before on POST /linode/instances nth=1");
        await Assert.ThrowsAsync<HttpRequestException>(() => cloud.PostAsync("linode/instances", TestCloud.Node("web-1")));
        Assert.Empty((await cloud.GetAsync("linode/instances")).Data);
    }

    [Fact]
    public async Task Cuts_the_connection_after_everything_was_done()
    {
        await using var cloud = With("cut-after on POST /linode/instances nth=2");
        await cloud.CreateNodeAsync("web-1");
        await Assert.ThrowsAsync<HttpRequestException>(() => cloud.PostAsync("linode/instances", TestCloud.Node("web-2")));
        Assert.Equal(2, (await cloud.GetAsync("linode/instances")).Data.Count);
        await cloud.CreateNodeAsync("web-3");
    }

    [Fact]
    public async Task Delays_an_answer_by_the_emulators_clock()
    {
        await using var cloud = With("delay=30s on GET /regions");
        var answer = cloud.GetAsync("regions");
        Assert.False(answer.IsCompleted);
        cloud.Pass(29);
        Assert.False(answer.IsCompleted);
        cloud.Pass(1);
        Assert.Equal(HttpStatusCode.OK, (await answer).Status);
    }

    [Fact]
    public async Task Makes_boots_slow()
    {
        await using var plain = With();
        await using var slow = With("slow-boot=10 label=web-*");
        Assert.True(await SecondsAsync(slow, "web-1") > 5 * await SecondsAsync(plain, "web-1"));
        Assert.Equal(await SecondsAsync(plain, "db-1"), await SecondsAsync(slow, "db-1"));

        static async Task<double> SecondsAsync(TestCloud cloud, string label)
        {
            var id = await cloud.CreateNodeAsync(label);
            cloud.Pass(2000);
            var boot = (await cloud.GetAsync("account/events", $$"""{"entity.id":{{id}},"action":"linode_boot"}""")).Data;
            return (double)boot[0]["duration"]!;
        }
    }

    [Fact]
    public async Task Leaves_a_boot_started_for_ever()
    {
        await using var cloud = With("endless-boot label=web-1");
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(86400);
        Assert.Equal("booting", await cloud.StatusOfAsync(id));
        Assert.Equal("linode_boot started", (await cloud.EventsOfAsync(id))[^1]);
        Assert.Equal("400 Linode busy.", (await cloud.PostAsync($"linode/instances/{id}/reboot")).Refusal);
        Assert.Equal(HttpStatusCode.OK, (await cloud.DeleteAsync($"linode/instances/{id}")).Status);
    }

    [Fact]
    public async Task Fails_a_boot_and_lets_the_next_one_pass()
    {
        await using var cloud = With("failed-boot on POST /linode/instances nth=1");
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(200);
        Assert.Equal("offline", await cloud.StatusOfAsync(id));
        Assert.Equal("linode_boot failed", (await cloud.EventsOfAsync(id))[^1]);
        await cloud.SucceedAsync("POST", $"linode/instances/{id}/boot");
        cloud.Pass(200);
        Assert.Equal("running", await cloud.StatusOfAsync(id));
    }

    [Fact]
    public async Task Loses_the_host_of_a_node_for_good()
    {
        await using var cloud = With("host-gone label=web-1 times=1");
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(300);
        Assert.Equal("offline", await cloud.StatusOfAsync(id));
        Assert.Equal("host_reboot failed", (await cloud.EventsOfAsync(id))[^1]);
        await cloud.SucceedAsync("POST", $"linode/instances/{id}/boot");
        cloud.Pass(300);
        Assert.Equal("linode_boot failed", (await cloud.EventsOfAsync(id))[^1]);
    }

    [Fact]
    public async Task Bounds_the_account()
    {
        await using var cloud = With("quota=2", "volume-quota=1");
        await cloud.CreateNodeAsync("web-1");
        var second = await cloud.CreateNodeAsync("web-2");
        Assert.Equal(
            "400 Account Limit reached. Please open a support ticket.", (await cloud.PostAsync("linode/instances", TestCloud.Node("web-3"))).Refusal);
        await cloud.DeleteAsync($"linode/instances/{second}");
        cloud.Pass(60);
        await cloud.CreateNodeAsync("web-3");
        await cloud.SucceedAsync("POST", "volumes", """{"label":"one","region":"us-east"}""");
        Assert.Equal(
            "400 Account Limit reached. Please open a support ticket.",
            (await cloud.PostAsync("volumes", """{"label":"two","region":"us-east"}""")).Refusal);
    }

    [Fact]
    public async Task Is_not_used_up_by_what_it_cannot_bear_on()
    {
        await using var cloud = With("failed-boot nth=2 label=web-*", "sold-out=us-east nth=3 times=9");
        await cloud.CreateNodeAsync("db-1", "\"region\":\"eu-west\",\"booted\":false");
        var first = await cloud.CreateNodeAsync("web-1");
        await cloud.SucceedAsync("POST", "volumes", """{"label":"data","region":"us-east"}""");
        Assert.Contains((await cloud.GetAsync("regions/us-east/availability")).Json.AsArray(), row => (bool)row!["available"]!);
        var second = await cloud.CreateNodeAsync("web-2");
        cloud.Pass(200);
        Assert.Equal("running offline", $"{await cloud.StatusOfAsync(first)} {await cloud.StatusOfAsync(second)}");
        Assert.All((await cloud.GetAsync("regions/us-east/availability")).Json.AsArray(), row => Assert.False((bool)row!["available"]!));
        Assert.StartsWith("400 region: ", (await cloud.PostAsync("linode/instances", TestCloud.Node("web-3"))).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_by_one_rule_uses_up_nothing_of_a_rule_for_what_it_would_have_made()
    {
        await using var cloud = With("500 nth=1", "sold-out times=1", "failed-boot times=1");
        await cloud.PostAsync("linode/instances", TestCloud.Node("web-1"));
        Assert.StartsWith("400 region: ", (await cloud.PostAsync("linode/instances", TestCloud.Node("web-1"))).Refusal, StringComparison.Ordinal);
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(200);
        Assert.Equal("offline", await cloud.StatusOfAsync(id));
    }

    [Fact]
    public async Task Sells_a_region_out()
    {
        await using var cloud = With("sold-out=us-east");
        Assert.StartsWith("400 region: ", (await cloud.PostAsync("linode/instances", TestCloud.Node("web-1"))).Refusal, StringComparison.Ordinal);
        await cloud.CreateNodeAsync("web-1", "\"region\":\"eu-west\"");
        Assert.All((await cloud.GetAsync("regions/us-east/availability")).Json.AsArray(), row => Assert.False((bool)row!["available"]!));
    }

    [Fact]
    public async Task Strikes_by_chance_the_same_way_for_the_same_seed()
    {
        var first = await StruckAsync(seed: 7);
        Assert.Equal(first, await StruckAsync(seed: 7));
        Assert.NotEqual(first, await StruckAsync(seed: 8));
        Assert.InRange(first.Count(sign => sign == 'x'), 20, 40);

        static async Task<string> StruckAsync(long seed)
        {
            await using var cloud = new TestCloud(
                new EmulatorOptions { Seed = seed, Limits = RateLimits.None, Faults = [FaultSpec.Parse("500 chance=0.3")] });
            var struck = "";
            for (var index = 0; index < 100; index++)
            {
                struck += (await cloud.GetAsync("regions/us-east")).Status == HttpStatusCode.OK ? '.' : 'x';
            }

            return struck;
        }
    }

    [Fact]
    public async Task Strikes_the_same_creates_whatever_their_order()
    {
        Assert.Equal(await RefusedAsync(Enumerable.Range(1, 40)), await RefusedAsync(Enumerable.Range(1, 40).Reverse()));

        static async Task<IEnumerable<string>> RefusedAsync(IEnumerable<int> order)
        {
            await using var cloud = With("502 on POST /linode/instances chance=0.3");
            var refused = new List<string>();
            foreach (var number in order)
            {
                var answer = await cloud.PostAsync("linode/instances", TestCloud.Node($"web-{number}"));
                if (answer.Status != HttpStatusCode.OK)
                {
                    refused.Add($"web-{number}");
                }

                cloud.Pass(2);
            }

            Assert.InRange(refused.Count, 5, 20);
            return refused.Order();
        }
    }

    [Fact]
    public async Task Draws_once_for_each_Linode_whether_it_will_ever_boot()
    {
        await using var cloud = With("endless-boot chance=0.3");
        var never = new List<string>();
        for (var number = 1; number <= 20; number++)
        {
            var id = await cloud.CreateNodeAsync($"web-{number}");
            cloud.Pass(300);
            var status = await cloud.StatusOfAsync(id);
            await cloud.DeleteAsync($"linode/instances/{id}");
            cloud.Pass(60);
            var again = await cloud.CreateNodeAsync($"web-{number}");
            cloud.Pass(300);
            Assert.Equal(status, await cloud.StatusOfAsync(again));
            never.AddRange(status == "booting" ? [$"web-{number}"] : []);
        }

        Assert.InRange(never.Count, 2, 12);
    }

    private static TestCloud With(params string[] specs) => new(new EmulatorOptions { Faults = [.. specs.Select(FaultSpec.Parse)] });
}
