using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Configuration;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <summary>New admin keys through the front door: runs, records, and going on.</summary>
public sealed class RotateKeysWorkTests : IAsyncLifetime
{
    private readonly FrontDoor door = new();
    private readonly KeyedNodes nodes = new();
    private LinodeToolkit toolkit = null!;

    [Fact]
    public async Task Nodes_that_answer_get_theirs_one_that_does_not_is_named_and_the_same_call_goes_on_with_it_alone()
    {
        var before = await KeysAsync();
        nodes.Off.Add("shop-us-east-web-2");

        var half = await toolkit.RotateKeysAsync("shop", new(), observer: null);

        Assert.Equal(("failed", 3, 2, 1), (half.Outcome, half.Nodes, half.NodesDone, half.NodesFailed));
        Assert.Equal(["shop-us-east-web-2"], half.KeysKept);
        Assert.Equal("add key shop-us-east-web-2", Assert.Single(half.Failures).Step);
        Assert.All(await NodesAsync(), node => Assert.Equal(NodeState.Ready, node.State));
        var between = await KeysAsync();
        Assert.Equal(before["shop-us-east-web-2"], between["shop-us-east-web-2"]);

        nodes.Off.Clear();
        var whole = await toolkit.RotateKeysAsync("shop", new(), observer: null);

        Assert.Equal((half.Run, "done", 3), (whole.Run, whole.Outcome, whole.NodesDone));
        var after = await KeysAsync();
        Assert.Equal(between["shop-us-east-db-1"], after["shop-us-east-db-1"]);
        Assert.NotEqual(before["shop-us-east-web-2"], after["shop-us-east-web-2"]);
        Assert.All(after, key => Assert.Equal([key.Value], nodes.FileOf(key.Key)));
        Assert.Equal(ClusterState.Started, (await toolkit.GetClusterAsync("shop")).Cluster.State);
    }

    [Fact]
    public async Task A_run_that_was_cut_short_anywhere_is_gone_on_with_to_its_end()
    {
        for (var (moment, ended) = (1, false); !ended; moment += 3)
        {
            var (before, left) = (await KeysAsync(), moment);
            nodes.Moment = what => _ = --left > 0 ? 0 : throw new InvalidOperationException($"dead {what}");
            ended = (await toolkit.RotateKeysAsync("shop", new(), observer: null)).Outcome == "done";
            nodes.Moment = _ => { };
            nodes.HangUp();

            Assert.Equal(ended ? null : "done", (await toolkit.ResumeAsync("shop", null, observer: null))?.Outcome);

            var after = await KeysAsync();
            Assert.All(after, key => Assert.NotEqual(before[key.Key], key.Value));
            Assert.All(after, key => Assert.Equal([key.Value], nodes.FileOf(key.Key)));
        }
    }

    [Fact]
    public async Task What_another_run_was_told_of_a_node_is_asked_again_before_the_shared_key_is_switched()
    {
        await ShareAsync();
        nodes.Off.Add("team-us-east-web-2");
        Assert.Equal("failed", (await toolkit.RotateKeysAsync("team", new(), observer: null)).Outcome);
        var (_, key) = (await KeysAsync("team")).First();

        // Somebody brings the first node back to what it was meanwhile.
        nodes.Forget("team-us-east-web-1");
        nodes.Give("team-us-east-web-1", key);
        nodes.Off.Clear();
        Assert.Equal("done", (await toolkit.RotateKeysAsync("team", new(), observer: null)).Outcome);

        Assert.All(await KeysAsync("team"), now => Assert.Equal([now.Value], nodes.FileOf(now.Key)));
        Assert.Single((await KeysAsync("team")).Values.Distinct());
    }

    [Fact]
    public async Task Only_what_is_named_gets_a_new_key_and_a_look_before_changes_nothing()
    {
        var before = await KeysAsync();

        var looked = await toolkit.PreviewKeysAsync("shop", new() { Groups = new HashSet<string> { "db" } });
        Assert.Equal(before, await KeysAsync());
        await toolkit.RotateKeysAsync("shop", new() { Nodes = new HashSet<string> { "us-east/web/1" } }, observer: null);

        Assert.Equal(["shop-us-east-db-1"], looked.Select(key => key.Name));
        var changed = (await KeysAsync()).Where(key => before[key.Key] != key.Value).Select(key => key.Key);
        Assert.Equal(["shop-us-east-web-1"], changed);
    }

    [Theory]
    [InlineData("cache", null, "LCT4011")]
    [InlineData("db", "us-east/web/1", "LCT4030")]
    public async Task Who_is_not_there_is_refused_before_anything_begins(string group, string? node, string code)
    {
        var request = new RotateKeysRequest { Groups = new HashSet<string> { group }, Nodes = node is null ? null : new HashSet<string> { node } };

        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(() => toolkit.RotateKeysAsync("shop", request, observer: null));

        Assert.Equal(code, refused.Problem.Code);
        Assert.Equal("create", (await toolkit.ListRunsAsync("shop").ToListAsync()).First().Verb);
    }

    public async Task InitializeAsync()
    {
        await door.CreateAsync("shop", "[{ name: web, type: g6-nanode-1, count: 2 }, { name: db, type: g6-nanode-1 }]");
        toolkit = door.Open(nodes);
        await GiveAsync("shop");
    }

    public async Task DisposeAsync()
    {
        await toolkit.DisposeAsync();
        await door.DisposeAsync();
    }

    private async Task ShareAsync()
    {
        var plan = new PlanSource("plan.yaml", null, """
            version: 1
            ssh: { keys: cluster }
            regions:
            - region: us-east
              nodes: [{ name: web, type: g6-nanode-1, count: 3 }]
            """);
        await door.Toolkit.CreateAsync(await door.Toolkit.PreviewAsync(new("team", plan)), observer: null);
        await GiveAsync("team");
    }

    private async Task GiveAsync(string cluster)
    {
        foreach (var (label, body) in await KeysAsync(cluster))
        {
            nodes.Give(label, body);
        }
    }

    private async Task<IReadOnlyList<NodeRecord>> NodesAsync(string cluster = "shop") => await toolkit.ListNodesAsync(new(cluster)).ToListAsync();

    // What the store has in force for each node.
    private async Task<Dictionary<string, string>> KeysAsync(string cluster = "shop")
    {
        var keys = new Dictionary<string, string>();
        foreach (var node in await NodesAsync(cluster))
        {
            var own = await toolkit.Secrets.ReadAsync($"clusters/{node.ClusterId:D}/nodes/{node.Label}/admin-key", default)
                ?? await toolkit.Secrets.ReadAsync($"clusters/{node.ClusterId:D}/admin-key", default);
            keys[node.Label] = SshKeyPair.Of(own!.Value, node.Label).Public.Body;
        }

        return keys;
    }
}
