using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;
using LinodeEmulator;
using Microsoft.Extensions.DependencyInjection;

namespace LinodeClusterToolkit.Tests;

[Collection(VirtualTimeCollection.Name)]
public sealed class ServiceCollectionExtensionsTests
{
    [Fact]
    public async Task A_container_gives_a_toolkit_that_makes_a_cluster_through_the_client_factory()
    {
        using var folder = new TempFolder();
        var time = new VirtualTime();
        await using var emulator = Emulator.Build(new EmulatorOptions { Clock = time });
        var services = new ServiceCollection();
        services.AddLinodeClusterToolkit(_ => new LinodeToolkitOptions
        {
            Remote = new RecordingShell(),
            DataFolder = folder["data"],
            CacheFolder = folder["cache"],
            ApiUrl = new("http://127.0.0.1/"),
            Token = () => new Sensitive("a-token-for-tests"),
            Handler = emulator.CreateHandler(),
            Time = time,
        });
        var seen = new Counting();
        services.AddHttpClient(CloudServiceCollectionExtensions.HttpClientName).AddHttpMessageHandler(() => seen);
        await using var provider = services.BuildServiceProvider();
        var toolkit = provider.GetRequiredService<LinodeToolkit>();

        var summary = await time.RunAsync(async () => await toolkit.CreateAsync(
            await toolkit.PreviewAsync(new("one", new PlanSource("plan.yaml", null, "{ version: 1, regions: [{ region: us-east, nodes: [{ name: web, type: g6-nanode-1 }] }] }"))),
            observer: null));

        Assert.Equal(("done", 1), (summary.Outcome, summary.NodesDone));
        Assert.InRange(seen.Calls, summary.Calls, int.MaxValue);
        Assert.True(summary.Calls > 0);
        Assert.Same(toolkit, provider.GetRequiredService<LinodeToolkit>());
        Assert.Equal("Linode API v4 at http://127.0.0.1", provider.GetRequiredService<ILinodeCloud>().Description);
    }

    private sealed class Counting : DelegatingHandler
    {
        private int calls;

        public int Calls => calls;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref calls);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
