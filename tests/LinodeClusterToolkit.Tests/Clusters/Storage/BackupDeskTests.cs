using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Tests.Configuration;

namespace LinodeClusterToolkit.Tests.Clusters.Storage;

public sealed class BackupDeskTests : IAsyncLifetime
{
    private readonly FrontDoor door = new();
    private NodeRecord one = null!;
    private NodeRecord two = null!;

    private FakeCloud Cloud => door.Cloud;

    public async Task InitializeAsync()
    {
        await door.CreateAsync("shop", "[{ name: db, type: g6-nanode-1, count: 2 }]");
        (one, two) = (await door.Toolkit.GetNodeAsync("shop-us-east-db-1"), await door.Toolkit.GetNodeAsync("shop-us-east-db-2"));
    }

    public async Task DisposeAsync() => await door.DisposeAsync();

    [Fact]
    public async Task Backups_are_bought_taken_found_and_given_up()
    {
        Assert.Equal("LCT4090", await CodeOfAsync(() => door.Toolkit.TakeSnapshotAsync(one, "first")));
        Assert.True((await door.Toolkit.SetBackupsAsync(one, on: true)).Backups.IsEnabled);

        var taken = await door.Toolkit.TakeSnapshotAsync(one, "first");

        Assert.Equal(taken.Id, (await door.Toolkit.GetBackupAsync(one, "first")).Id);
        Assert.Equal(taken.Id, (await door.Toolkit.GetBackupAsync(one, $"{taken.Id}")).Id);
        Assert.Equal("LCT4091", await CodeOfAsync(() => door.Toolkit.GetBackupAsync(one, "second")));
        Assert.Empty((await door.Toolkit.SetBackupsAsync(one, on: false)).Backups.All);
    }

    [Fact]
    public async Task A_snapshot_whose_answer_got_lost_is_not_taken_twice()
    {
        await door.Toolkit.SetBackupsAsync(one, on: true);
        Cloud.After = call =>
        {
            if (call.StartsWith("snapshot", StringComparison.Ordinal))
            {
                throw FakeCloud.Fails(ApiFailure.AnswerLost);
            }
        };

        Assert.Equal("first", (await door.Toolkit.TakeSnapshotAsync(one, "first")).Label);
        Assert.Equal(1, Cloud.Calls.Count(call => call.StartsWith("snapshot", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_restore_shuts_down_writes_boots_and_enters()
    {
        var backup = await WithSnapshotAsync();
        var shell = new ScriptedShell();
        await using var toolkit = door.Open(shell);
        Cloud.Calls.Clear();

        var restored = await toolkit.RestoreNodeAsync(one, backup);

        Assert.Equal((true, null, "running"), (restored.IsUp, restored.Warning, restored.Node.Power));
        string[] wanted = [$"shut down {one.LinodeId}", $"restore {backup.Id} of {one.LinodeId} to {one.LinodeId}", $"boot {one.LinodeId}"];
        Assert.Equal(wanted, Cloud.Calls.Where(wanted.Contains));
        Assert.Contains(shell.Used, used => used.EndsWith($"@{one.Label}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_that_becomes_a_copy_of_another_is_entered_as_that_one_is()
    {
        var backup = await WithSnapshotAsync();
        var shell = new ScriptedShell();
        await using var toolkit = door.Open(shell);
        var id = (await toolkit.GetClusterAsync("shop")).Cluster.Id;

        var restored = await toolkit.RestoreNodeAsync(one, backup, two);

        Assert.Equal(one.HostKeys, restored.Node.HostKeys);
        Assert.Equal((two.Label, two.LinodeId), (restored.Node.Label, restored.Node.LinodeId));
        Assert.Equal(
            (await toolkit.Secrets.FindAsync($"clusters/{id:D}/nodes/{one.Label}/admin-key"))!.Reveal(),
            (await toolkit.Secrets.FindAsync($"clusters/{id:D}/nodes/{two.Label}/admin-key"))!.Reveal());
        Assert.Contains(shell.Scripts, script => script.Contains($"name='{two.HostName}'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_whose_keys_are_others_by_now_is_restored_with_a_warning()
    {
        var backup = await WithSnapshotAsync();
        await using var toolkit = door.Open(new LockedShell());
        var restored = await toolkit.RestoreNodeAsync(one, backup);
        Assert.Equal(("LCT6271", true), (restored.Warning!.Code, restored.IsUp));
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_before_anything_is_lost()
    {
        var backup = await WithSnapshotAsync();
        Cloud.Calls.Clear();
        Assert.Equal("LCT4093", await CodeOfAsync(() => door.Toolkit.RestoreNodeAsync(one, backup, two with { Region = "eu-west" })));
        Assert.Equal("LCT4092", await CodeOfAsync(() => door.Toolkit.RestoreNodeAsync(one, backup with { IsAvailable = false, Status = "running" })));
        Assert.Equal("LCT4011", await CodeOfAsync(() => door.Toolkit.RestoreNodeAsync(one with { LinodeId = 4711 }, backup)));
        Assert.DoesNotContain(Cloud.Calls, call => call.StartsWith("restore", StringComparison.Ordinal) || call.StartsWith("shut down", StringComparison.Ordinal));
    }

    private async Task<CloudBackup> WithSnapshotAsync()
    {
        await door.Toolkit.SetBackupsAsync(one, on: true);
        return await door.Toolkit.TakeSnapshotAsync(one, "first");
    }

    private static async Task<string> CodeOfAsync(Func<Task> call) => (await Assert.ThrowsAsync<LinodeToolkitException>(call)).Problem.Code;

    /// <summary>Nobody is let in.</summary>
    private sealed class LockedShell : IRemoteShell
    {
        public string Name => "locked";

        public bool IsReal => true;

        public Task ConnectAsync(RemoteHost host, TimeSpan within, Action<string>? note, CancellationToken cancellation) =>
            throw new RemoteException(RemoteStage.KeyRefused, new("LCT6214", "the key is refused"));

        public Task<RemoteResult> RunAsync(RemoteHost host, ShellCommand command, CancellationToken cancellation) =>
            throw new RemoteException(RemoteStage.KeyRefused, new("LCT6214", "the key is refused"));

        public Task UploadAsync(RemoteHost host, string local, string remote, CancellationToken cancellation) => throw new NotSupportedException();

        public Task DownloadAsync(RemoteHost host, string remote, string local, CancellationToken cancellation) => throw new NotSupportedException();

        public Task CloseAsync(RemoteHost host) => Task.CompletedTask;

        public Task<IReadOnlyList<string>> SessionAsync(
            RemoteHost host, IReadOnlyList<string> command, bool terminal, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<RemoteWay> WayAsync(RemoteHost host, TimeSpan lasting, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
