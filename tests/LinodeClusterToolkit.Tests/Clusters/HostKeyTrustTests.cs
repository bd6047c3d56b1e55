using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Sqlite;
using LinodeClusterToolkit.Tests.Configuration;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <summary>Accepting the host key of a node, through the front door.</summary>
public sealed class HostKeyTrustTests : IAsyncLifetime
{
    private readonly FrontDoor door = new();
    private readonly ScriptedShell shell = new();
    private LinodeToolkit toolkit = null!;

    [Fact]
    public async Task The_accepted_key_is_the_only_known_one_of_its_node_and_all_else_stays()
    {
        var (first, second) = (await NodeAsync(1), await NodeAsync(2));
        var old = FakeKeys.Make().Public;
        await toolkit.TrustAsync(first, $"{old}");
        await toolkit.TrustAsync(second, $"{second.HostKeys[0]}");
        var key = FakeKeys.Make().Public;

        var trusted = await toolkit.TrustAsync(first, $"{key} root@web\n");

        Assert.Equal([old.Fingerprint, key.Fingerprint], trusted.Before.Append(trusted.Now));
        // Which of the two has the lower id is chance.
        string[] known = [$"linode-{first.LinodeId} {key.Type} {key.Body}", $"linode-{second.LinodeId} {second.HostKeys[0]}"];
        Assert.Equal(known.Order(StringComparer.Ordinal), File.ReadAllLines(KnownHosts(first)).Order(StringComparer.Ordinal));
        var (after, other) = (await NodeAsync(1), await NodeAsync(2));
        Assert.Equal([$"{key.Type} {key.Body}"], after.HostKeys);
        Assert.Equal(HostKeyOrigin.Accepted, after.HostKeyOrigin);
        Assert.Equivalent(first with { HostKeys = after.HostKeys, HostKeyOrigin = after.HostKeyOrigin, Updated = after.Updated }, after);
        Assert.Equivalent(second, other);
        Assert.Empty(shell.Used);
    }

    [Theory]
    [InlineData("ssh-ed25519 AAAA", "LCT1031")]
    [InlineData("SHA256:mVPwvezndPv/ARoIadVY98vAC0g+P/5633yTC4d/wXE", "LCT1031")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----", "LCT1021")]
    public async Task What_is_no_public_key_is_refused_and_changes_nothing(string line, string code)
    {
        var before = await NodeAsync(1);

        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(() => toolkit.TrustAsync(before, line));

        Assert.Equal(code, refused.Problem.Code);
        Assert.Equivalent(before, await NodeAsync(1));
        Assert.False(File.Exists(KnownHosts(before)));
    }

    [Fact]
    public async Task While_a_run_is_at_work_on_the_cluster_nothing_is_accepted()
    {
        var before = await NodeAsync(1);
        await using var file = new SqliteFile(Path.Combine(door.DataFolder, "inventory.db"), SqliteTables.Leases);
        var leases = new SqlLeaseStore(file, "linodetool", "me");
        await using var run = await HeldLease.TakeAsync(leases, "shop", "create", LeaseHolder.Self, TimeProvider.System, default);

        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(() => toolkit.TrustAsync(before, $"{FakeKeys.Make().Public}"));

        Assert.Equal("LCT7011", refused.Problem.Code);
        Assert.Equivalent(before, await NodeAsync(1));
    }

    [Fact]
    public async Task A_key_for_a_node_that_is_gone_is_not_given_to_the_one_in_its_place()
    {
        var gone = await NodeAsync(1);
        await door.Toolkit.DeleteAsync("shop", new(), observer: null);
        await MakeAsync();
        var before = await NodeAsync(1);

        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(() => toolkit.TrustAsync(gone, $"{FakeKeys.Make().Public}"));

        Assert.Equal("LCT4011", refused.Problem.Code);
        Assert.Equal(gone.Key, before.Key);
        Assert.Equivalent(before, await NodeAsync(1));
    }

    public async Task InitializeAsync()
    {
        toolkit = door.Open(shell);
        await MakeAsync();
    }

    public async Task DisposeAsync()
    {
        await toolkit.DisposeAsync();
        await door.DisposeAsync();
    }

    private async Task MakeAsync() => Assert.Equal("done", (await door.CreateAsync("shop", "[{ name: web, type: g6-nanode-1, count: 2 }]")).Outcome);

    private Task<NodeRecord> NodeAsync(int ordinal) => toolkit.GetNodeAsync($"us-east/web/{ordinal}");

    private string KnownHosts(NodeRecord node) => Path.Combine(door.DataFolder, "ssh", $"{node.ClusterId:D}", "known_hosts");
}
