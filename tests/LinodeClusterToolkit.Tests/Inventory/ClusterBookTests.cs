using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Sqlite;
using LinodeClusterToolkit.Tests.Changes;

namespace LinodeClusterToolkit.Tests.Inventory;

public sealed class ClusterBookTests
{
    [Fact]
    public async Task Steps_that_change_one_node_at_once_lose_nothing_of_each_others()
    {
        using var folder = new TempFolder();
        await using var file = new SqliteFile(folder["store.db"], SqliteTables.Inventory);
        var store = new SqlInventoryStore(file, new ToolkitContext("tests", "me"));
        await store.TryAddClusterAsync(Small.Cluster, default);
        var book = await ClusterBook.OpenAsync(store, Small.Cluster, TimeProvider.System, default);
        await book.SaveNodesAsync([Node("a"), Node("b"), Node("c")]);
        string[][] of = [["a"], ["b", "a"], ["a", "c"], ["c", "b", "a"]];

        await Task.WhenAll(Enumerable.Range(0, 80).Select(number => Task.Run(() =>
            book.ChangeNodesAsync(of[number % of.Length], now => now with { Tags = [.. now.Tags, $"{number:00}"] }))));
        await book.ChangeNodeAsync("a", now => now);

        var again = await ClusterBook.OpenAsync(store, Small.Cluster, TimeProvider.System, default);
        Assert.Equal([80, 40, 40], "abc".Select(key => again.Node($"{key}").Tags.Count));
        Assert.All(again.Nodes, node => Assert.Equal(node.Tags, book.Node(node.Key).Tags));
    }

    [Fact]
    public async Task A_node_keeps_the_time_when_it_was_first_written()
    {
        using var folder = new TempFolder();
        await using var file = new SqliteFile(folder["store.db"], SqliteTables.Inventory);
        var (store, time) = (new SqlInventoryStore(file, new ToolkitContext("tests", "me")), new Support.ManualTime());
        await store.TryAddClusterAsync(Small.Cluster, default);
        var book = await ClusterBook.OpenAsync(store, Small.Cluster, time, default);
        var first = time.GetUtcNow();
        await book.SaveNodeAsync(Node("a"));
        time.Advance(TimeSpan.FromHours(1));
        await book.ChangeNodeAsync("a", node => node with { Power = "running" });

        Assert.Equal((first, first.AddHours(1)), (book.Node("a").Created, book.Node("a").Updated));
    }

    private static NodeRecord Node(string key) => new(
        Small.Cluster.Id, key, $"node-{key}", "us-east", "web", 1, "g6-nanode-1", "linode/debian12", $"node-{key}", [], NodeState.Ready);
}
