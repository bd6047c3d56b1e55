namespace LinodeEmulator.Tests.Endpoints;

public sealed class VolumeTests
{
    [Fact]
    public async Task Becomes_active_within_15_seconds()
    {
        await using var cloud = new TestCloud();
        var volume = (await cloud.SucceedAsync("POST", "volumes", """{"label":"data","region":"us-east"}""")).Json;
        Assert.Equal("creating 20 /dev/disk/by-id/scsi-0Linode_Volume_data", $"{volume["status"]} {volume["size"]} {volume["filesystem_path"]}");
        cloud.Pass(17);
        Assert.Equal("active", (string)(await cloud.GetAsync($"volumes/{volume["id"]}")).Json["status"]!);
    }

    [Fact]
    public async Task Can_be_attached_while_both_are_being_made_and_is_of_use_later()
    {
        await using var cloud = new TestCloud();
        var node = await cloud.CreateNodeAsync("web-1");
        var id = (await cloud.SucceedAsync("POST", "volumes", """{"label":"data","region":"us-east"}""")).Id;
        var attached = (await cloud.SucceedAsync("POST", $"volumes/{id}/attach", $$"""{"linode_id":{{node}}}""")).Json;
        Assert.Equal($"{node} web-1 false", $"{attached["linode_id"]} {attached["linode_label"]} {attached["io_ready"]}");
        cloud.Pass(40);
        Assert.True((bool)(await cloud.GetAsync($"volumes/{id}")).Json["io_ready"]!);
        Assert.Equal(id, (long)(await cloud.GetAsync($"linode/instances/{node}/configs")).Data[0]["devices"]!["sdc"]!["volume_id"]!);
    }

    [Fact]
    public async Task Is_still_shown_as_attached_until_the_detaching_has_ended()
    {
        await using var cloud = new TestCloud();
        var node = await cloud.CreateNodeAsync("web-1");
        var id = (await cloud.SucceedAsync("POST", "volumes", $$"""{"label":"data","linode_id":{{node}}}""")).Id;
        cloud.Pass(60);
        Assert.Equal("{}", (await cloud.SucceedAsync("POST", $"volumes/{id}/detach")).Text);
        Assert.Equal(node, (long)(await cloud.GetAsync($"volumes/{id}")).Json["linode_id"]!);
        cloud.Pass(20);
        Assert.Null((await cloud.GetAsync($"volumes/{id}")).Json["linode_id"]);
        Assert.Null((await cloud.GetAsync($"linode/instances/{node}/configs")).Data[0]["devices"]!["sdc"]);
        Assert.Equal("400 The volume is not attached to a Linode", (await cloud.PostAsync($"volumes/{id}/detach")).Refusal);
    }

    [Fact]
    public async Task Grows_only_and_is_busy_meanwhile()
    {
        await using var cloud = new TestCloud();
        var id = (await cloud.SucceedAsync("POST", "volumes", """{"label":"data","region":"us-east","size":50}""")).Id;
        const string Busy = "400 This volume is busy; please try again when the volume is active.";
        Assert.Equal(Busy, (await cloud.PostAsync($"volumes/{id}/resize", """{"size":60}""")).Refusal);
        cloud.Pass(20);
        Assert.Equal("400 size: Must be 51-16384", (await cloud.PostAsync($"volumes/{id}/resize", """{"size":40}""")).Refusal);
        var resized = (await cloud.SucceedAsync("POST", $"volumes/{id}/resize", """{"size":60}""")).Json;
        Assert.Equal("resizing 60", $"{resized["status"]} {resized["size"]}");
        Assert.Equal(Busy, (await cloud.DeleteAsync($"volumes/{id}")).Refusal);
        cloud.Pass(20);
        Assert.Equal("{}", (await cloud.SucceedAsync("DELETE", $"volumes/{id}")).Text);
    }

    [Fact]
    public async Task Is_copied_when_it_is_active_to_one_without_tags()
    {
        await using var cloud = new TestCloud();
        var id = (await cloud.SucceedAsync("POST", "volumes", """{"label":"data","region":"us-east","size":50,"tags":["blue"]}""")).Id;
        Assert.Equal(
            "400 This volume is busy; please try again when the volume is active.",
            (await cloud.PostAsync($"volumes/{id}/clone", """{"label":"copy"}""")).Refusal);
        cloud.Pass(20);
        var copy = (await cloud.SucceedAsync("POST", $"volumes/{id}/clone", """{"label":"copy"}""")).Json;
        Assert.Equal("copy creating 50 us-east []", $"{copy["label"]} {copy["status"]} {copy["size"]} {copy["region"]} {copy["tags"]!.ToJsonString()}");
        cloud.Pass(20);
        Assert.Equal("active", (string)(await cloud.GetAsync($"volumes/{copy["id"]}")).Json["status"]!);
        var told = (await cloud.GetAsync("account/events", $$"""{"action":"volume_clone"}""")).Data[0];
        Assert.Equal(("finished", id, "copy"), ((string)told["status"]!, (long)told["entity"]!["id"]!, (string)told["secondary_entity"]!["label"]!));
        Assert.Equal("400 label: Label must be unique among your volumes", (await cloud.PostAsync($"volumes/{id}/clone", """{"label":"copy"}""")).Refusal);
    }

    [Theory]
    [InlineData("""{"region":"us-east"}""", "400 label: label is required")]
    [InlineData("""{"label":"data"}""", "400 region: Must provide a region or a Linode ID")]
    [InlineData("""{"label":"1data","region":"us-east"}""", "400 label: Label must begin with a letter")]
    [InlineData("""{"label":"data","region":"us-east","size":9}""", "400 size: Must be 10-16384")]
    [InlineData("""{"label":"data","region":"nz-akl-1"}""", "400 region: Block Storage is not available in this region")]
    [InlineData("""{"label":"taken","region":"us-east"}""", "400 label: Label must be unique among your volumes")]
    [InlineData("""{"label":"data","linode_id":5}""", "400 linode_id: linode_id is not valid; 400 region: Must provide a region or a Linode ID")]
    public async Task Refuses_volumes_that_cannot_be(string body, string refusal)
    {
        await using var cloud = new TestCloud();
        await cloud.SucceedAsync("POST", "volumes", """{"label":"taken","region":"us-east"}""");
        Assert.Equal(refusal, (await cloud.PostAsync("volumes", body)).Refusal);
    }

    [Fact]
    public async Task Stays_in_its_region()
    {
        await using var cloud = new TestCloud();
        var node = await cloud.CreateNodeAsync("web-1");
        var id = (await cloud.SucceedAsync("POST", "volumes", """{"label":"data","region":"eu-west"}""")).Id;
        Assert.Equal(
            $"400 Volume {id} is not in the same region as Linode {node}",
            (await cloud.PostAsync($"volumes/{id}/attach", $$"""{"linode_id":{{node}}}""")).Refusal);
    }
}
