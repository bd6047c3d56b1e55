using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V4;

public sealed class ListTests
{
    private readonly ManualTime time = new();

    [Fact]
    public async Task Walks_all_pages_of_500_and_trusts_pages_rather_than_results()
    {
        var api = new FakeApi((request, _) => request.PathAndQuery.Contains("page=1&", StringComparison.Ordinal)
            ? FakeApi.Page("""{"label":"a"},{"label":"b"}""", page: 1, pages: 2, results: 27)
            : FakeApi.Page("""{"label":"c"}""", page: 2, pages: 2, results: 27));
        using var client = new LinodeV4Client(Clouds.On(api, time));
        var tags = await client.ListAsync(new ListTags()).AllAsync();
        Assert.Equal(["a", "b", "c"], tags.Select(tag => tag.Label));
        Assert.Equal(["/v4/tags?page=1&page_size=500", "/v4/tags?page=2&page_size=500"], api.Seen.Select(request => request.PathAndQuery));
    }

    [Fact]
    public async Task Goes_on_where_the_list_grows_meanwhile()
    {
        var api = new FakeApi((_, number) => FakeApi.Page($$"""{"label":"tag-{{number}}"}""", page: number, pages: number == 1 ? 2 : 3));
        using var client = new LinodeV4Client(Clouds.On(api, time));
        Assert.Equal(3, (await client.ListAsync(new ListTags()).AllAsync()).Count);
    }

    [Fact]
    public async Task Ends_where_the_list_shrank_meanwhile()
    {
        var api = FakeApi.Script(
            new Func<HttpResponseMessage>(() => FakeApi.Page("""{"label":"a"}""", pages: 2)),
            new Func<HttpResponseMessage>(() => FakeApi.Error(404, "Not found")));
        using var client = new LinodeV4Client(Clouds.On(api, time));
        Assert.Single(await client.ListAsync(new ListTags()).AllAsync());
    }

    [Fact]
    public async Task An_empty_list_costs_one_request()
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Page("", pages: 1)));
        using var client = new LinodeV4Client(Clouds.On(api, time));
        Assert.Empty(await client.ListAsync(new ListTags()).AllAsync());
        Assert.Single(api.Seen);
    }

    [Fact]
    public async Task Asks_for_the_next_page_only_when_it_is_wanted()
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Page("""{"label":"a"}""", pages: 9)));
        using var client = new LinodeV4Client(Clouds.On(api, time));
        await foreach (var tag in client.ListAsync(new ListTags()))
        {
            Assert.Equal("a", tag.Label);
            break;
        }

        Assert.Single(api.Seen);
    }

    [Theory]
    [InlineData("web-1", null, """{"label":"web-1"}""")]
    [InlineData(null, "lct:1", """{"tags":"lct:1"}""")]
    [InlineData("web-1", "lct:1", """{"label":"web-1","tags":"lct:1"}""")]
    [InlineData(null, null, null)]
    public async Task Filters_on_the_server(string? label, string? tag, string? header)
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Page("")));
        var cloud = LinodeV4.Create(Clouds.On(api, time));
        await cloud.ListNodesAsync(new(label, tag), CancellationToken.None).AllAsync();
        await cloud.ListVolumesAsync(new(label, tag), CancellationToken.None).AllAsync();
        await cloud.ListBalancersAsync(new(label, tag), CancellationToken.None).AllAsync();
        await cloud.ListFirewallsAsync(new(label, tag), CancellationToken.None).AllAsync();
        Assert.Equal(4, api.Seen.Count);
        Assert.All(api.Seen, request => Assert.Equal(header, request.Filter));
    }
}
