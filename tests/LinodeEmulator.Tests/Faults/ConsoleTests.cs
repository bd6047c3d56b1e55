using LinodeEmulator.Faults;

namespace LinodeEmulator.Tests.Faults;

/// <summary>Somebody works in the console behind the client's back.</summary>
public sealed class ConsoleTests
{
    private const double LongestWhile = 603;

    [Fact]
    public async Task Deletes_a_Linode_some_time_after_it_was_made_and_no_other()
    {
        await using var cloud = With("console=delete label=web-1");
        var (one, two) = (await cloud.CreateNodeAsync("web-1"), await cloud.CreateNodeAsync("web-2"));
        cloud.Pass(19);
        Assert.Equal("provisioning", await cloud.StatusOfAsync(one));
        cloud.Pass(LongestWhile + 60);
        Assert.Equal("404 Not found", (await cloud.GetAsync($"linode/instances/{one}")).Refusal);
        Assert.Equal("running", await cloud.StatusOfAsync(two));
        var deleted = Assert.Single((await cloud.GetAsync("account/events", """{"action":"linode_delete"}""")).Data);
        Assert.Equal("finished console-user web-1", $"{deleted["status"]} {deleted["username"]} {deleted["entity"]!["label"]}");
    }

    [Theory]
    [InlineData("shutdown", "web-1 offline red 1 1")]
    [InlineData("relabel", "web-1-renamed running red 1 1")]
    [InlineData("retag", "web-1 running  1 1")]
    [InlineData("unfirewall", "web-1 running red 0 1")]
    [InlineData("detach", "web-1 running red 1 0")]
    public async Task Does_one_thing_and_leaves_the_rest(string action, string then)
    {
        await using var cloud = With($"console={action}");
        var firewall = (await cloud.SucceedAsync(
            "POST", "networking/firewalls", """{"label":"shut","rules":{"inbound_policy":"DROP","outbound_policy":"ACCEPT"}}""")).Id;
        var id = await cloud.CreateNodeAsync("web-1", $"\"tags\":[\"red\"],\"firewall_id\":{firewall}");
        await cloud.SucceedAsync("POST", "volumes", $$"""{"label":"data","linode_id":{{id}}}""");
        cloud.Pass(10 * LongestWhile);
        var row = (await cloud.GetAsync($"linode/instances/{id}")).Json;
        var devices = (await cloud.GetAsync($"networking/firewalls/{firewall}/devices")).Data.Count;
        var volumes = (await cloud.GetAsync($"linode/instances/{id}/volumes")).Data.Count;
        Assert.Equal(then, $"{row["label"]} {row["status"]} {string.Join(' ', row["tags"]!.AsArray())} {devices} {volumes}");
    }

    [Fact]
    public async Task Waits_with_a_reboot_until_the_Linode_runs()
    {
        await using var cloud = With("console=reboot");
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(10 * LongestWhile);
        Assert.Equal("linode_boot finished, linode_reboot finished", string.Join(", ", (await cloud.EventsOfAsync(id)).TakeLast(2)));
        Assert.Equal("running", await cloud.StatusOfAsync(id));
    }

    [Fact]
    public async Task Comes_to_a_Linode_that_was_there_before_the_rule_and_never_twice_for_one_label()
    {
        await using var cloud = With();
        var id = await cloud.CreateNodeAsync("web-1");
        await cloud.PostAsync("/_emulator/faults", """{"spec":"console=delete"}""");
        cloud.Pass(LongestWhile + 60);
        Assert.Equal("404 Not found", (await cloud.GetAsync($"linode/instances/{id}")).Refusal);
        var again = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(LongestWhile + 60);
        Assert.Equal("running", await cloud.StatusOfAsync(again));
    }

    [Fact]
    public async Task Comes_at_the_same_time_to_the_same_Linodes_for_the_same_seed()
    {
        var first = await DeletedAsync(Enumerable.Range(1, 20));
        Assert.InRange(first.Count, 2, 18);
        Assert.Equal(first, await DeletedAsync(Enumerable.Range(1, 20).Reverse()));

        static async Task<IReadOnlyList<string>> DeletedAsync(IEnumerable<int> order)
        {
            await using var cloud = With("console=delete chance=0.5");
            foreach (var number in order)
            {
                await cloud.CreateNodeAsync($"web-{number}");
            }

            cloud.Pass(LongestWhile + 60);
            return [.. (await cloud.GetAsync("account/events", """{"action":"linode_delete"}""")).Data
                .Select(told => $"{told["entity"]!["label"]} {told["created"]}").Order()];
        }
    }

    private static TestCloud With(params string[] specs) => new(new EmulatorOptions { Faults = [.. specs.Select(FaultSpec.Parse)] });
}
