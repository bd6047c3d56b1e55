using System.Net;

namespace LinodeEmulator.Tests.Endpoints;

public sealed class SequenceTests
{
    [Fact]
    public async Task Goes_from_provisioning_over_booting_to_running()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        var seen = await cloud.WatchAsync(id, 200);
        Assert.Equal(["provisioning", "booting", "running"], seen.Select(step => step.Status));
        Assert.InRange(seen[^1].Second, 17, 160);
    }

    [Fact]
    public async Task Takes_as_long_as_the_platform_does_on_the_whole()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Limits = LinodeEmulator.Limits.RateLimits.None });
        var ids = new List<long>();
        for (var index = 0; index < 101; index++)
        {
            ids.Add(await cloud.CreateNodeAsync($"web-{index}"));
        }

        cloud.Pass(60);
        var running = (await cloud.GetAsync("linode/instances?page_size=500")).Data.Count(node => (string)node["status"]! == "running");
        Assert.InRange(running, 30, 75);
        cloud.Pass(100);
        Assert.All((await cloud.GetAsync("linode/instances?page_size=500")).Data, node => Assert.Equal("running", (string)node["status"]!));
        var durations = (await cloud.GetAsync(
            "account/events?page_size=500", """{"action":"linode_create"}""")).Data.Select(row => (double)row["duration"]!).Order().ToList();
        Assert.InRange(durations[50], 30, 44);
        Assert.InRange(durations[0], 3, 12);
        Assert.InRange(durations[^1], 55, 67);
    }

    [Fact]
    public async Task Stays_off_when_not_to_be_booted()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1", "\"booted\":false");
        Assert.Equal(["provisioning", "offline"], (await cloud.WatchAsync(id, 100)).Select(step => step.Status));
        Assert.Equal(["linode_config_create notification", "linode_create finished"], await cloud.EventsOfAsync(id));
    }

    [Fact]
    public async Task Is_provisioning_first_even_without_an_image()
    {
        await using var cloud = new TestCloud();
        var id = (await cloud.PostAsync("linode/instances", """{"region":"us-east","type":"g6-nanode-1","label":"bare-1"}""")).Id;
        var seen = await cloud.WatchAsync(id, 60);
        Assert.Equal(["provisioning", "offline"], seen.Select(step => step.Status));
        Assert.InRange(seen[1].Second, 3, 46);
    }

    [Fact]
    public async Task Has_the_boot_scheduled_with_the_create_and_runs_it_after()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        Assert.Equal(["linode_config_create notification", "linode_create scheduled", "linode_boot scheduled"], await cloud.EventsOfAsync(id));
        cloud.Pass(3.1);
        Assert.Equal(["linode_config_create notification", "linode_create started", "linode_boot scheduled"], await cloud.EventsOfAsync(id));
        cloud.Pass(300);
        Assert.Equal(["linode_config_create notification", "linode_create finished", "linode_boot finished"], await cloud.EventsOfAsync(id));
    }

    [Fact]
    public async Task Shuts_down_boots_and_reboots()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(200);
        Assert.Equal("{}", (await cloud.PostAsync($"linode/instances/{id}/shutdown")).Text);
        Assert.Equal(["running", "shutting_down", "offline"], (await cloud.WatchAsync(id, 60)).Select(step => step.Status));
        Assert.Equal("{}", (await cloud.PostAsync($"linode/instances/{id}/boot")).Text);
        Assert.Equal(["offline", "booting", "running"], (await cloud.WatchAsync(id, 120)).Select(step => step.Status));
        Assert.Equal("{}", (await cloud.PostAsync($"linode/instances/{id}/reboot")).Text);
        Assert.Equal(["running", "rebooting", "running"], (await cloud.WatchAsync(id, 120)).Select(step => step.Status));
    }

    [Fact]
    public async Task Wipes_disks_and_profiles_on_rebuild_and_keeps_the_addresses()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(200);
        var before = await cloud.GetAsync($"linode/instances/{id}");
        var disks = (await cloud.GetAsync($"linode/instances/{id}/disks")).Data.Select(disk => (long)disk["id"]!).ToList();
        var rebuilt = await cloud.SucceedAsync(
            "POST", $"linode/instances/{id}/rebuild", $$"""{"image":"linode/ubuntu24.04","root_pass":"{{TestCloud.Password}}"}""");
        Assert.Equal("rebuilding", (string)rebuilt.Json["status"]!);
        Assert.Equal(["rebuilding", "booting", "running"], (await cloud.WatchAsync(id, 240)).Select(step => step.Status));
        var after = (await cloud.GetAsync($"linode/instances/{id}")).Json;
        Assert.Equal("linode/ubuntu24.04", (string)after["image"]!);
        Assert.Equal(before.Json["ipv4"]!.ToJsonString(), after["ipv4"]!.ToJsonString());
        Assert.Empty((await cloud.GetAsync($"linode/instances/{id}/disks")).Data.Select(disk => (long)disk["id"]!).Intersect(disks));
    }

    [Fact]
    public async Task Grows_the_only_disk_along_with_the_plan()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1", "\"booted\":false");
        cloud.Pass(100);
        Assert.Equal("{}", (await cloud.SucceedAsync("POST", $"linode/instances/{id}/resize", """{"type":"g6-standard-1"}""")).Text);
        Assert.Equal(["offline", "resizing", "offline"], (await cloud.WatchAsync(id, 620)).Select(step => step.Status));
        Assert.Equal("g6-standard-1", (string)(await cloud.GetAsync($"linode/instances/{id}")).Json["type"]!);
        Assert.Equal(51200, (await cloud.GetAsync($"linode/instances/{id}/disks")).Data.Sum(disk => (int)disk["size"]!));
        Assert.StartsWith(
            "400 type: ", (await cloud.PostAsync($"linode/instances/{id}/resize", """{"type":"g6-nanode-1"}""")).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frees_and_detaches_everything_when_deleted()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1", "\"private_ip\":true");
        cloud.Pass(200);
        var address = (string)(await cloud.GetAsync($"linode/instances/{id}")).Json["ipv4"]![0]!;
        var volume = (await cloud.SucceedAsync("POST", "volumes", $$"""{"label":"data","linode_id":{{id}}}""")).Id;
        Assert.Equal("{}", (await cloud.DeleteAsync($"linode/instances/{id}")).Text);
        Assert.Equal("deleting", await cloud.StatusOfAsync(id));
        Assert.Equal(id, (long)(await cloud.GetAsync($"volumes/{volume}")).Json["linode_id"]!);
        cloud.Pass(60);
        Assert.Equal("404 Not found", (await cloud.GetAsync($"linode/instances/{id}")).Refusal);
        Assert.Null((await cloud.GetAsync($"volumes/{volume}")).Json["linode_id"]);
        Assert.Equal(HttpStatusCode.NotFound, (await cloud.GetAsync($"networking/ips/{address}")).Status);
        Assert.Contains("linode_delete finished", await cloud.EventsOfAsync(id));
    }

    [Fact]
    public async Task Can_be_deleted_while_it_is_being_made()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(5);
        Assert.Equal(HttpStatusCode.OK, (await cloud.DeleteAsync($"linode/instances/{id}")).Status);
        cloud.Pass(60);
        Assert.Equal(
            ["linode_config_create notification", "linode_create failed", "linode_boot failed", "linode_delete finished"],
            await cloud.EventsOfAsync(id));
    }

    [Fact]
    public async Task Needs_to_be_told_which_profile_to_boot_when_there_are_several()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateEmptyNodeAsync("bare-1");
        Assert.Equal("400 The Linode has no configuration profile to boot", (await cloud.PostAsync($"linode/instances/{id}/boot")).Refusal);
        var first = (await cloud.SucceedAsync("POST", $"linode/instances/{id}/configs", """{"label":"one","devices":{}}""")).Id;
        await cloud.SucceedAsync("POST", $"linode/instances/{id}/configs", """{"label":"two","devices":{}}""");
        Assert.StartsWith("400 config_id: ", (await cloud.PostAsync($"linode/instances/{id}/boot")).Refusal, StringComparison.Ordinal);
        await cloud.SucceedAsync("POST", $"linode/instances/{id}/boot", $$"""{"config_id":{{first}}}""");
        cloud.Pass(120);
        Assert.Equal("running", await cloud.StatusOfAsync(id));
    }

    [Fact]
    public async Task Draws_a_nodes_delays_from_its_label_not_from_the_order_of_requests()
    {
        Assert.Equal(await RunningAfter("a-1", "b-1"), await RunningAfter("b-1", "a-1"));

        static async Task<string> RunningAfter(params string[] labels)
        {
            await using var cloud = new TestCloud();
            foreach (var label in labels)
            {
                await cloud.CreateNodeAsync(label);
            }

            var seconds = new SortedDictionary<string, int>(StringComparer.Ordinal);
            for (var second = 0; seconds.Count < labels.Length; second++, cloud.Pass(1))
            {
                foreach (var node in (await cloud.GetAsync("linode/instances")).Data.Where(node => (string)node["status"]! == "running"))
                {
                    seconds.TryAdd((string)node["label"]!, second);
                }
            }

            return string.Join(' ', seconds);
        }
    }

    [Fact]
    public async Task Draws_other_delays_from_another_seed()
    {
        var first = await DurationsAsync(seed: 1);
        Assert.Equal(first, await DurationsAsync(seed: 1));
        Assert.NotEqual(first, await DurationsAsync(seed: 2));

        static async Task<string> DurationsAsync(long seed)
        {
            await using var cloud = new TestCloud(new EmulatorOptions { Seed = seed });
            foreach (var label in new[] { "web-1", "web-2", "web-3" })
            {
                await cloud.CreateNodeAsync(label);
            }

            cloud.Pass(200);
            return string.Join(' ', (await cloud.GetAsync("account/events", """{"action":"linode_create"}""")).Data.Select(row => row["duration"]));
        }
    }

    [Fact]
    public async Task Is_done_by_the_next_request_without_latency()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Latency = LatencyProfile.None });
        var id = await cloud.CreateNodeAsync("web-1");
        Assert.Equal("running", await cloud.StatusOfAsync(id));
    }
}
