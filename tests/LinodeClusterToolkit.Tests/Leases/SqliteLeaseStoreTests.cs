using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Sqlite;

namespace LinodeClusterToolkit.Tests.Leases;

public sealed class SqliteLeaseStoreTests : LeaseStoreTests, IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly SqliteFile file;

    public SqliteLeaseStoreTests() => file = new(folder["inventory.db"], SqliteTables.Leases);

    private protected override ILeaseStore Store => new SqlLeaseStore(file, "tests", "me");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await file.DisposeAsync();
        folder.Dispose();
    }
}
