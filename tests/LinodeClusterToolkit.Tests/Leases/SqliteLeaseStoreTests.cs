using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Sqlite;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Tests.Leases;

public sealed class SqliteLeaseStoreTests : LeaseStoreTests, IAsyncLifetime
{
    private static readonly LeaseHolder Somebody = new("desk", "boot", 1, "then");
    private readonly TempFolder folder = new();
    private readonly SqliteFile file;

    public SqliteLeaseStoreTests() => file = new(
        folder["inventory.db"], SqliteTables.Inventory, SqliteTables.Journal, SqliteTables.Leases);

    private protected override ILeaseStore Store => new SqlLeaseStore(file, "tests", "me");

    [Fact]
    public async Task Whoever_lost_it_writes_neither_records_nor_journal()
    {
        var then = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var first = new Lease("web", 1, Somebody, "create", then, then);
        await Store.TrySetAsync(first, default);
        var inventory = new SqlInventoryStore(file, new("tests", "me"));
        var journal = new SqlTaskJournal(file, "tests", "me");
        var cluster = new ClusterRecord(Guid.NewGuid(), "web", ClusterState.Creating, "", "", "", then);
        Assert.True(await inventory.Under(first).TryAddClusterAsync(cluster, default));
        await journal.Under(first).WriteAsync(new("7f3a", "a", StepState.Started, 1, then, null, null), default);

        await Store.TrySetAsync(first with { Fence = 2 }, default);

        await RefusedAsync(() => inventory.Under(first).UpdateClusterAsync(cluster with { State = ClusterState.Started }, default));
        await RefusedAsync(() => journal.Under(first).WriteAsync(new("7f3a", "a", StepState.Done, 1, then, then, null), default));
        await RefusedAsync(() => journal.Under(first).TryBeginAsync(new("7f3a", "b", StepState.Started, 1, then, null, null), default));
        Assert.Equal(ClusterState.Creating, (await inventory.FindClusterAsync("web", default))!.State);
        Assert.Equal("a: Started", string.Join(", ", (await journal.ReadAsync("7f3a", default)).Select(entry => $"{entry.Step}: {entry.State}")));
        await inventory.Under(first with { Fence = 2 }).UpdateClusterAsync(cluster with { State = ClusterState.Started }, default);
    }

    [Fact]
    public async Task Customers_hold_their_own()
    {
        var then = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await Store.TrySetAsync(new("web", 1, Somebody, "create", then, then), default);
        Assert.Null(await new SqlLeaseStore(file, "tests", "another").FindAsync("web", default));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await file.DisposeAsync();
        folder.Dispose();
    }

    private static async Task RefusedAsync(Func<Task> write) =>
        Assert.Equal("LCT7012", (await Assert.ThrowsAsync<LinodeToolkitException>(write)).Problem.Code);
}
