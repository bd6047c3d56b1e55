using System.Net;
using LinodeEmulator.Limits;

namespace LinodeEmulator.Tests.Endpoints;

public sealed class ListTests
{
    private static readonly EmulatorOptions NoLimits = new() { Limits = RateLimits.None };

    [Fact]
    public async Task Has_one_page_when_empty()
    {
        await using var cloud = new TestCloud();
        var page = (await cloud.GetAsync("linode/instances")).Json;
        Assert.Equal("""[],1,1,0""", $"{page["data"]!.ToJsonString()},{page["page"]},{page["pages"]},{page["results"]}");
    }

    [Fact]
    public async Task Comes_in_pages_of_100_unless_told()
    {
        await using var cloud = new TestCloud();
        var first = (await cloud.GetAsync("linode/kernels")).Json;
        Assert.Equal("100 1 4 330", $"{first["data"]!.AsArray().Count} {first["page"]} {first["pages"]} {first["results"]}");
        var last = (await cloud.GetAsync("linode/kernels?page=4")).Json;
        Assert.Equal("30 4", $"{last["data"]!.AsArray().Count} {last["page"]}");
        Assert.Equal(330, (await cloud.GetAsync("linode/kernels?page_size=500")).Data.Count);
    }

    [Theory]
    [InlineData("page_size=24", "400 page_size: Must be 25-500")]
    [InlineData("page_size=501", "400 page_size: Must be 25-500")]
    [InlineData("page_size=many", "400 page_size: Must be 25-500")]
    [InlineData("page=0", "400 page: Must be a page that exists")]
    [InlineData("page=5", "400 page: Must be a page that exists")]
    public async Task Refuses_pages_that_are_none(string query, string refusal)
    {
        await using var cloud = new TestCloud();
        Assert.Equal(refusal, (await cloud.GetAsync("linode/kernels?" + query)).Refusal);
    }

    [Theory]
    [InlineData("""{"label":"web-2"}""", "web-2")]
    [InlineData("""{"tags":"red"}""", "web-1 web-3")]
    [InlineData("""{"region":"us-east","tags":"red"}""", "web-1 web-3")]
    [InlineData("""{"label":{"+contains":"EB-"}}""", "web-1 web-2 web-3")]
    [InlineData("""{"label":{"+neq":"web-2"}}""", "web-1 web-3 db-1")]
    [InlineData("""{"+or":[{"label":"web-1"},{"label":"db-1"}]}""", "web-1 db-1")]
    [InlineData("""{"+and":[{"tags":"red"},{"label":{"+contains":"3"}}]}""", "web-3")]
    [InlineData("""{"+or":[{"+and":[{"tags":"red"},{"label":{"+neq":"web-1"}}]},{"label":"db-1"}]}""", "web-3 db-1")]
    [InlineData("""{"id":{"+gt":50000002}}""", "web-3 db-1")]
    [InlineData("""{"id":{"+gte":50000002,"+lt":50000004}}""", "web-2 web-3")]
    [InlineData("""{"id":{"+lte":50000001}}""", "web-1")]
    [InlineData("""{"id":50000003}""", "web-3")]
    [InlineData("""{"group":""}""", "web-1 web-2 web-3 db-1")]
    [InlineData("""{"+order_by":"label"}""", "db-1 web-1 web-2 web-3")]
    [InlineData("""{"+order_by":"label","+order":"desc"}""", "web-3 web-2 web-1 db-1")]
    [InlineData("""{"+order_by":"id","+order":"desc"}""", "db-1 web-3 web-2 web-1")]
    [InlineData("{}", "web-1 web-2 web-3 db-1")]
    public async Task Filters_and_orders(string filter, string expected)
    {
        await using var cloud = new TestCloud(NoLimits);
        await cloud.CreateNodeAsync("web-1", """ "tags":["red","blue"] """);
        await cloud.CreateNodeAsync("web-2");
        await cloud.CreateNodeAsync("web-3", """ "tags":["red"] """);
        await cloud.CreateNodeAsync("db-1");
        Assert.Equal(expected, string.Join(' ', (await cloud.GetAsync("linode/instances", filter)).Data.Select(node => node["label"])));
    }

    [Theory]
    [InlineData("""{"status":"running"}""", "400 X-Filter: Cannot filter on status")]
    [InlineData("""{"+order_by":"status"}""", "400 X-Filter: Cannot filter on status")]
    [InlineData("""{"+or":[{"frob":1}]}""", "400 X-Filter: Cannot filter on frob")]
    [InlineData("""{"label":{"+like":"x"}}""", "400 X-Filter: Unknown operator +like")]
    [InlineData("""{"+not":[]}""", "400 X-Filter: Unknown operator +not")]
    [InlineData("""{"+or":{}}""", "400 X-Filter: Must be an array")]
    [InlineData("""{"+order":"up"}""", "400 X-Filter: Order must be asc or desc")]
    [InlineData("""[1]""", "400 X-Filter: Must be a JSON object")]
    [InlineData("""{"label":""", "400 X-Filter: Must be valid JSON")]
    public async Task Refuses_filters_that_are_none(string filter, string refusal)
    {
        await using var cloud = new TestCloud();
        Assert.Equal(refusal, (await cloud.GetAsync("linode/instances", filter)).Refusal);
    }

    [Fact]
    public async Task Refuses_to_filter_where_no_field_is_offered()
    {
        await using var cloud = new TestCloud();
        Assert.Equal("400 X-Filter: Cannot filter on label", (await cloud.GetAsync("profile/sshkeys", """{"label":"x"}""")).Refusal);
    }

    [Fact]
    public async Task Finds_what_a_poller_asks_for_in_one_request()
    {
        await using var cloud = new TestCloud(NoLimits);
        var before = await cloud.CreateNodeAsync("old-1");
        cloud.Pass(300);
        var newest = (await cloud.GetAsync("account/events", """{"+order_by":"id","+order":"desc"}""")).Data[0];
        var node = await cloud.CreateNodeAsync("web-1");
        var filter = $$"""{"id":{"+gte":{{newest["id"]}}},"entity.type":"linode","+order_by":"id"}""";
        var polled = (await cloud.GetAsync("account/events?page_size=500", filter)).Data;
        Assert.Equal($"{before} {node} {node} {node}", string.Join(' ', polled.Select(row => row["entity"]!["id"])));
        var (created, id) = ((string)newest["created"]!, (long)newest["id"]!);
        var console = $$$"""
            {"+or":[{"+and":[{"created":{"+gte":"{{{created}}}"}},{"id":{"+neq":{{{id}}}}}]},{"id":{{{id}}}}],
            """ + """ "action":{"+neq":"profile_update"},"+order_by":"id","+order":"desc"} """;

        // The three of the first node came within the same second, so a client that forgot them is told of them again.
        Assert.Equal(
            [.. Enumerable.Range(0, 6).Select(step => id + 3 - step)],
            (await cloud.GetAsync("account/events", console)).Data.Select(row => (long)row["id"]!));
        Assert.Equal(3, (await cloud.GetAsync("account/events", $$$"""{"created":{"+gt":"{{{created}}}"}}""")).Data.Count);
    }

    [Fact]
    public async Task Takes_a_filter_for_hundreds_of_events_of_thousands()
    {
        await using var cloud = new TestCloud(NoLimits);
        for (var index = 0; index < 1000; index++)
        {
            await cloud.CreateNodeAsync($"web-{index}");
        }

        cloud.Pass(300);
        var page = await cloud.GetAsync("account/events?page_size=500", """{"id":{"+gte":500002901},"action":"linode_boot"}""");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.All(page.Data, row => Assert.Equal("finished", (string)row["status"]!));
        Assert.InRange(page.Data.Count, 30, 35);
    }
}
