using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Tests.Api.V4;
using LinodeClusterToolkit.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LinodeClusterToolkit.Tests.Api;

public sealed class CloudServiceCollectionExtensionsTests
{
    [Fact]
    public async Task A_container_gives_one_cloud_whose_requests_go_through_the_named_client()
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Json(Clouds.Node)));
        var handled = new Tagging();
        var services = new ServiceCollection();
        services.AddLinodeCloud(_ => Clouds.On(api, new ManualTime()));
        services.AddHttpClient(CloudServiceCollectionExtensions.HttpClientName).AddHttpMessageHandler(() => handled);
        await using var provider = services.BuildServiceProvider();
        var cloud = provider.GetRequiredService<ILinodeCloud>();
        Assert.Equal("web-1", (await cloud.FindNodeAsync(7, CancellationToken.None))!.Label);
        Assert.Equal("Linode API v4 at https://api.example", cloud.Description);
        Assert.Same(cloud, provider.GetRequiredService<ILinodeCloud>());
        Assert.Equal((1, 1), (handled.Calls, provider.GetRequiredService<LinodeV4Client>().Counters.Calls));
    }

    private sealed class Tagging : DelegatingHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
