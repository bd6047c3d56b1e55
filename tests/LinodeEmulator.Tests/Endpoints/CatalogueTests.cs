namespace LinodeEmulator.Tests.Endpoints;

public sealed class CatalogueTests
{
    [Theory]
    [InlineData(CatalogueChoice.Both, 46, 37, 65)]
    [InlineData(CatalogueChoice.Today, 46, 37, 34)]
    [InlineData(CatalogueChoice.Beta2017, 9, 14, 22)]
    public async Task Offers_what_the_chosen_time_offers(CatalogueChoice choice, int regions, int types, int images)
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Catalogue = choice });
        Assert.Equal(regions, (await cloud.GetAsync("regions")).Data.Count);
        Assert.Equal(types, (await cloud.GetAsync("linode/types")).Data.Count);
        Assert.Equal(images, (await cloud.GetAsync("images")).Data.Count);
    }

    [Fact]
    public async Task Keeps_retired_images_bootable_and_marked()
    {
        await using var cloud = new TestCloud();
        Assert.True((bool)(await cloud.GetAsync("images/linode%2Fubuntu16.04lts")).Json["deprecated"]!);
        await cloud.CreateNodeAsync("old-1", "\"image\":\"linode/ubuntu16.04lts\"");
    }

    [Fact]
    public async Task Has_no_retired_image_in_todays_offer()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Catalogue = CatalogueChoice.Today });
        Assert.Equal("404 Not found", (await cloud.GetAsync("images/linode%2Fubuntu16.04lts")).Refusal);
    }

    [Fact]
    public async Task Sells_the_plans_of_2017_in_the_regions_of_2017()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Catalogue = CatalogueChoice.Beta2017 });
        await cloud.CreateNodeAsync("old-1", """ "region":"us-east-1a","type":"g5-standard-1","image":"linode/ubuntu16.04lts" """);
        Assert.Equal(
            "400 region: region is not valid",
            (await cloud.PostAsync("linode/instances", TestCloud.Node("new-1", """ "type":"g5-standard-1","image":"linode/debian9" """))).Refusal);
    }

    [Fact]
    public async Task Has_the_StackScripts_that_old_plans_name()
    {
        await using var cloud = new TestCloud();
        await using var anonymous = new TestCloud(token: "");
        var found = (await cloud.GetAsync("linode/stackscripts", """{"username":"linode","+or":[{"label":"LAMP"},{"label":"MySQL"}]}""")).Data;
        Assert.Equal(["LAMP", "MySQL"], found.Select(script => (string)script["label"]!));
        Assert.All(found, script => Assert.False((bool)script["mine"]!));
        foreach (var script in found)
        {
            Assert.All(script["user_defined_fields"]!.AsArray(), field => Assert.NotNull(field!["default"]));
            Assert.DoesNotContain("apt-get", (string)script["script"]!, StringComparison.Ordinal);
            var id = (long)script["id"]!;
            Assert.Equal(id, (await anonymous.SucceedAsync("GET", $"linode/stackscripts/{id}")).Id);
            Assert.Equal("403 Unauthorized", (await cloud.DeleteAsync($"linode/stackscripts/{id}")).Refusal);
            await cloud.CreateNodeAsync($"web-{id}", $"\"stackscript_id\":{id}");
        }
    }

    [Fact]
    public async Task Tells_where_a_class_of_plans_is_offered()
    {
        await using var cloud = new TestCloud();
        var answer = (await cloud.GetAsync("regions/us-west/availability")).Json.AsArray();
        Assert.True((bool)answer.Single(row => (string)row!["plan"]! == "g6-nanode-1")!["available"]!);
        Assert.False((bool)answer.Single(row => (string)row!["plan"]! == "g7-premium-2")!["available"]!);
    }
}
