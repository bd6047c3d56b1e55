using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Sqlite;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <summary>Sets of clusters as records, and what their order forbids: b starts after a.</summary>
public sealed class ClusterSetsTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly SqlInventoryStore store;
    private readonly ClusterSets sets;

    public ClusterSetsTests()
    {
        store = new(new SqliteFile(folder["i.db"], SqliteTables.Inventory), new ToolkitContext("tests", "me"));
        sets = new(store, TimeProvider.System);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(null, "LCT4021")]
    [InlineData(ClusterState.Creating, "LCT4021")]
    [InlineData(ClusterState.Starting, "LCT4021")]
    [InlineData(ClusterState.Stopping, "LCT4021")]
    [InlineData(ClusterState.Stopped, "LCT4021")]
    [InlineData(ClusterState.Started, null)]
    [InlineData(ClusterState.Degraded, null)]
    public async Task A_cluster_starts_only_when_those_before_it_are_at_work(ClusterState? other, string? code)
    {
        await KeepAsync("a", "b");
        await HaveAsync("s-a", other);

        Assert.Equal(code, await CodeAsync(() => sets.DemandStartableAsync("s-b", force: false, default)));
        Assert.Null(await CodeAsync(() => sets.DemandStartableAsync("s-b", force: true, default)));
        Assert.Null(await CodeAsync(() => sets.DemandStartableAsync("s-a", force: false, default)));
        Assert.Null(await CodeAsync(() => sets.DemandStartableAsync("elsewhere", force: false, default)));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(ClusterState.Stopped, null)]
    [InlineData(ClusterState.Created, null)]
    [InlineData(ClusterState.Starting, "LCT4022")]
    [InlineData(ClusterState.Started, "LCT4022")]
    [InlineData(ClusterState.Degraded, "LCT4022")]
    [InlineData(ClusterState.Stopping, "LCT4022")]
    public async Task A_cluster_stops_only_when_those_after_it_are_off(ClusterState? other, string? code)
    {
        await KeepAsync("a", "b");
        await HaveAsync("s-b", other);

        Assert.Equal(code, await CodeAsync(() => sets.DemandStoppableAsync("s-a", force: false, default)));
        Assert.Null(await CodeAsync(() => sets.DemandStoppableAsync("s-a", force: true, default)));
        Assert.Null(await CodeAsync(() => sets.DemandStoppableAsync("s-b", force: false, default)));
    }

    [Fact]
    public async Task A_set_is_kept_once_and_its_name_is_not_free_for_another()
    {
        Assert.Equal(["s-a", "s-b"], (await KeepAsync("a", "b")).Select(member => member.Cluster));
        Assert.Equal(["s-a", "s-b"], (await KeepAsync("a", "b")).Select(member => member.Cluster));

        Assert.Equal("LCT4013", await CodeAsync(() => KeepAsync("a", "c")));
        Assert.Equal("LCT4015", await CodeAsync(() => KeepAsync("a", new string('b', 40))));
        await HaveAsync("t", ClusterState.Started);
        Assert.Equal("LCT4013", await CodeAsync(() => sets.KeepAsync("t", Source, Set("a"), default)));
    }

    [Fact]
    public async Task A_forgotten_set_binds_nobody()
    {
        await KeepAsync("a", "b");
        await HaveAsync("s-b", ClusterState.Started);

        await sets.ForgetAsync((await store.FindClusterAsync("s", default))!, default);

        Assert.Null(await CodeAsync(() => sets.DemandStoppableAsync("s-a", force: false, default)));
    }

    private static PlanSource Source { get; } = new("set.yaml", null, "version: 1\n");

    private static PlanSet Set(params string[] names) => new(null, [.. names.Index().Select(one => new PlanSetMember(
        one.Item, new PlanSource($"{one.Item}.yaml", null, ""), one.Index == 0 ? [] : [names[one.Index - 1]]))]);

    private static async Task<string?> CodeAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (LinodeToolkitException refused)
        {
            return refused.Problem.Code;
        }
    }

    private Task<IReadOnlyList<ResolvedMember>> KeepAsync(params string[] names) => sets.KeepAsync("s", Source, Set(names), default);

    private async Task HaveAsync(string name, ClusterState? state)
    {
        if (state is { } known)
        {
            await store.TryAddClusterAsync(new(Guid.CreateVersion7(), name, known, "", "", "", DateTimeOffset.UnixEpoch), default);
        }
    }
}
