using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Sqlite;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Tests.Changes;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Configuration;

/// <summary>New admin keys, with nodes and a store that can be cut off at any moment.</summary>
public sealed class RotateKeysTests : IDisposable
{
    private static readonly string[] Labels = ["web-1", "web-2", "db-1"];
    private readonly TempFolder folder = new();
    private readonly KeyedNodes nodes = new();
    private readonly MemorySecretStore kept = new();
    private int moments, dies = int.MaxValue;
    private KeySharing sharing;

    public RotateKeysTests() => nodes.Moment = Moment;

    [Theory]
    [InlineData(KeySharing.Node, 3)]
    [InlineData(KeySharing.Group, 2)]
    [InlineData(KeySharing.Cluster, 1)]
    public async Task Every_node_is_opened_by_its_new_key_alone_and_nothing_else_is_left_in_the_store(KeySharing shared, int keys)
    {
        var before = await StandAsync(shared);
        nodes.Give("web-1", "somebody-else");

        await RotateAsync();

        await StandsAnewAsync(before);
        Assert.Contains("somebody-else", nodes.FileOf("web-1"));
        Assert.Equal(keys, (await kept.ListAsync(default)).Count);
    }

    [Theory]
    [InlineData(KeySharing.Node)]
    [InlineData(KeySharing.Group)]
    [InlineData(KeySharing.Cluster)]
    public async Task A_death_at_any_moment_leaves_a_key_in_force_that_opens_every_node_and_the_next_run_gets_to_the_end(KeySharing shared)
    {
        for (var moment = 1; ; moment++)
        {
            using var life = new RotateKeysTests();
            var before = await life.StandAsync(shared);
            (life.moments, life.dies) = (0, moment);
            if (await Record.ExceptionAsync(life.RotateAsync) is null)
            {
                Assert.True(moment > 40, $"only {moment} moments");
                return;
            }

            (life.dies, life.moments) = (int.MaxValue, 0);
            life.nodes.HangUp();
            await life.RotateAsync();

            await life.StandsAnewAsync(before);
        }
    }

    [Fact]
    public async Task A_node_that_does_not_answer_keeps_the_shared_key_in_force_and_the_next_run_takes_the_pair_that_was_made()
    {
        var before = await StandAsync(KeySharing.Cluster);
        nodes.Off.Add("web-2");

        var lost = await Assert.ThrowsAsync<RemoteException>(RotateAsync);

        Assert.Equal(RemoteStage.NoRoute, lost.Stage);
        Assert.Equal(before["db-1"], await KeyAsync("db-1"));
        var coming = SshKeyPair.Of((await kept.FindAsync($"clusters/{Small.Cluster.Id}/admin-key.next"))!, "").Public.Body;
        Assert.Contains(coming, nodes.FileOf("db-1"));
        nodes.Off.Clear();
        await RotateAsync();
        await StandsAnewAsync(before);
        Assert.Equal(coming, await KeyAsync("web-1"));
    }

    [Fact]
    public async Task A_node_that_is_known_to_be_off_is_not_tried()
    {
        var before = await StandAsync(KeySharing.Node);
        await SaveAsync("web-1", node => node with { State = NodeState.Stopped });

        var off = await Assert.ThrowsAsync<LinodeToolkitException>(RotateAsync);

        Assert.Equal("LCT6252", off.Problem.Code);
        Assert.Equal([before["web-1"]], nodes.FileOf("web-1"));
    }

    [Fact]
    public async Task An_old_key_that_still_opens_a_node_by_another_way_is_said_and_kept()
    {
        var before = await StandAsync(KeySharing.Node);
        nodes.Elsewhere["db-1"] = before["db-1"];

        var opens = await Assert.ThrowsAsync<LinodeToolkitException>(RotateAsync);

        Assert.Equal("LCT6255", opens.Problem.Code);
        var old = SshKeyPair.Of((await kept.FindAsync($"clusters/{Small.Cluster.Id}/nodes/db-1/admin-key.old"))!, "").Public.Body;
        Assert.Equal(before["db-1"], old);
        nodes.Elsewhere.Clear();
        await RotateAsync();
        await StandsAnewAsync(before);
    }

    [Fact]
    public async Task Where_the_store_has_no_key_none_is_made()
    {
        await StandAsync(KeySharing.Node);
        await kept.DeleteAsync($"clusters/{Small.Cluster.Id}/nodes/db-1/admin-key", default);

        var missing = await Assert.ThrowsAsync<LinodeToolkitException>(RotateAsync);

        Assert.Equal("LCT6253", missing.Problem.Code);
        Assert.DoesNotContain(await kept.ListAsync(default), name => name.Contains("/db-1/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_that_is_deleted_in_the_middle_leaves_nothing_in_the_store()
    {
        await StandAsync(KeySharing.Node);
        (moments, dies) = (0, 12);
        await Assert.ThrowsAsync<Death>(RotateAsync);
        dies = int.MaxValue;
        Assert.True((await kept.ListAsync(default)).Count > Labels.Length);

        foreach (var label in Labels)
        {
            await new NodeIdentities(kept, Small.Cluster.Id, sharing, FakeKeys.MakeAsync).ForgetAsync(label, default);
        }

        Assert.Empty(await kept.ListAsync(default));
    }

    public void Dispose() => folder.Dispose();

    // Checked at every moment there is: what the store has in force opens every node, whoever comes.
    private void Moment(string what)
    {
        foreach (var label in Labels.Where(label => nodes.Elsewhere.Count == 0))
        {
            Assert.True(nodes.Takes(label, KeyAsync(label).GetAwaiter().GetResult()), $"{what}: {label} is locked");
        }

        if (++moments >= dies)
        {
            throw new Death(what);
        }
    }

    private NodeIdentities Identities() => new(new DyingStore(kept, Moment), Small.Cluster.Id, sharing, FakeKeys.MakeAsync);

    private async Task<string> KeyAsync(string label)
    {
        var identities = new NodeIdentities(kept, Small.Cluster.Id, sharing, FakeKeys.MakeAsync);
        return (await identities.AdminAsync(label, "us-east", label.Split('-')[0], default)).Public.Body;
    }

    private async Task<Dictionary<string, string>> StandAsync(KeySharing shared)
    {
        sharing = shared;
        await Inventory().TryAddClusterAsync(Small.Cluster, default);
        await Inventory().SaveNodesAsync([.. Labels.Select((label, at) => Small.Node(label.Split('-')[0], label[^1] - '0')
            .Record(NodeState.Ready, 100 + at) with { PublicIpv4 = $"203.0.113.{at + 1}", Login = "lctadmin" })], default);
        var keys = new Dictionary<string, string>();
        foreach (var label in Labels)
        {
            nodes.Give(label, keys[label] = await KeyAsync(label));
        }

        return keys;
    }

    private async Task StandsAnewAsync(Dictionary<string, string> before)
    {
        foreach (var label in Labels)
        {
            Assert.NotEqual(before[label], await KeyAsync(label));
            Assert.True(nodes.Takes(label, await KeyAsync(label)));
            Assert.False(nodes.Takes(label, before[label]));
        }

        Assert.All(await kept.ListAsync(default), name => Assert.EndsWith("/admin-key", name, StringComparison.Ordinal));
    }

    private SqlInventoryStore Inventory() =>
        new(new SqliteFile(folder["i.db"], SqliteTables.Inventory), new ToolkitContext("tests", "me"));

    private async Task SaveAsync(string label, Func<NodeRecord, NodeRecord> change)
    {
        var book = await ClusterBook.OpenAsync(Inventory(), Small.Cluster, TimeProvider.System, default);
        await book.SaveNodeAsync(change(book.Nodes.Single(node => node.Label == label)));
    }

    // As a process does it that ends with the first failure.
    private async Task RotateAsync()
    {
        var book = await ClusterBook.OpenAsync(Inventory(), Small.Cluster, TimeProvider.System, default);
        var tools = new ConfigurationTools(
            new Lazy<IRemoteShell>(nodes), book, Identities(), kept, folder["known_hosts"], new SshPolicy(), TimeSpan.FromMinutes(1),
            TimeProvider.System);
        var steps = new RotateKeys(tools).StepsFor(KeyPlanner.Rotation(Small.Cluster, sharing, book.Nodes, null, null));
        foreach (var step in steps)
        {
            await step.Work!(new StepContext(false, 1, _ => { }), default);
        }
    }

    private sealed class Death(string at) : Exception(at);

    /// <summary>A store whose process may die before and after each write.</summary>
    private sealed class DyingStore(ISecretStore inner, Action<string> moment) : ISecretStore
    {
        public string Scheme => inner.Scheme;

        public string Description => inner.Description;

        public Task<StoredSecret?> ReadAsync(string name, CancellationToken cancellation) => inner.ReadAsync(name, cancellation);

        public Task<bool> SetAsync(string name, Sensitive value, CancellationToken cancellation) =>
            AroundAsync($"write of {name}", () => inner.SetAsync(name, value, cancellation));

        public Task<bool> TrySetAsync(string name, Sensitive value, string? expected, CancellationToken cancellation) =>
            AroundAsync($"write of {name}", () => inner.TrySetAsync(name, value, expected, cancellation));

        public Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellation) => inner.ListAsync(folder, cancellation);

        public Task<bool> DeleteAsync(string name, CancellationToken cancellation) =>
            AroundAsync($"end of {name}", () => inner.DeleteAsync(name, cancellation));

        private async Task<bool> AroundAsync(string what, Func<Task<bool>> write)
        {
            moment($"before the {what}");
            var done = await write();
            moment($"after the {what}");
            return done;
        }
    }
}
