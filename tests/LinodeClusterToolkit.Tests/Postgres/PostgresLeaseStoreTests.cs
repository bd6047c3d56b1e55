using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Postgres;
using LinodeClusterToolkit.Tests.Leases;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Postgres;

public sealed class PostgresLeaseStoreTests : LeaseStoreTests, IAsyncDisposable
{
    private readonly PostgresDatabase database = PostgresServer.Open(PostgresServer.NewPlace());

    private protected override ILeaseStore Store => new SqlLeaseStore(database, "tests", "me");

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
