namespace LinodeEmulator.Tests.Endpoints;

public sealed class DiskTests
{
    [Fact]
    public async Task Is_not_ready_until_its_job_ends()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateEmptyNodeAsync("bare-1");
        var disk = (await cloud.SucceedAsync("POST", $"linode/instances/{id}/disks", """{"label":"data","size":100,"filesystem":"raw"}""")).Json;
        Assert.Equal("not ready raw 100", $"{disk["status"]} {disk["filesystem"]} {disk["size"]}");
        cloud.Pass(30);
        Assert.Equal("ready", (string)(await cloud.GetAsync($"linode/instances/{id}/disks/{disk["id"]}")).Json["status"]!);
        var told = (await cloud.GetAsync("account/events", """{"action":"disk_create"}""")).Data[0];
        Assert.Equal(
            $"linode {id} disk {disk["id"]}",
            $"{told["entity"]!["type"]} {told["entity"]!["id"]} {told["secondary_entity"]!["type"]} {told["secondary_entity"]!["id"]}");
    }

    [Theory]
    [InlineData("""{"label":"data"}""", "400 size: size is required")]
    [InlineData("""{"size":100}""", "400 label: label is required")]
    [InlineData("""{"label":"data","size":30000}""", "400 size: The Linode has 25600 MB left for disks")]
    [InlineData("""{"label":"data","size":100,"filesystem":"ntfs"}""", "400 filesystem: Must be one of raw, swap, ext3, ext4, initrd")]
    [InlineData("""{"size":5000,"image":"linode/debian12"}""", "400 Must provide valid root_pass, authorized_keys, or authorized_users")]
    [InlineData("""{"size":500,"image":"linode/debian12","root_pass":"correct-Horse-7-battery"}""", "400 size: The image needs 1800 MB")]
    [InlineData("""{"label":"data","size":33,"filesystem":"initrd"}""", "400 size: An initrd disk has at most 32 MB")]
    public async Task Refuses_disks_that_cannot_be(string body, string refusal)
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateEmptyNodeAsync("bare-1");
        Assert.Equal(refusal, (await cloud.PostAsync($"linode/instances/{id}/disks", body)).Refusal);
    }

    [Fact]
    public async Task Makes_a_node_from_disks_and_a_profile_one_by_one()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateEmptyNodeAsync("bare-1");
        var boot = (await cloud.SucceedAsync(
            "POST",
            $"linode/instances/{id}/disks",
            $$"""{"label":"boot","size":20480,"image":"linode/debian12","root_pass":"{{TestCloud.Password}}"}""")).Id;
        cloud.Pass(20);
        var swap = (await cloud.SucceedAsync("POST", $"linode/instances/{id}/disks", """{"label":"swap","size":5120,"filesystem":"swap"}""")).Id;
        cloud.Pass(20);
        var config = await cloud.SucceedAsync(
            "POST", $"linode/instances/{id}/configs",
            $$$$"""{"label":"main","devices":{"sda":{"disk_id":{{{{boot}}}}},"sdb":{"disk_id":{{{{swap}}}}}}}""");
        await cloud.SucceedAsync("POST", $"linode/instances/{id}/boot", $$"""{"config_id":{{config.Id}}}""");
        cloud.Pass(120);
        Assert.Equal("running", await cloud.StatusOfAsync(id));
    }

    [Fact]
    public async Task Takes_the_resize_of_a_disk_in_use_and_fails_it_later()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(200);
        var disk = (await cloud.GetAsync($"linode/instances/{id}/disks")).Data[0]["id"];
        Assert.Equal("{}", (await cloud.SucceedAsync("POST", $"linode/instances/{id}/disks/{disk}/resize", """{"size":10000}""")).Text);
        cloud.Pass(100);
        Assert.Equal("disk_resize failed", (await cloud.EventsOfAsync(id))[^1]);
        Assert.Equal(25088, (int)(await cloud.GetAsync($"linode/instances/{id}/disks/{disk}")).Json["size"]!);
        await cloud.SucceedAsync("POST", $"linode/instances/{id}/shutdown");
        cloud.Pass(60);
        await cloud.SucceedAsync("POST", $"linode/instances/{id}/disks/{disk}/resize", """{"size":10000}""");
        cloud.Pass(100);
        Assert.Equal(10000, (int)(await cloud.GetAsync($"linode/instances/{id}/disks/{disk}")).Json["size"]!);
    }

    [Fact]
    public async Task Is_gone_when_its_deletion_has_ended()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1", "\"booted\":false");
        cloud.Pass(100);
        var disk = (await cloud.GetAsync($"linode/instances/{id}/disks")).Data[1]["id"];
        await cloud.SucceedAsync("DELETE", $"linode/instances/{id}/disks/{disk}");
        Assert.Equal("deleting", (string)(await cloud.GetAsync($"linode/instances/{id}/disks/{disk}")).Json["status"]!);
        cloud.Pass(20);
        Assert.Equal("404 Not found", (await cloud.GetAsync($"linode/instances/{id}/disks/{disk}")).Refusal);
    }

    [Fact]
    public async Task Changes_its_label_alone()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        var disk = (await cloud.GetAsync($"linode/instances/{id}/disks")).Data[0]["id"];
        Assert.Equal("root", (string)(await cloud.SucceedAsync("PUT", $"linode/instances/{id}/disks/{disk}", """{"label":"root"}""")).Json["label"]!);
    }
}
