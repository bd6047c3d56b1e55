using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Keeping;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Postgres;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Keeping;

/// <summary>What every place does in which records, journal and leases are kept together.</summary>
public abstract class InventoryPlaceTests : IAsyncDisposable
{
    private static readonly LeaseHolder Somebody = new("desk", "boot", 1, "then");
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Opens a context's part of what this test stores.</summary>
    private protected abstract InventoryPlace Open(ToolkitContext context);

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task Whoever_lost_it_writes_neither_records_nor_journal()
    {
        await using var place = Open(new("tests", "me"));
        var (inventory, journal) = (place.Inventory, place.Journal);
        var first = new Lease("web", 1, Somebody, "create", Then, Then);
        await place.Leases.TrySetAsync(first, default);
        var cluster = new ClusterRecord(Guid.NewGuid(), "web", ClusterState.Creating, "", "", "", Then);
        Assert.True(await inventory.Under(first).TryAddClusterAsync(cluster, default));
        await journal.Under(first).WriteAsync(new("7f3a", "a", StepState.Started, 1, Then, null, null), default);

        await place.Leases.TrySetAsync(first with { Fence = 2 }, default);

        await RefusedAsync(() => inventory.Under(first).UpdateClusterAsync(cluster with { State = ClusterState.Started }, default));
        await RefusedAsync(() => journal.Under(first).WriteAsync(new("7f3a", "a", StepState.Done, 1, Then, Then, null), default));
        await RefusedAsync(() => journal.Under(first).TryBeginAsync(new("7f3a", "b", StepState.Started, 1, Then, null, null), default));
        Assert.Equal(ClusterState.Creating, (await inventory.FindClusterAsync("web", default))!.State);
        Assert.Equal("a: Started", string.Join(", ", (await journal.ReadAsync("7f3a", default)).Select(entry => $"{entry.Step}: {entry.State}")));
        await inventory.Under(first with { Fence = 2 }).UpdateClusterAsync(cluster with { State = ClusterState.Started }, default);
    }

    [Fact]
    public async Task Customers_hold_their_own()
    {
        await using var mine = Open(new("tests", "me"));
        await mine.Leases.TrySetAsync(new("web", 1, Somebody, "create", Then, Then), default);
        await using var theirs = Open(new("tests", "another"));
        Assert.Null(await theirs.Leases.FindAsync("web", default));
    }

    private static async Task RefusedAsync(Func<Task> write) =>
        Assert.Equal("LCT7012", (await Assert.ThrowsAsync<LinodeToolkitException>(write)).Problem.Code);
}

public sealed class SqlitePlaceTests : InventoryPlaceTests
{
    private readonly TempFolder folder = new();

    public override ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private protected override InventoryPlace Open(ToolkitContext context) => SqliteInventory.Provider.Open(new(folder["data"], context));
}

public sealed class PostgresPlaceTests : InventoryPlaceTests
{
    private readonly string place = PostgresServer.NewPlace();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private protected override InventoryPlace Open(ToolkitContext context) => PostgresInventory.Provider(place).Open(new("", context));
}

public sealed class JsonPlaceTests : InventoryPlaceTests
{
    private readonly TempFolder folder = new();

    public override ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private protected override InventoryPlace Open(ToolkitContext context) => JsonInventory.Provider.Open(new(folder["data"], context));
}
