namespace LinodeEmulator.Tests.Endpoints;

public sealed class ConfigTests
{
    [Fact]
    public async Task Has_the_recorded_defaults()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateEmptyNodeAsync("bare-1");
        var config = (await cloud.SucceedAsync("POST", $"linode/instances/{id}/configs", """{"label":"main","devices":{},"init_rd":null}""")).Json;
        Assert.Equal(
            "linode/latest-64bit /dev/sda default paravirt 0",
            $"{config["kernel"]} {config["root_device"]} {config["run_level"]} {config["virt_mode"]} {config["memory_limit"]}");
        Assert.All(config["helpers"]!.AsObject(), helper => Assert.True((bool)helper.Value!));
        Assert.Equal("sda sdb sdc sdd sde sdf sdg sdh", string.Join(' ', config["devices"]!.AsObject().Select(slot => slot.Key)));
    }

    [Fact]
    public async Task Takes_the_network_helper_from_the_account()
    {
        await using var cloud = new TestCloud();
        await cloud.SucceedAsync("PUT", "account/settings", """{"network_helper":false}""");
        var id = await cloud.CreateEmptyNodeAsync("bare-1");
        var config = (await cloud.SucceedAsync("POST", $"linode/instances/{id}/configs", """{"label":"main","devices":{}}""")).Json;
        Assert.False((bool)config["helpers"]!["network"]!);
    }

    [Fact]
    public async Task Changes_only_what_is_sent()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        var before = (await cloud.GetAsync($"linode/instances/{id}/configs")).Data[0];
        var after = (await cloud.SucceedAsync("PUT", $"linode/instances/{id}/configs/{before["id"]}", """{"kernel":"linode/direct-disk"}""")).Json;
        Assert.Equal("linode/direct-disk", (string)after["kernel"]!);
        after["kernel"] = (string)before["kernel"]!;
        Assert.Equal(before.ToJsonString(), after.ToJsonString());
    }

    [Fact]
    public async Task Attaches_the_volume_that_is_put_into_a_slot()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateEmptyNodeAsync("bare-1");
        var volume = (await cloud.SucceedAsync("POST", "volumes", """{"label":"data","region":"us-east"}""")).Id;
        await cloud.SucceedAsync("POST", $"linode/instances/{id}/configs", $$$$"""{"label":"main","devices":{"sdc":{"volume_id":{{{{volume}}}}}}}""");
        Assert.Equal("data", (string)Assert.Single((await cloud.GetAsync($"linode/instances/{id}/volumes")).Data)["label"]!);
    }

    [Fact]
    public async Task Has_as_many_slots_as_gigabytes_of_memory_and_shows_those_in_use()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateEmptyNodeAsync("large-1", "g6-standard-6");
        var volume = (await cloud.SucceedAsync("POST", "volumes", """{"label":"data","region":"us-east"}""")).Id;
        var config = (await cloud.SucceedAsync(
            "POST", $"linode/instances/{id}/configs", $$$$"""{"label":"main","devices":{"sdj":{"volume_id":{{{{volume}}}}}}}""")).Json;
        Assert.Equal("sdj", config["devices"]!.AsObject().Last().Key);
        Assert.Equal(
            "400 devices.sdq: sdq is not a valid field",
            (await cloud.PostAsync($"linode/instances/{id}/configs", """{"label":"more","devices":{"sdq":null}}""")).Refusal);
    }

    [Theory]
    [InlineData("""{"devices":{}}""", "400 label: label is required")]
    [InlineData("""{"label":"main"}""", "400 devices: devices is required")]
    [InlineData("""{"label":"main","devices":{"sda":{"disk_id":1}}}""", "400 devices.sda.disk_id: Disk 1 is not a disk of the Linode")]
    [InlineData(
        """{"label":"main","devices":{"sda":{"disk_id":1,"volume_id":2}}}""", "400 devices.sda: Must be an object with either disk_id or volume_id")]
    [InlineData("""{"label":"main","devices":{},"kernel":"linode/nothing"}""", "400 kernel: kernel is not valid")]
    [InlineData("""{"label":"main","devices":{},"helpers":{"magic":true}}""", "400 helpers.magic: magic is not a valid field")]
    [InlineData("""{"label":"main","devices":{},"interfaces":[{"purpose":"vlan"}]}""", "400 interfaces[0].label: label is required")]
    public async Task Refuses_profiles_that_cannot_be(string body, string refusal)
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateEmptyNodeAsync("bare-1");
        Assert.Equal(refusal, (await cloud.PostAsync($"linode/instances/{id}/configs", body)).Refusal);
    }
}
