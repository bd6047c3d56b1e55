using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Sqlite;
using LinodeClusterToolkit.Tests.Configuration;

namespace LinodeClusterToolkit.Tests.Clusters.Storage;

public sealed class VolumeDeskTests : IAsyncLifetime
{
    private const string Plan =
        "[{ name: db, type: g6-nanode-1, count: 2, storage: [{ label: data, size: 20GB, type: blockstore, fs: ext4, mount: /mnt/data }] }]";

    private readonly FrontDoor door = new();
    private FakeCloud Cloud => door.Cloud;

    public async Task InitializeAsync() => Assert.Equal("done", (await door.CreateAsync("shop", Plan)).Outcome);

    public async Task DisposeAsync() => await door.DisposeAsync();

    [Fact]
    public async Task Volumes_are_listed_with_their_nodes_and_where_the_plan_mounts_them()
    {
        var all = await door.Toolkit.ListVolumesAsync().ToListAsync();
        Assert.Equal(
            [("shop-us-east-db-1", 20L, "/mnt/data", true), ("shop-us-east-db-2", 20L, "/mnt/data", true)],
            all.Select(one => (one.Node!.Label, one.Record.Size!.Value, one.Mount!, one.IsMountedByPlan)));
        Assert.Equal(all[0].Record, (await door.Toolkit.GetVolumeAsync($"{all[0].Record.CloudId}")).Record);
        Assert.Equal("LCT4012", await CodeOfAsync(() => door.Toolkit.GetVolumeAsync("data")));
        Assert.Empty(await door.Toolkit.ListVolumesAsync("shop").Where(one => one.Cluster != "shop").ToListAsync());
    }

    [Fact]
    public async Task A_volume_grows_in_the_cloud_in_the_records_and_on_its_node_and_given_again_only_there()
    {
        var shell = new ScriptedShell(_ => new RemoteResult(0, "lct changed ext4 grown at /mnt/data\nlct done 1\n", "", TimeSpan.Zero));
        await using var toolkit = door.Open(shell);
        var volume = await FirstAsync(toolkit);

        var grown = await toolkit.ResizeVolumeAsync(volume, 40);
        await toolkit.ResizeVolumeAsync(grown.Volume, 40);

        Assert.Equal(["ext4 grown at /mnt/data"], grown.Done);
        Assert.Equal((40L, false, false), (grown.Volume.Record.Size!.Value, grown.NeedsReboot, grown.IsRecorded));
        Assert.Equal(1, Cloud.Calls.Count(call => call == $"resize volume {volume.Record.CloudId} to 40"));
        Assert.Equal(2, shell.Scripts.Count);
        Assert.All(shell.Scripts, script => Assert.Contains("grow '/dev/disk' '40'", script));
        Assert.Equal(40, (await FirstAsync(toolkit)).Record.Size);
    }

    [Fact]
    public async Task A_node_that_does_not_see_the_new_size_is_named_and_one_that_is_off_is_left_alone()
    {
        var shell = new ScriptedShell(_ => new RemoteResult(0, "lct changed reboot-needed\nlct done 1\n", "", TimeSpan.Zero));
        await using var toolkit = door.Open(shell);
        var outcome = await toolkit.ResizeVolumeAsync(await FirstAsync(toolkit), 40);
        Assert.Equal((true, 0), (outcome.NeedsReboot, outcome.Done.Count));

        Assert.Equal("LCT4080", await CodeOfAsync(() => toolkit.ResizeVolumeAsync(outcome.Volume, 30)));
        Assert.Equal("LCT4081", await CodeOfAsync(() => toolkit.ResizeVolumeAsync(outcome.Volume, 20_000)));
        Assert.Equal(1, Cloud.Calls.Count(call => call.StartsWith("resize volume", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_answer_that_got_lost_is_looked_up_in_the_volume()
    {
        var volume = await FirstAsync(door.Toolkit);
        Cloud.After = call => Lose(call, "resize volume");
        Assert.Equal(40L, (await door.Toolkit.ResizeVolumeAsync(volume, 40)).Volume.Record.Size);
        Assert.Equal(1, Cloud.Calls.Count(call => call.StartsWith("resize volume", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_copy_belongs_to_the_cluster_and_is_made_once()
    {
        var volume = await FirstAsync(door.Toolkit);

        var copy = (await door.Toolkit.CloneVolumeAsync(volume, "before")).Volume;
        var again = (await door.Toolkit.CloneVolumeAsync(volume, "before")).Volume;

        Assert.Equal(copy.Record with { Updated = default }, again.Record with { Updated = default });
        Assert.Equal(("before", 20L, null), (copy.Record.Label, copy.Record.Size!.Value, copy.Node));
        Assert.Equal(1, Cloud.Calls.Count(call => call.StartsWith("clone volume", StringComparison.Ordinal)));
        var tag = (await door.Toolkit.GetClusterAsync("shop")).Cluster.OwnerTag;
        Assert.Equal([tag], Cloud.Volumes.Single(one => one.Label == "before").Tags);
        Assert.Equal("done", (await door.Toolkit.DeleteAsync("shop", new(), observer: null)).Outcome);
        Assert.Empty(Cloud.Volumes);
    }

    [Theory]
    [InlineData("clone volume")]
    [InlineData("tags of volume")]
    public async Task A_copy_whose_making_broke_off_is_taken_up_and_marked(string call)
    {
        var volume = await FirstAsync(door.Toolkit);
        Cloud.After = made => Break(made, call);
        await Assert.ThrowsAsync<LinodeApiException>(() => door.Toolkit.CloneVolumeAsync(volume, "before"));
        Cloud.After = _ => { };

        var copy = (await door.Toolkit.CloneVolumeAsync(volume, "before")).Volume;

        Assert.Equal(Cloud.Volumes.Single(one => one.Label == "before").Id, copy.Record.CloudId);
        Assert.Equal(1, Cloud.Calls.Count(made => made.StartsWith("clone volume", StringComparison.Ordinal)));
        Assert.Single(Cloud.Volumes.Single(one => one.Label == "before").Tags);
    }

    [Fact]
    public async Task A_label_of_anothers_volume_is_refused_and_leaves_no_record()
    {
        var volume = await FirstAsync(door.Toolkit);
        Cloud.Volumes.Add(Cloud.Volumes[0] with { Id = 4711, Label = "theirs", Tags = [] });
        Assert.Equal("LCT4086", await CodeOfAsync(() => door.Toolkit.CloneVolumeAsync(volume, "theirs")));
        Assert.Equal("LCT4087", await CodeOfAsync(() => door.Toolkit.CloneVolumeAsync(volume, "no--good")));
        Assert.Equal(2, await door.Toolkit.ListVolumesAsync().CountAsync());
    }

    [Fact]
    public async Task What_the_plan_mounts_stays_unless_forced_and_is_unmounted_before_it_goes()
    {
        var shell = new ScriptedShell(_ => new RemoteResult(0, "lct changed unmounted /mnt/data\nlct done 1\n", "", TimeSpan.Zero));
        await using var toolkit = door.Open(shell);
        var volume = await FirstAsync(toolkit);
        Assert.Equal("LCT4084", await CodeOfAsync(() => toolkit.DetachVolumeAsync(volume)));
        Assert.Empty(shell.Scripts);

        var loose = await toolkit.DetachVolumeAsync(volume, force: true);

        Assert.Contains("let_go '/dev/disk'", Assert.Single(shell.Scripts));
        Assert.Equal((null, "unmounted /mnt/data"), (loose.Volume.Node, Assert.Single(loose.Done)));
        Assert.Null(Cloud.Volumes.Single(one => one.Id == volume.Record.CloudId).NodeId);
    }

    [Fact]
    public async Task What_a_program_uses_stays_attached_unless_forced()
    {
        var shell = new ScriptedShell(command => command.Input!.Reveal().Contains("\nlet_go '", StringComparison.Ordinal)
            ? new RemoteResult(1, "", "lct error /mnt/x is in use", TimeSpan.Zero) : new RemoteResult(0, "lct done 0\n", "", TimeSpan.Zero));
        await using var toolkit = door.Open(shell);
        var copy = (await door.Toolkit.CloneVolumeAsync(await FirstAsync(door.Toolkit), "copy")).Volume;
        var node = await toolkit.GetNodeAsync("shop-us-east-db-2");
        var attached = (await toolkit.AttachVolumeAsync(copy, node)).Volume;

        await Assert.ThrowsAsync<RemoteException>(() => toolkit.DetachVolumeAsync(attached));
        Assert.Equal(node.LinodeId, Cloud.Volumes.Single(one => one.Label == "copy").NodeId);
        Assert.NotNull((await toolkit.DetachVolumeAsync(attached, force: true)).Undone);
        Assert.Null(Cloud.Volumes.Single(one => one.Label == "copy").NodeId);
    }

    [Fact]
    public async Task A_volume_goes_to_one_node_of_its_region_at_a_time()
    {
        var shell = new ScriptedShell();
        await using var toolkit = door.Open(shell);
        var copy = (await toolkit.CloneVolumeAsync(await FirstAsync(toolkit), "copy")).Volume;
        var (one, two) = (await toolkit.GetNodeAsync("shop-us-east-db-1"), await toolkit.GetNodeAsync("shop-us-east-db-2"));
        shell.Scripts.Clear();

        var attached = (await toolkit.AttachVolumeAsync(copy, one, "/mnt/copy")).Volume;

        Assert.Contains("disk '/dev/disk' '' '' '/mnt/copy'", Assert.Single(shell.Scripts));
        Assert.Equal(one.Label, attached.Node!.Label);
        Assert.Equal("LCT4082", await CodeOfAsync(() => toolkit.AttachVolumeAsync(attached, two)));
        var far = Assert.Throws<LinodeToolkitException>(() => LinodeToolkit.DemandAttachable(attached, two with { Region = "eu-west" }));
        Assert.Equal("LCT4083", far.Problem.Code);
        await toolkit.AttachVolumeAsync(attached, one);
        Assert.Equal(1, Cloud.Calls.Count(call => call == $"attach {copy.Record.CloudId}"));
    }

    [Fact]
    public async Task Nothing_is_done_while_a_run_is_at_work()
    {
        var volume = await FirstAsync(door.Toolkit);
        await using var file = new SqliteFile(Path.Combine(door.DataFolder, "inventory.db"), SqliteTables.Leases);
        var leases = new SqlLeaseStore(file, "linodetool", "me");
        await using var run = await HeldLease.TakeAsync(leases, "shop", "create", LeaseHolder.Self, TimeProvider.System, default);
        Assert.Equal("LCT7011", await CodeOfAsync(() => door.Toolkit.ResizeVolumeAsync(volume, 40)));
        Assert.Equal("LCT7011", await CodeOfAsync(() => door.Toolkit.CloneVolumeAsync(volume, "copy")));
        Assert.Equal("LCT7011", await CodeOfAsync(() => door.Toolkit.DetachVolumeAsync(volume, force: true)));
    }

    private static async Task<VolumeView> FirstAsync(LinodeToolkit toolkit) => await toolkit.ListVolumesAsync().FirstAsync();

    private static async Task<string> CodeOfAsync(Func<Task> call) => (await Assert.ThrowsAsync<LinodeToolkitException>(call)).Problem.Code;

    private void Lose(string call, string which)
    {
        if (call.StartsWith(which, StringComparison.Ordinal))
        {
            Cloud.After = _ => { };
            throw FakeCloud.Fails(ApiFailure.AnswerLost);
        }
    }

    private static void Break(string call, string which)
    {
        if (call.StartsWith(which, StringComparison.Ordinal))
        {
            throw FakeCloud.Fails(ApiFailure.Unavailable);
        }
    }
}
