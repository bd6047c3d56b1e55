using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <summary>The toolkit on a cloud in memory, with an inventory of its own.</summary>
internal sealed class FrontDoor : IAsyncDisposable
{
    private readonly TempFolder folder = new();

    public FrontDoor() => Toolkit = new(new LinodeToolkitOptions
    {
        DataFolder = folder["data"], CacheFolder = folder["cache"], Token = () => new Sensitive("none"), Cloud = Cloud,
        Time = new Tasks.SkippingTime(), Remote = new RecordingShell(), MakeKeys = FakeKeys.MakeAsync,
    });

    public FakeCloud Cloud { get; } = new();

    public LinodeToolkit Toolkit { get; }

    public Task<ClusterPreview> PreviewAsync(string cluster, string groups) => Toolkit.PreviewAsync(new(cluster, new PlanSource("plan.yaml", null, $$"""
        version: 1
        regions:
        - region: us-east
          nodes: {{groups}}
        """)));

    public async Task<RunSummary> CreateAsync(string cluster, string groups) =>
        await Toolkit.CreateAsync(await PreviewAsync(cluster, groups), observer: null);

    public async ValueTask DisposeAsync()
    {
        await Toolkit.DisposeAsync();
        folder.Dispose();
    }
}
