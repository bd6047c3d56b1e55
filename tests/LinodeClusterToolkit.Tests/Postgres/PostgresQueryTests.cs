using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Postgres;
using LinodeClusterToolkit.Tests.Inventory.Queries;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Postgres;

public sealed class PostgresQueryTests : IAsyncDisposable
{
    private readonly PostgresDatabase database = PostgresServer.Open(PostgresServer.NewPlace());

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public Task A_query_finds_on_a_server_what_it_fits_in_memory(int seed) => NodeFilterSqlTests.AgreeAsync(
        new SqlInventoryStore(database, new("linodetool", "me")), new SqlInventoryStore(database, new("linodetool", "you")), seed);

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
