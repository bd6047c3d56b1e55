namespace LinodeEmulator.Tests.Endpoints;

public sealed class AccountTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIGx6lkSRQK3r0Y1i0k6F0cNfUzPpZbX0C3eXbQf0xyz me@here";

    [Fact]
    public async Task Keeps_public_keys_that_nodes_can_be_made_with()
    {
        await using var cloud = new TestCloud();
        const string User = "\"root_pass\":null,\"authorized_users\":[\"emulated-user\"]";
        Assert.Equal(
            "400 authorized_users[0]: User emulated-user has no SSH keys",
            (await cloud.PostAsync("linode/instances", TestCloud.Node("web-1", User))).Refusal);
        Assert.Equal(
            "400 ssh_key: SSH key is not valid",
            (await cloud.PostAsync("profile/sshkeys", """{"label":"mine","ssh_key":"-----BEGIN PRIVATE KEY-----"}""")).Refusal);
        var key = (await cloud.SucceedAsync("POST", "profile/sshkeys", $$"""{"label":"mine","ssh_key":"{{Key}}"}""")).Id;
        await cloud.CreateNodeAsync("web-1", User);
        Assert.Equal("yours", (string)(await cloud.SucceedAsync("PUT", $"profile/sshkeys/{key}", """{"label":"yours"}""")).Json["label"]!);
        await cloud.SucceedAsync("DELETE", $"profile/sshkeys/{key}");
        Assert.Equal("404 Not found", (await cloud.GetAsync($"profile/sshkeys/{key}")).Refusal);
    }

    [Fact]
    public async Task Forces_backups_when_its_setting_says_so()
    {
        await using var cloud = new TestCloud();
        await cloud.SucceedAsync("PUT", "account/settings", """{"backups_enabled":true}""");
        var node = (await cloud.SucceedAsync("POST", "linode/instances", TestCloud.Node("web-1", "\"backups_enabled\":false"))).Json;
        Assert.True((bool)node["backups"]!["enabled"]!);
    }

    [Fact]
    public async Task Lets_tags_spring_into_being_and_takes_them_off_everything()
    {
        await using var cloud = new TestCloud();
        var node = await cloud.CreateNodeAsync("web-1", """ "tags":["red"] """);
        var volume = (await cloud.SucceedAsync("POST", "volumes", """{"label":"data","region":"us-east"}""")).Id;
        await cloud.SucceedAsync("POST", "tags", $$"""{"label":"blue","linodes":[{{node}}],"volumes":[{{volume}}]}""");
        Assert.Equal(["red", "blue"], (await cloud.GetAsync("tags")).Data.Select(tag => (string)tag["label"]!));
        Assert.Equal(["linode", "volume"], (await cloud.GetAsync("tags/blue")).Data.Select(item => (string)item["type"]!));
        Assert.Equal("web-1", (string)(await cloud.GetAsync("tags/blue")).Data[0]["data"]!["label"]!);
        await cloud.SucceedAsync("DELETE", "tags/blue");
        Assert.Equal("404 Not found", (await cloud.GetAsync("tags/blue")).Refusal);
        Assert.Equal("""["red"]""", (await cloud.GetAsync($"linode/instances/{node}")).Json["tags"]!.ToJsonString());
    }

    [Fact]
    public async Task Marks_events_seen_up_to_one_and_read_one_by_one()
    {
        await using var cloud = new TestCloud();
        await cloud.CreateNodeAsync("web-1");
        var ids = (await cloud.GetAsync("account/events")).Data.Select(row => (long)row["id"]!).ToList();
        await cloud.SucceedAsync("POST", $"account/events/{ids[1]}/seen");
        await cloud.SucceedAsync("POST", $"account/events/{ids[2]}/read");
        Assert.Equal([true, true, false], (await cloud.GetAsync("account/events")).Data.Select(row => (bool)row["seen"]!));
        Assert.Equal(ids[2], (long)Assert.Single((await cloud.GetAsync("account/events", """{"read":true}""")).Data)["id"]!);
    }

    [Fact]
    public async Task Drops_events_after_90_days()
    {
        await using var cloud = new TestCloud();
        await cloud.CreateNodeAsync("web-1");
        cloud.Pass(TimeSpan.FromDays(89).TotalSeconds);
        Assert.Equal(3, (await cloud.GetAsync("account/events")).Data.Count);
        cloud.Pass(TimeSpan.FromDays(2).TotalSeconds);
        Assert.Empty((await cloud.GetAsync("account/events")).Data);
    }

    [Fact]
    public async Task Captures_an_image_that_nodes_can_be_made_from()
    {
        await using var cloud = new TestCloud();
        var node = await cloud.CreateNodeAsync("web-1", "\"booted\":false");
        cloud.Pass(100);
        var disk = (await cloud.GetAsync($"linode/instances/{node}/disks")).Data[0]["id"];
        var image = (await cloud.SucceedAsync("POST", "images", $$"""{"disk_id":{{disk}},"label":"golden","cloud_init":true}""")).Json;
        Assert.Equal("creating", (string)image["status"]!);
        var slug = (string)image["id"]!;
        Assert.StartsWith("private/", slug, StringComparison.Ordinal);
        Assert.Equal(
            "400 image: image is not valid",
            (await cloud.PostAsync("linode/instances", TestCloud.Node("web-2", $"\"image\":\"{slug}\",\"swap_size\":0"))).Refusal);
        cloud.Pass(220);
        Assert.Equal("disk_imagize finished", (await cloud.EventsOfAsync(node))[^1]);
        Assert.Equal("available", (string)(await cloud.GetAsync("images/" + Uri.EscapeDataString(slug))).Json["status"]!);
        await cloud.CreateNodeAsync("web-2", $"\"image\":\"{slug}\",\"swap_size\":0");
        Assert.Equal("403 Unauthorized", (await cloud.DeleteAsync("images/linode%2Fdebian12")).Refusal);
        await cloud.SucceedAsync("DELETE", "images/" + Uri.EscapeDataString(slug));
    }

    [Fact]
    public async Task Never_makes_a_public_StackScript_private_again()
    {
        await using var cloud = new TestCloud();
        var id = (await cloud.SucceedAsync("POST", "linode/stackscripts", """{"label":"mine","images":["any/all"],"script":"#!/bin/sh\ntrue"}""")).Id;
        await cloud.SucceedAsync("PUT", $"linode/stackscripts/{id}", """{"is_public":true,"rev_note":"second"}""");
        Assert.Equal(
            "400 is_public: A public StackScript cannot be made private",
            (await cloud.PutAsync($"linode/stackscripts/{id}", """{"is_public":false}""")).Refusal);
        Assert.Equal("403 Unauthorized", (await cloud.DeleteAsync("linode/stackscripts/1")).Refusal);
        Assert.Single((await cloud.GetAsync("linode/stackscripts", """{"mine":true}""")).Data);
    }
}
