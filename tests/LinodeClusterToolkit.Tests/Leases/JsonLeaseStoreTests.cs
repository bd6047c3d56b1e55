using LinodeClusterToolkit.JsonFiles;
using LinodeClusterToolkit.Leases;

namespace LinodeClusterToolkit.Tests.Leases;

public sealed class JsonLeaseStoreTests : LeaseStoreTests, IAsyncLifetime
{
    private readonly TempFolder temp = new();
    private readonly JsonFolder folder;

    public JsonLeaseStoreTests() => folder = new(temp.Path);

    private protected override ILeaseStore Store => new JsonLeaseStore(folder, "customers/tests/me/");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await folder.DisposeAsync();
        temp.Dispose();
    }
}
