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

    public FrontDoor() => Toolkit = Open(new RecordingShell());

    public FakeCloud Cloud { get; } = new();

    public string DataFolder => folder["data"];

    public LinodeToolkit Toolkit { get; }

    public Task<ClusterPreview> PreviewAsync(string cluster, string groups) => Toolkit.PreviewAsync(new(cluster, new PlanSource("plan.yaml", null, $$"""
        version: 1
        regions:
        - region: us-east
          nodes: {{groups}}
        """)));

    public async Task<RunSummary> CreateAsync(string cluster, string groups) =>
        await Toolkit.CreateAsync(await PreviewAsync(cluster, groups), observer: null);

    /// <summary>A toolkit on the same cloud and inventory, with a shell of its own.</summary>
    public LinodeToolkit Open(IRemoteShell shell) => new(new LinodeToolkitOptions
    {
        DataFolder = DataFolder, CacheFolder = folder["cache"], Token = () => new Sensitive("none"), Cloud = Cloud,
        Time = new Tasks.SkippingTime(), Remote = shell, MakeKeys = FakeKeys.MakeAsync,
    });

    public async ValueTask DisposeAsync()
    {
        await Toolkit.DisposeAsync();
        folder.Dispose();
    }
}
