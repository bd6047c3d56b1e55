using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Keeping;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Postgres;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Keeping;

/// <summary>Records go from one place to another, and into a file and back.</summary>
public sealed class CopyTests : IAsyncDisposable
{
    private static readonly ToolkitContext Me = new("tests", "me");
    private static readonly LeaseHolder Here = new("desk", "boot", 1, "then");
    private static readonly DateTimeOffset Then = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(8);
    private readonly TempFolder folder = new();
    private readonly string server = PostgresServer.NewPlace();
    private readonly List<InventoryPlace> opened = [];
    private readonly ManualTime time = new();

    public static TheoryData<string, string> Ways => new()
    {
        { "sqlite", "json" }, { "json", "postgres" }, { "postgres", "sqlite" }, { "sqlite", "postgres" }, { "json", "sqlite" }, { "postgres", "json" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task All_that_is_kept_of_clusters_stands_over_there_as_it_was_and_the_same_again_does_nothing(string from, string to)
    {
        var (here, there) = (Open(from), Open(to));
        var gone = await FillAsync(here, "web", deleted: true);
        var web = await FillAsync(here, "web");
        var copies = await Copying(here).ReadAsync(default).ToListAsync();
        Assert.Equal([gone.Id, web.Id], copies.Select(copy => copy.Cluster.Id));

        foreach (var copy in copies)
        {
            Assert.True(await Copying(there).PutAsync(copy, default));
            Assert.False(await Copying(there).PutAsync(copy, default));
        }

        Assert.Equal(copies.Select(copy => copy.Text), (await Copying(there).ReadAsync(default).ToListAsync()).Select(copy => copy.Text));
        var read = Assert.Single(await there.Inventory.ListNodesAsync(new(Cluster: "web", Tag: "sql"), default).ToListAsync());
        Assert.Equal(("192.0.2.1", NodeState.Ready), (read.PublicIpv4, read.State));
        Assert.Equal(7, (await there.Leases.FindAsync("web", default))!.Fence);
        Assert.Equal(["a", "b"], (await there.Journal.ReadAsync("run-web", default)).Select(step => step.Step));
        Assert.Empty(InventoryCheck.Of(copies));
    }

    [Fact]
    public async Task A_copy_that_was_not_brought_to_its_end_is_gone_on_with()
    {
        var (here, there) = (Open("sqlite"), Open("json"));
        await FillAsync(here, "web");
        var copy = await Copying(here).ReadAsync(default).SingleAsync();
        await there.Inventory.TryAddWholeAsync(copy.Cluster, copy.Nodes, copy.Changes, default);
        await there.Inventory.SaveResourcesAsync(copy.Resources, default);

        Assert.True(await Copying(there).PutAsync(copy, default));

        Assert.Equal(copy.Text, (await Copying(there).ReadAsync(default).SingleAsync()).Text);
    }

    [Fact]
    public async Task What_stands_there_with_other_records_or_under_the_name_is_not_touched()
    {
        var (here, there) = (Open("sqlite"), Open("json"));
        await FillAsync(here, "web");
        var copy = await Copying(here).ReadAsync(default).SingleAsync();
        await Copying(there).PutAsync(copy, default);
        await there.Inventory.ChangeNodesAsync(copy.Cluster.Id, ["us-east/db/1"], node => node with { Power = "offline", Updated = Then.AddDays(1) }, default);
        var before = (await Copying(there).ReadAsync(default).SingleAsync()).Text;

        var newer = await Assert.ThrowsAsync<LinodeToolkitException>(() => Copying(there).PutAsync(copy, default));
        var other = await Assert.ThrowsAsync<LinodeToolkitException>(() => Copying(there).PutAsync(
            copy with { Cluster = copy.Cluster with { Id = Guid.NewGuid() }, Nodes = [], Resources = [], Changes = [] }, default));

        Assert.Equal(("LCT4045", "LCT4045"), (newer.Problem.Code, other.Problem.Code));
        Assert.Equal(before, (await Copying(there).ReadAsync(default).SingleAsync()).Text);
    }

    [Fact]
    public async Task Nothing_is_copied_of_a_cluster_that_a_run_is_at_work_on()
    {
        var here = Open("sqlite");
        await FillAsync(here, "web");
        await here.Leases.TrySetAsync(new("web", 8, new LeaseHolder("laptop", "boot 2", 2, "then"), "create", time.GetUtcNow(), time.GetUtcNow()), default);
        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(() => Copying(here).ReadAsync(default).ToListAsync().AsTask());
        Assert.Equal("LCT7011", refused.Problem.Code);
    }

    [Fact]
    public async Task A_backup_is_whole_or_is_none()
    {
        var here = Open("sqlite");
        await FillAsync(here, "web");
        await FillAsync(here, "api");
        var file = folder["backup.jsonl"];
        Assert.Equal(2, await InventoryBackup.WriteAsync(file, "here", Copying(here).ReadAsync(default), Then, default));
        var whole = await File.ReadAllLinesAsync(file);
        Assert.Equal(
            (await Copying(here).ReadAsync(default).ToListAsync()).Select(copy => copy.Text), InventoryBackup.Read(file).Select(copy => copy.Text));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));

        string[][] broken =
        [
            [], whole[..^1], whole[1..], [whole[0], whole[1][..^5], whole[2], whole[3]], [whole[0], whole[1], whole[3]],
        ];
        foreach (var lines in broken)
        {
            await File.WriteAllLinesAsync(file, lines);
            Assert.Equal("LCT7141", Assert.Throws<LinodeToolkitException>(() => InventoryBackup.Read(file)).Problem.Code);
        }

        await File.WriteAllLinesAsync(file, [whole[0].Replace("\"version\":1", "\"version\":2"), .. whole[1..]]);
        Assert.Equal("LCT7101", Assert.Throws<LinodeToolkitException>(() => InventoryBackup.Read(file)).Problem.Code);
        Assert.Equal("LCT7142", Assert.Throws<LinodeToolkitException>(() => InventoryBackup.Read(folder["none"])).Problem.Code);
        var full = Copying(here).ReadAsync(default);
        await Assert.ThrowsAsync<LinodeToolkitException>(() => InventoryBackup.WriteAsync("/proc/nowhere/x", "here", full, Then, default));
    }

    [Fact]
    public async Task A_check_names_what_records_have_against_each_other()
    {
        var here = Open("sqlite");
        var web = await FillAsync(here, "web");
        await FillAsync(here, "api");
        Assert.Empty(InventoryCheck.Of(await Copying(here).ReadAsync(default).ToListAsync()));
        await here.Inventory.SaveResourcesAsync([new(web.Id, ResourceKind.Volume, "v", "lost", 9) { NodeKey = "us-east/db/9" }], default);
        await here.Inventory.UpdateClusterAsync(web with { LastRun = "nothing" }, default);
        await here.Inventory.ChangeNodesAsync(web.Id, ["us-east/db/1"], node => node with { LinodeId = 42 }, default);
        var api = (await here.Inventory.FindClusterAsync("api", default))!;
        await here.Inventory.ChangeNodesAsync(api.Id, ["us-east/db/1"], node => node with { LinodeId = 42 }, default);
        await here.Inventory.ChangeNodesAsync(api.Id, ["us-east/db/2"], node => node with { LinodeId = null }, default);

        var found = InventoryCheck.Of(await Copying(here).ReadAsync(default).ToListAsync()).Select(one => $"{one.Cluster}: {one.What}").Order();

        Assert.Equal(
            [
                "api: Linode 42 is in several records: api-db-1 of api, web-db-1 of web",
                "api: node api-db-2 is ready, and its id in the cloud is not known",
                "web: its last run nothing is not on record",
                "web: volume lost belongs to node us-east/db/9, of which there is no record",
            ],
            found);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var place in opened)
        {
            await place.DisposeAsync();
        }

        folder.Dispose();
    }

    private PlaceCopying Copying(InventoryPlace place) => new(place, Here, time);

    private InventoryPlace Open(string name)
    {
        opened.Add(BuiltIns.Inventories([PostgresInventory.Provider(server)])[name].Open(new(folder[name], Me)));
        return opened[^1];
    }

    private static async Task<ClusterRecord> FillAsync(InventoryPlace place, string name, bool deleted = false)
    {
        var state = deleted ? NodeState.Gone : NodeState.Ready;
        var cluster = new ClusterRecord(
            Guid.CreateVersion7(), name, ClusterState.Creating, "version: 1\n# ü\n", "plan.yaml", "{}", deleted ? Then.AddDays(-1) : Then)
        {
            FirewallId = 4_000_000_000, LastRun = $"run-{name}{(deleted ? "-before" : "")}", IsProtected = true,
        };
        Assert.True(await place.Inventory.TryAddClusterAsync(cluster, default));
        NodeRecord Node(int ordinal) => new(
            cluster.Id, $"us-east/db/{ordinal}", $"{name}-db-{ordinal}", "us-east", "db", ordinal, "g6-nanode-1", "linode/debian12", "db", ["sql"], state)
        {
            LinodeId = cluster.Id.GetHashCode() + ordinal, PublicIpv4 = "192.0.2.1", HostKeys = ["ssh-ed25519 AAAA"], HostKeyOrigin = HostKeyOrigin.Injected,
            Power = "running", Boot = BootState.Up, Stage = NodeStage.PlanReady, Configuration = ConfigurationState.Configured, Updated = Then, Created = Then,
        };
        await place.Inventory.SaveNodesAsync([Node(1), Node(2) with { Tags = [] }], default);
        await place.Inventory.SaveResourcesAsync([new(cluster.Id, ResourceKind.Volume, "us-east/db/1/data", "data", 5) { NodeKey = "us-east/db/1", Size = 20 }], default);
        await place.Inventory.RaiseCountersAsync(cluster.Id, new Dictionary<string, long> { ["us-east/db"] = 3, ["a"] = 1 }, default);
        await place.Inventory.SaveRunAsync(new($"run-{name}{(deleted ? "-before" : "")}", cluster.Id, "create", "done", Then, Then.AddMinutes(1)) { Work = "x" }, default);
        await place.Journal.WriteAsync(new($"run-{name}{(deleted ? "-before" : "")}", "a", StepState.Done, 1, Then, Then, null), default);
        await place.Journal.WriteAsync(new($"run-{name}{(deleted ? "-before" : "")}", "b", StepState.Failed, 2, Then, Then, "no"), default);
        if ((await place.Leases.FindAsync(name, default)) is null)
        {
            await place.Leases.TrySetAsync(new(name, 7, null, "create", Then, Then), default);
        }

        var ended = cluster with { State = deleted ? ClusterState.Deleted : ClusterState.Started, Updated = Then.AddMinutes(1) };
        await place.Inventory.UpdateClusterAsync(ended, default);
        return ended;
    }
}
