using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Api.V4;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.Http;

public sealed class HttpLogTests
{
    private readonly ManualTime time = new();
    private readonly List<string> lines = [];

    [Fact]
    public async Task A_line_tells_method_path_filter_status_time_and_answer()
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Page("""{"label":"a"}""")));
        await Client(api).ListAsync(new ListTags { Filter = V4Filter.None.Where("label", "a") }).AllAsync();
        Assert.Equal(
            """GET /v4/tags?page=1&page_size=500 X-Filter {"label":"a"} -> 200 0 ms {"data":[{"label":"a"}],"page":1,"pages":1,"results":0}""",
            Assert.Single(lines));
    }

    [Fact]
    public async Task Nothing_secret_is_shown_either_way()
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Json(
            """{"id":7,"label":"web-1","status":"provisioning","port":443,"nested":[{"Admin_Password":"CANARY-7"}],"access_token":"CANARY-8"}""")));
        await Client(api).SendAsync(new CreateInstance(new(
            "us-east", RootPass: new("CANARY-1"), AuthorizedKeys: ["CANARY-2"], Metadata: new(new("CANARY-3")),
            StackscriptData: new Dictionary<string, Sensitive> { ["db"] = new("CANARY-4") })));
        await Client(api).SendAsync(new CreateBalancerConfig(3, new(443, SslKey: new("CANARY-5"), SslCert: "CANARY-6")));
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.DoesNotContain("CANARY", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain("t0ken", line, StringComparison.Ordinal));
        Assert.Contains("\"root_pass\":\"***\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"stackscript_data\":\"***\"", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_is_only_measured()
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Html(404)));
        await Assert.ThrowsAnyAsync<Exception>(() => Client(api).SendAsync(new GetInstance(7)));
        Assert.Equal("GET /v4/linode/instances/7 -> 404 0 ms (33 bytes that are not JSON)", Assert.Single(lines));
    }

    [Fact]
    public async Task A_try_without_an_answer_has_its_line_too()
    {
        var api = FakeApi.Script(new HttpRequestException(HttpRequestError.SecureConnectionError, "no trust"));
        await Assert.ThrowsAnyAsync<Exception>(() => Client(api).SendAsync(new GetInstance(7)));
        Assert.Equal("GET /v4/linode/instances/7 -> failed (SecureConnectionError) 0 ms", Assert.Single(lines));
    }

    private LinodeV4Client Client(FakeApi api) => new(Clouds.On(api, time) with { HttpLog = lines.Add });
}
