using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.JsonFiles;

namespace LinodeClusterToolkit.Tests.Inventory;

public sealed class JsonInventoryStoreTests : InventoryStoreTests
{
    private static readonly ToolkitContext Mine = new("linodetool", "me");
    private static readonly ClusterRecord Shop = new(
        Guid.Parse("1f2e3d4c-0000-0000-0000-000000000001"), "shop", ClusterState.Creating, "version: 1\n", "plan.yaml", "{}",
        new(2026, 1, 2, 3, 4, 5, default));

    private readonly TempFolder folder = new();
    private readonly List<JsonFolder> opened = [];

    public override async ValueTask DisposeAsync()
    {
        foreach (var one in opened)
        {
            await one.DisposeAsync();
        }

        folder.Dispose();
    }

    [Fact]
    public async Task Files_are_where_their_names_say_and_read_as_people_read()
    {
        await MakeAsync();

        var files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.Path, file))
            .Where(file => !file.StartsWith(".engine", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "changes.jsonl", "clusters/shop.1f2e3d4c/cluster.json", "clusters/shop.1f2e3d4c/counters.json",
                "clusters/shop.1f2e3d4c/nodes/us-east.db.1.json", "clusters/shop.1f2e3d4c/nodes/us-east.db.2.json",
                "clusters/shop.1f2e3d4c/plan.yaml", "clusters/shop.1f2e3d4c/resolved.json",
                "clusters/shop.1f2e3d4c/resources/stack-script.boot.json", "format.json",
            ],
            files);
        Assert.Equal(
            """
            {
              "clusterId": "1f2e3d4c-0000-0000-0000-000000000001",
              "key": "us-east/db/1",
              "label": "db-1",
              "region": "us-east",
              "group": "db",
              "ordinal": 1,
              "type": "g6-nanode-1",
              "image": "linode/debian12",
              "hostName": "db-1",
              "tags": [
                "sql"
              ],
              "state": "ready",
              "power": "unknown",
              "boot": "unknown",
              "configuration": "none",
              "stage": "region-ready",
              "unwatched": false,
              "hostKeys": [],
              "hostKeyOrigin": "unknown",
              "created": "0001-01-01T00:00:00+00:00",
              "updated": "0001-01-01T00:00:00+00:00"
            }

            """,
            await File.ReadAllTextAsync(NodeFile(1)));
    }

    [Fact]
    public async Task A_change_of_one_fact_is_a_change_of_one_line()
    {
        var store = await MakeAsync();
        var before = await File.ReadAllLinesAsync(NodeFile(1));

        await store.ChangeNodesAsync(Shop.Id, ["us-east/db/1"], now => now with { Type = "g6-standard-1" }, default);

        var after = await File.ReadAllLinesAsync(NodeFile(1));
        Assert.Equal("  \"type\": \"g6-standard-1\",", Assert.Single(after.Except(before)));
        Assert.Equal(before.Length, after.Length);
    }

    [Fact]
    public async Task What_somebody_changes_by_hand_is_what_counts_and_what_nobody_here_knows_is_kept()
    {
        await MakeAsync();
        var text = await File.ReadAllTextAsync(NodeFile(1));
        await File.WriteAllTextAsync(
            NodeFile(1), text.Replace("\"db-1\",\n  \"region\"", "\"by-hand\",\n  \"note\": { \"of\": [1, \"ü\"] },\n  \"region\""));

        var store = Open(Mine);
        Assert.Equal("by-hand", (await ListAsync(store))[0].Label);
        text = await File.ReadAllTextAsync(NodeFile(2));
        await File.WriteAllTextAsync(NodeFile(2), text.Replace("\"g6-nanode-1\"", "\"g6-standard-2\""));
        var changed = await store.ChangeNodesAsync(Shop.Id, ["us-east/db/1", "us-east/db/2"], now => now with { Power = "running" }, default);

        Assert.Equal(["by-hand g6-nanode-1", "db-2 g6-standard-2"], changed.Select(node => $"{node.Label} {node.Type}"));
        Assert.Contains("\"note\": {\n    \"of\": [\n      1,\n      \"ü\"", await File.ReadAllTextAsync(NodeFile(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_as_it_was_is_not_read_again()
    {
        var first = await MakeAsync();
        var store = Open(Mine);
        var once = await ListAsync(store);
        await first.ChangeNodesAsync(Shop.Id, ["us-east/db/2"], now => now with { Power = "running" }, default);
        var again = await ListAsync(store);
        Assert.Equal("running", again[1].Power);
        Assert.NotSame(once[1], again[1]);

        // Times of files are coarse: one that was young when it was read is read once more.
        await first.RaiseCountersAsync(Shop.Id, new Dictionary<string, long> { ["a"] = 5 }, default);
        File.SetLastWriteTimeUtc(NodeFile(1), DateTime.UtcNow.AddMinutes(-1));
        var old = await ListAsync(store);
        await first.RaiseCountersAsync(Shop.Id, new Dictionary<string, long> { ["a"] = 6 }, default);
        Assert.Same(old[0], (await ListAsync(store))[0]);
    }

    [Fact]
    public async Task Other_peoples_files_are_left_alone()
    {
        await MakeAsync();
        Directory.CreateDirectory(folder["clusters/notes"]);
        Directory.CreateDirectory(folder[".git"]);
        const string Nodes = "clusters/shop.1f2e3d4c/nodes";
        foreach (var name in new[] { "README.md", ".git/config", "clusters/notes/mine.txt", $"{Nodes}/.us-east.db.1.json.swp", $"{Nodes}/NOTES" })
        {
            await File.WriteAllTextAsync(folder[name], "{ mine");
        }

        var store = Open(Mine);
        Assert.Equal(2, (await ListAsync(store)).Count);
        await store.ChangeNodesAsync(Shop.Id, ["us-east/db/1"], now => now with { Power = "running" }, default);
        Assert.Equal("{ mine", await File.ReadAllTextAsync(folder[".git/config"]));
    }

    [Theory]
    [InlineData("clusters/shop.1f2e3d4c/nodes/us-east.db.1.json", "\"g6-nanode-1\",", "\"g6-nanode-1\"", "LCT7110", 9)]
    [InlineData("clusters/shop.1f2e3d4c/nodes/us-east.db.1.json", "\"ready\"", "\"redy\"", "LCT7110", 14)]
    [InlineData("clusters/shop.1f2e3d4c/nodes/us-east.db.1.json", "  \"image\": \"linode/debian12\",\n", "", "LCT7110", 23)]
    [InlineData("clusters/shop.1f2e3d4c/nodes/us-east.db.1.json", "\"us-east/db/1\"", "\"us-east/db/7\"", "LCT7111", 0)]
    [InlineData("clusters/shop.1f2e3d4c/nodes/us-east.db.1.json", "1f2e3d4c-", "1f2e3d4d-", "LCT7111", 0)]
    [InlineData("clusters/shop.1f2e3d4c/cluster.json", "\"creating\"", "creating", "LCT7110", 4)]
    [InlineData("format.json", "1", "one", "LCT7110", 2)]
    public async Task What_is_broken_by_hand_is_named_with_its_line(string file, string from, string to, string code, int line)
    {
        await MakeAsync();
        var text = await File.ReadAllTextAsync(folder[file]);
        Assert.Contains(from, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder[file], text.Replace(from, to));

        var problem = (await Assert.ThrowsAsync<LinodeToolkitException>(() => ListAsync(Open(Mine)).AsTask())).Problem;

        Assert.Equal((code, folder[file], line), (problem.Code, problem.Where, problem.Position?.Line ?? 0));
    }

    [Theory]
    [InlineData("cluster.json")]
    [InlineData("plan.yaml")]
    [InlineData("resolved.json")]
    public async Task A_cluster_that_has_lost_a_part_is_named(string part)
    {
        await MakeAsync();
        File.Delete(folder[$"clusters/shop.1f2e3d4c/{part}"]);
        var problem = (await Assert.ThrowsAsync<LinodeToolkitException>(() => Open(Mine).FindClusterAsync("shop", default))).Problem;
        Assert.Equal(("LCT7112", folder[$"clusters/shop.1f2e3d4c/{part}"]), (problem.Code, problem.Where));
    }

    [Fact]
    public async Task A_line_of_the_history_that_is_broken_is_named_and_one_that_lacks_its_end_is_ended()
    {
        var store = await MakeAsync();
        await File.WriteAllTextAsync(folder["changes.jsonl"], (await File.ReadAllTextAsync(folder["changes.jsonl"])).TrimEnd('\n'));
        await store.ChangeNodesAsync(Shop.Id, ["us-east/db/1"], now => now with { State = NodeState.Stopped }, default);
        Assert.Equal([1, 2, 3, 4, 5, 6], (await store.ListChangesAsync(new(), default).ToListAsync()).Select(change => change.Number));

        var lines = await File.ReadAllLinesAsync(folder["changes.jsonl"]);
        await File.WriteAllLinesAsync(folder["changes.jsonl"], [.. lines[..2], lines[2][..40], .. lines[3..]]);
        var problem = (await Assert.ThrowsAsync<LinodeToolkitException>(() => store.ListChangesAsync(new(), default).ToListAsync().AsTask())).Problem;
        Assert.Equal(("LCT7110", 3), (problem.Code, problem.Position!.Value.Line));
    }

    [Fact]
    public async Task Changes_are_found_by_their_number_in_a_history_that_is_long()
    {
        var store = await MakeAsync();
        var before = await store.LastChangeAsync(default);
        for (var round = 0; round < 3; round++)
        {
            var power = $"{round}";
            await store.SaveNodesAsync([.. Enumerable.Range(1, 1000).Select(n => Node(n) with { Power = power })], default);
        }

        var last = await store.LastChangeAsync(default);
        var all = await store.ListChangesAsync(new(), default).ToListAsync();
        Assert.Equal(Enumerable.Range(1, (int)last), all.Select(change => (int)change.Number));
        foreach (var after in new[] { before, 1000, 1001, last / 2, last - 1, last })
        {
            var found = await store.ListChangesAsync(new(After: after), default).ToListAsync();
            Assert.Equal(((int)(last - after), after == last ? 0 : after + 1), (found.Count, found.FirstOrDefault()?.Number ?? 0));
        }

        Assert.Equal(["0", "1", "2"], (await store.ListChangesAsync(new(NodeKey: "us-east/db/700"), default).ToListAsync())
            .Where(change => change.Aspect == StateAspect.Power).Select(change => change.To));
    }

    [Fact]
    public async Task Names_that_differ_in_case_or_signs_do_not_meet()
    {
        var store = Open(Mine);
        string[] names = ["web", "Web", "we/b", "we.b", "../web", new string('x', 300)];
        foreach (var name in names)
        {
            Assert.True(await store.TryAddClusterAsync(Shop with { Id = Guid.NewGuid(), Name = name }, default));
        }

        var twin = Shop with { Id = Guid.Parse("1f2e3d4c-0000-0000-0000-000000000002"), State = ClusterState.Deleted };
        Assert.True(await store.TryAddClusterAsync(Shop, default));
        Assert.True(await store.TryAddClusterAsync(twin, default));
        Assert.Equal(
            names.Append("shop").Append("shop").Order(StringComparer.Ordinal),
            (await Open(Mine).ListClustersAsync(true, default).ToListAsync()).Select(cluster => cluster.Name));
    }

    // Text files have no index: all nodes are looked through, in memory.
    private protected override TimeSpan TagTime => TimeSpan.FromSeconds(1);

    private protected override IInventoryStore Open(ToolkitContext context)
    {
        var one = new JsonFolder(folder.Path);
        opened.Add(one);
        return new JsonInventoryStore(one, context);
    }

    private static NodeRecord Node(int number) => new(
        Shop.Id, $"us-east/db/{number}", $"db-{number}", "us-east", "db", number, "g6-nanode-1", "linode/debian12", $"db-{number}", ["sql"],
        NodeState.Ready) { Stage = NodeStage.RegionReady };

    private static ValueTask<List<NodeRecord>> ListAsync(IInventoryStore store) => store.ListNodesAsync(new(), default).ToListAsync();

    private string NodeFile(int number) => folder[$"clusters/shop.1f2e3d4c/nodes/us-east.db.{number}.json"];

    private async Task<IInventoryStore> MakeAsync()
    {
        var store = Open(Mine);
        await store.TryAddClusterAsync(Shop, default);
        await store.SaveNodesAsync([Node(1), Node(2)], default);
        await store.SaveResourcesAsync([new(Shop.Id, ResourceKind.StackScript, "boot", "boot", null)], default);
        await store.RaiseCountersAsync(Shop.Id, new Dictionary<string, long> { ["db"] = 3 }, default);
        return store;
    }
}
