using System.Net;
using System.Text.Json.Nodes;

namespace LinodeEmulator.Tests.Endpoints;

public sealed class CreateInstanceTests
{
    [Fact]
    public async Task Shows_id_and_addresses_at_once()
    {
        await using var cloud = new TestCloud();
        var node = (await cloud.SucceedAsync("POST", "linode/instances", TestCloud.Node("web-1", "\"private_ip\":true"))).Json;
        Assert.Equal("provisioning", (string)node["status"]!);
        Assert.StartsWith("198.18.", (string)node["ipv4"]![0]!, StringComparison.Ordinal);
        Assert.StartsWith("192.168.1", (string)node["ipv4"]![1]!, StringComparison.Ordinal);
        Assert.EndsWith("/128", (string)node["ipv6"]!, StringComparison.Ordinal);
        Assert.Equal(90, (int)node["alerts"]!["cpu"]!);
    }

    [Fact]
    public async Task Gives_no_two_nodes_the_same_address()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Limits = LinodeEmulator.Limits.RateLimits.None });
        var addresses = new List<string>();
        for (var index = 0; index < 300; index++)
        {
            var node = (await cloud.SucceedAsync("POST", "linode/instances", TestCloud.Node($"web-{index}", "\"private_ip\":true"))).Json;
            addresses.AddRange(node["ipv4"]!.AsArray().Select(address => (string)address!));
            addresses.Add((string)node["ipv6"]!);
        }

        Assert.Equal(900, addresses.Distinct().Count());
        Assert.DoesNotContain(
            addresses, address => address.EndsWith(".0", StringComparison.Ordinal) || address.EndsWith(".255", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lays_out_a_disk_swap_and_a_profile_that_boots_them()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        var disks = (await cloud.GetAsync($"linode/instances/{id}/disks")).Data;
        Assert.Equal(
            ["Debian 12 Disk ext4 25088", "512 MB Swap Image swap 512"],
            disks.Select(disk => $"{disk["label"]} {disk["filesystem"]} {disk["size"]}"));
        var config = Assert.Single((await cloud.GetAsync($"linode/instances/{id}/configs")).Data);
        Assert.Equal("My Debian 12 Disk Profile", (string)config["label"]!);
        Assert.Equal("linode/grub2", (string)config["kernel"]!);
        Assert.Equal((long)disks[0]["id"]!, (long)config["devices"]!["sda"]!["disk_id"]!);
        Assert.Equal((long)disks[1]["id"]!, (long)config["devices"]!["sdb"]!["disk_id"]!);
        Assert.Null(config["devices"]!["sdh"]);
    }

    [Fact]
    public async Task Leaves_out_swap_when_told_to()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1", "\"swap_size\":0");
        Assert.Equal(25600, (int)Assert.Single((await cloud.GetAsync($"linode/instances/{id}/disks")).Data)["size"]!);
    }

    [Fact]
    public async Task Makes_neither_disk_nor_profile_without_an_image()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateEmptyNodeAsync("bare-1");
        Assert.Empty((await cloud.GetAsync($"linode/instances/{id}/disks")).Data);
        Assert.Empty((await cloud.GetAsync($"linode/instances/{id}/configs")).Data);
    }

    [Fact]
    public async Task Makes_a_label_from_the_id_when_none_is_sent()
    {
        await using var cloud = new TestCloud();
        var node = (await cloud.PostAsync("linode/instances", """{"region":"us-east","type":"g6-nanode-1"}""")).Json;
        Assert.Equal($"linode{node["id"]}", (string)node["label"]!);
    }

    [Theory]
    [InlineData("\"region\":\"atlantis\"", "400 region: region is not valid")]
    [InlineData("\"region\":null", "400 region: region is required")]
    [InlineData("\"type\":\"g9-huge\"", "400 type: type is not valid")]
    [InlineData("\"image\":\"linode/windows\"", "400 image: image is not valid")]
    [InlineData("\"root_pass\":null", "400 Must provide valid root_pass, authorized_keys, or authorized_users")]
    [InlineData("\"root_pass\":\"Sh0rt!\"", "400 root_pass: Password must be between 11 and 128 characters")]
    [InlineData("\"root_pass\":\"aaaaaaaaaaaaaaa\"", "400 root_pass: Password does not meet strength requirement")]
    [InlineData("\"authorized_keys\":[\"not a key\"]", "400 authorized_keys[0]: SSH key is not valid")]
    [InlineData("\"authorized_users\":[\"nobody\"]", "400 authorized_users[0]: User nobody does not exist")]
    [InlineData("\"firewall_id\":77", "400 firewall_id: firewall_id is not valid")]
    [InlineData("\"metadata\":{\"user_data\":\"%%%\"}", "400 metadata.user_data: Must be base64 of at most 65535 characters")]
    [InlineData("\"stackscript_id\":999", "400 stackscript_id: stackscript_id is not valid")]
    [InlineData("\"tags\":[\"ab\"]", "400 tags: Tag length must be 3-50 characters")]
    [InlineData("\"frobnicate\":1", "400 frobnicate: frobnicate is not a valid field")]
    [InlineData(
        "\"swap_size\":99999", "400 swap_size: Must be 0-25600; 400 image: The image needs 1800 MB and swap 99999 MB; g6-nanode-1 has 25600 MB")]
    [InlineData("\"placement_group\":{\"id\":1}", "501 The field placement_group is not emulated")]
    [InlineData("\"interfaces\":[{\"purpose\":\"vpc\"}]", "501 An interface of purpose vpc is not emulated")]
    public async Task Refuses_what_cannot_be(string field, string refusal)
    {
        await using var cloud = new TestCloud();
        Assert.Equal(refusal, (await cloud.PostAsync("linode/instances", TestCloud.Node("web-1", field))).Refusal);
        Assert.Empty((await cloud.GetAsync("linode/instances")).Data);
    }

    [Fact]
    public async Task Refuses_user_data_where_the_region_has_no_metadata_service()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Catalogue = CatalogueChoice.Beta2017 });
        var answer = await cloud.PostAsync(
            "linode/instances", TestCloud.Node(
                "web-1", """ "region":"us-east-1a","type":"g5-nanode-1","image":"linode/debian9","metadata":{"user_data":"aGk="} """));
        Assert.Equal("400 metadata: The Metadata service is not currently available in this datacenter.", answer.Refusal);
    }

    [Fact]
    public async Task Refuses_user_data_for_an_image_without_cloud_init()
    {
        await using var cloud = new TestCloud();
        var answer = await cloud.PostAsync(
            "linode/instances", TestCloud.Node("web-1", """ "image":"linode/slackware15.0","metadata":{"user_data":"aGk="} """));
        Assert.Equal("400 metadata: The image does not support cloud-init", answer.Refusal);
    }

    [Fact]
    public async Task Tells_several_errors_at_once()
    {
        await using var cloud = new TestCloud();
        var answer = await cloud.PostAsync("linode/instances", """{"region":"atlantis","type":"nothing"}""");
        Assert.Equal("400 region: region is not valid; 400 type: type is not valid", answer.Refusal);
    }

    [Fact]
    public async Task Shows_of_user_data_only_that_there_is_some()
    {
        await using var cloud = new TestCloud();
        var answer = await cloud.PostAsync("linode/instances", TestCloud.Node("web-1", "\"metadata\":{\"user_data\":\"c2VjcmV0\"}"));
        Assert.True((bool)answer.Json["has_user_data"]!);
        Assert.DoesNotContain("c2VjcmV0", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_second_node_of_the_same_label()
    {
        await using var cloud = new TestCloud();
        await cloud.CreateNodeAsync("web-1");
        Assert.Equal(
            "400 label: Label must be unique among your linodes", (await cloud.PostAsync("linode/instances", TestCloud.Node("web-1"))).Refusal);
    }

    [Fact]
    public async Task Frees_a_label_when_the_node_is_gone_not_before()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        await cloud.DeleteAsync($"linode/instances/{id}");
        Assert.Equal(
            "400 label: Label must be unique among your linodes", (await cloud.PostAsync("linode/instances", TestCloud.Node("web-1"))).Refusal);
        cloud.Pass(60);
        Assert.Equal(HttpStatusCode.NotFound, (await cloud.GetAsync($"linode/instances/{id}")).Status);
        Assert.NotEqual(id, await cloud.CreateNodeAsync("web-1"));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1web")]
    [InlineData("web--1")]
    [InlineData("web..1")]
    [InlineData("web__1")]
    [InlineData("web-1-")]
    [InlineData("web 1")]
    [InlineData("wéb-1")]
    public async Task Refuses_labels_that_break_the_rules(string label)
    {
        await using var cloud = new TestCloud();
        Assert.StartsWith("400 label: ", (await cloud.PostAsync("linode/instances", TestCloud.Node(label))).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web")]
    [InlineData("web-1.eu_west")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012-4")]
    public async Task Takes_labels_that_keep_the_rules(string label)
    {
        await using var cloud = new TestCloud();
        Assert.Equal(HttpStatusCode.OK, (await cloud.PostAsync("linode/instances", TestCloud.Node(label))).Status);
    }

    [Fact]
    public async Task Puts_the_node_behind_the_firewall_it_names()
    {
        await using var cloud = new TestCloud();
        var firewall = (await cloud.SucceedAsync(
            "POST", "networking/firewalls", """{"label":"shut","rules":{"inbound_policy":"DROP","outbound_policy":"ACCEPT"}}""")).Id;
        var id = await cloud.CreateNodeAsync("web-1", $"\"firewall_id\":{firewall}");
        Assert.Equal("shut", (string)Assert.Single((await cloud.GetAsync($"linode/instances/{id}/firewalls")).Data)["label"]!);
        var device = Assert.Single((await cloud.GetAsync($"networking/firewalls/{firewall}/devices")).Data);
        Assert.Equal(id, (long)device["entity"]!["id"]!);
        Assert.NotEqual(id, (long)device["id"]!);
    }

    [Fact]
    public async Task Takes_a_StackScript_with_the_data_it_needs()
    {
        await using var cloud = new TestCloud();
        const string Script = """
            {"label":"greeter","images":["any/all"],"script":"#!/bin/sh\n# <UDF name=\"who\" label=\"Whom to greet\" />\n
            """ + """
            # <UDF name=\"how\" label=\"How\" oneOf=\"hello,bye\" default=\"hello\" />\necho $HOW $WHO"}
            """;
        var script = (await cloud.SucceedAsync("POST", "linode/stackscripts", Script)).Json;
        Assert.Equal(["who", "how"], script["user_defined_fields"]!.AsArray().Select(field => (string)field!["name"]!));
        Assert.Equal(
            """{"name":"how","label":"How","example":"","default":"hello","oneOf":"hello,bye"}""", script["user_defined_fields"]![1]!.ToJsonString());
        var id = script["id"];
        Assert.Equal(
            "400 stackscript_data.who: who is required",
            (await cloud.PostAsync("linode/instances", TestCloud.Node("web-1", $"\"stackscript_id\":{id}"))).Refusal);
        var wrong = await cloud.PostAsync(
            "linode/instances", TestCloud.Node("web-1", $$""" "stackscript_id":{{id}},"stackscript_data":{"who":"you","how":"ahoy"} """));
        Assert.Equal("400 stackscript_data.how: Must be one of hello,bye", wrong.Refusal);
        await cloud.CreateNodeAsync("web-1", $$""" "stackscript_id":{{id}},"stackscript_data":{"who":"you"} """);
        Assert.Equal(1, (int)(await cloud.GetAsync($"linode/stackscripts/{id}")).Json["deployments_total"]!);
    }

    [Fact]
    public async Task Keeps_interfaces_in_the_profile_and_shows_them_active_after_the_boot()
    {
        await using var cloud = new TestCloud();
        const string Interfaces = """ "interfaces":[{"purpose":"public"},{"purpose":"vlan","label":"back","ipam_address":"10.0.0.1/24"}] """;
        var id = await cloud.CreateNodeAsync("web-1", Interfaces);
        Assert.False((bool)await Second(cloud, id)!);
        cloud.Pass(200);
        Assert.True((bool)await Second(cloud, id)!);

        static async Task<JsonNode> Second(TestCloud cloud, long id) =>
            (await cloud.GetAsync($"linode/instances/{id}/configs", """{"interfaces":"back"}""")).Data[0]["interfaces"]![1]!["active"]!;
    }
}
