using LinodeClusterToolkit.Api;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <content>Nothing is marked here: that is tried on the emulator.</content>
internal sealed partial class FakeCloud
{
    public Task<IReadOnlyList<string>?> MarkAsync(CloudThing what, long id, string mark, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
