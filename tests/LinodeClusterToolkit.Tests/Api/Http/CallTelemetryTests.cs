using System.Diagnostics;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Tests.Api.V4;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.Http;

public sealed class CallTelemetryTests
{
    private readonly ManualTime time = new();

    [Fact]
    public async Task A_call_is_told_with_its_limit_and_its_status_each_try_by_itself()
    {
        using var ear = new Ear();
        using var client = new LinodeV4Client(Clouds.On(new FakeApi((_, number) => number == 1 ? FakeApi.Error(429, "Too many requests") : Fine()), time));

        await time.DriveAsync(client.SendAsync(new CreateInstance(new("us-east", "g6-nanode-1", "web-1"))));

        Assert.Equal(
            ["lct.api.calls 1 create_linode 429", "lct.api.calls 1 create_linode 2xx"], ear.Metrics.Where(line => line.StartsWith("lct.api.calls")));
        Assert.Equal(["api POST", "api POST"], ear.Activities.Select(one => one.OperationName));
        Assert.Equal((ActivityStatusCode.Error, 429), (ear.Activities[0].Status, ear.Activities[0].GetTagItem("http.response.status_code")));
        Assert.Equal("linode/instances", ear.Activities[1].GetTagItem("url.path")?.ToString()?.Split("v4/")[^1]);
        Assert.DoesNotContain(ear.Activities.SelectMany(one => one.TagObjects), tag => $"{tag.Value}".Contains("t0ken"));
    }

    [Fact]
    public async Task A_call_that_gets_no_answer_has_none_for_its_status()
    {
        using var ear = new Ear();
        using var client = new LinodeV4Client(Clouds.On(new FakeApi((_, number) => number == 1 ? throw new HttpRequestException(HttpRequestError.ConnectionError, "refused") : Fine()), time));

        await time.DriveAsync(client.SendAsync(new CreateInstance(new("us-east", "g6-nanode-1", "web-1"))));

        Assert.Contains("lct.api.calls 1 create_linode none", ear.Metrics);
    }

    [Fact]
    public async Task Only_what_was_held_back_for_a_limit_is_told_to_have_waited()
    {
        using var ear = new Ear();
        using var client = new LinodeV4Client(Clouds.On(new FakeApi((_, _) => Fine()), time));

        await time.DriveAsync(Task.WhenAll(Enumerable.Range(1, 21).Select(i => client.SendAsync(new CreateInstance(new("us-east", "g6-nanode-1", $"web-{i}"))))));

        Assert.Equal(["lct.api.wait 15 create_linode"], ear.Metrics.Where(line => line.StartsWith("lct.api.wait")));
    }

    private static HttpResponseMessage Fine() => FakeApi.Json(Clouds.Node);
}
