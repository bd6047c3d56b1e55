using System.Net;

namespace LinodeEmulator.Tests.Endpoints;

public sealed class BusyTests
{
    [Theory]
    [InlineData("POST", "boot", "{}")]
    [InlineData("POST", "shutdown", "{}")]
    [InlineData("POST", "reboot", "{}")]
    [InlineData("POST", "resize", """{"type":"g6-standard-1"}""")]
    [InlineData("POST", "rebuild", """{"image":"linode/debian12","root_pass":"correct-Horse-7-battery"}""")]
    [InlineData("POST", "disks", """{"label":"data","size":100}""")]
    public async Task Refuses_work_on_the_host_while_the_node_is_being_made(string method, string action, string body)
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        Assert.Equal("400 Linode busy.", (await cloud.SendAsync(method, $"linode/instances/{id}/{action}", body)).Refusal);
    }

    [Fact]
    public async Task Lets_through_what_does_not_need_the_host()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1", "\"booted\":false");
        var disk = (await cloud.GetAsync($"linode/instances/{id}/disks")).Data[0];
        var volume = (await cloud.SucceedAsync("POST", "volumes", """{"label":"data","region":"us-east"}""")).Id;
        var firewall = (await cloud.SucceedAsync(
            "POST", "networking/firewalls", """{"label":"shut","rules":{"inbound_policy":"DROP","outbound_policy":"ACCEPT"}}""")).Id;
        await cloud.SucceedAsync("POST", $"linode/instances/{id}/configs", """{"label":"two","devices":{}}""");
        await cloud.SucceedAsync("POST", $"linode/instances/{id}/ips", """{"type":"ipv4","public":false}""");
        await cloud.SucceedAsync("POST", $"volumes/{volume}/attach", $$"""{"linode_id":{{id}}}""");
        await cloud.SucceedAsync("PUT", $"linode/instances/{id}", """{"label":"web-2","tags":["red"]}""");
        await cloud.SucceedAsync("POST", $"networking/firewalls/{firewall}/devices", $$"""{"id":{{id}},"type":"linode"}""");
        await cloud.SucceedAsync("POST", "images", $$"""{"disk_id":{{disk["id"]}}}""");
        await cloud.SucceedAsync("DELETE", $"linode/instances/{id}");
    }

    [Fact]
    public async Task Stays_busy_between_the_create_and_the_boot_that_follows()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Limits = LinodeEmulator.Limits.RateLimits.None });
        var id = await cloud.CreateNodeAsync("web-1");
        for (var tenth = 0; (await cloud.EventsOfAsync(id))[1] != "linode_create finished"; tenth++)
        {
            Assert.True(tenth < 700);
            cloud.Pass(0.1);
        }

        Assert.Equal("linode_boot scheduled", (await cloud.EventsOfAsync(id))[2]);
        Assert.Equal("400 Linode busy.", (await cloud.PostAsync($"linode/instances/{id}/shutdown")).Refusal);
    }

    [Fact]
    public async Task Can_be_busy_though_it_is_seen_running()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        for (var tenth = 0; await cloud.StatusOfAsync(id) != "running"; tenth++)
        {
            Assert.True(tenth < 2000);
            cloud.Pass(0.1);
        }

        Assert.Equal("400 Linode busy.", (await cloud.PostAsync($"linode/instances/{id}/shutdown")).Refusal);
        Assert.Equal("linode_boot started", (await cloud.EventsOfAsync(id))[^1]);
        cloud.Pass(8);
        Assert.Equal("linode_boot finished", (await cloud.EventsOfAsync(id))[^1]);
        Assert.Equal(HttpStatusCode.OK, (await cloud.PostAsync($"linode/instances/{id}/shutdown")).Status);
    }

    [Fact]
    public async Task Is_free_when_no_event_of_it_is_scheduled_or_started()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateEmptyNodeAsync("bare-1");
        await cloud.SucceedAsync("POST", $"linode/instances/{id}/disks", """{"label":"data","size":100}""");
        Assert.Equal("400 Linode busy.", (await cloud.PostAsync($"linode/instances/{id}/disks", """{"label":"more","size":100}""")).Refusal);
        for (var second = 0; (await cloud.EventsOfAsync(id)).Any(IsOpen); second++)
        {
            Assert.True(second < 30);
            cloud.Pass(1);
        }

        await cloud.SucceedAsync("POST", $"linode/instances/{id}/disks", """{"label":"more","size":100}""");

        static bool IsOpen(string told) => told.EndsWith("scheduled", StringComparison.Ordinal) || told.EndsWith("started", StringComparison.Ordinal);
    }
}
