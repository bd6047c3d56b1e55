using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Tests.Api.V4;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V3;

[Collection(VirtualTimeCollection.Name)]
public sealed class V3CloudVolumesTests
{
    private const string Neighbour = "lct:ffffffff00000001";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public Task Owner_marks_of_volumes_are_part_of_their_labels() => V3World.RunAsync(async world =>
    {
        var ours = await world.Cloud.CreateVolumeAsync(new("data", "us-east", 20, ["blue", V3World.Owner], null, null), None);
        var theirs = await world.Cloud.CreateVolumeAsync(new("data", "us-east", 10, [Neighbour], null, null), None);
        var bare = await world.Cloud.CreateVolumeAsync(new("data", "us-east", 30, [], null, null), None);

        Assert.Equal(("data", "creating", 20, "us-east", null), (ours.Label, ours.Status, ours.SizeGb, ours.Region, ours.NodeId));
        Assert.Equal([V3World.Owner], ours.Tags);
        Assert.Empty(bare.Tags);
        Assert.Equal("/dev/disk/by-id/scsi-0Linode_Volume_data-lct9a3c4e26", ours.FilesystemPath);
        var rows = await world.Console.SendAsync(new ListVolumes());
        Assert.Equal(["data", "data-lct00000001", "data-lct9a3c4e26"], rows.Select(row => row.Label).Order(StringComparer.Ordinal));
        Assert.Equal([ours.Id], await IdsAsync(world.Other, new(Tag: V3World.Owner)));
        Assert.Equal([theirs.Id], await IdsAsync(world.Other, new(Tag: Neighbour)));
        Assert.Equal([ours.Id, bare.Id], await IdsAsync(world.Other, new("data") { Owner = V3World.Owner }));
        Assert.Equal([bare.Id], await IdsAsync(world.Other, new("data")));
        Assert.Equal([ours.Id, theirs.Id, bare.Id], await IdsAsync(world.Other, new()));
        Assert.Empty(await IdsAsync(world.Other, new("logs", V3World.Owner)));
    });

    [Fact]
    public Task A_volume_is_made_attached_detached_and_deleted_once() => V3World.RunAsync(async world =>
    {
        var (node, _) = await world.LaidOutAsync();
        var direct = await world.Cloud.CreateVolumeAsync(new("direct", "us-east", 10, [V3World.Owner], node, null), None);
        var loose = await world.Cloud.CreateVolumeAsync(new("loose", "us-east", 10, [V3World.Owner], null, null), None);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((node, "us-east"), (direct.NodeId, direct.Region));

        var attached = await world.Cloud.AttachVolumeAsync(loose.Id, node, null, None);
        Assert.Equal((loose.Id, "loose", node), (attached.Id, attached.Label, attached.NodeId));
        await world.PassAsync(TimeSpan.FromMinutes(1));
        await world.Cloud.DetachVolumeAsync(loose.Id, None);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(
            [("direct", node, "active"), ("loose", null, "active")],
            (await world.Cloud.ListVolumesAsync(new(), None).AllAsync()).Select(volume => (volume.Label, volume.NodeId, volume.Status)));

        Assert.True(await world.Cloud.DeleteVolumeAsync(loose.Id, None));
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.False(await world.Cloud.DeleteVolumeAsync(loose.Id, None));
        Assert.Equal([direct.Id], await IdsAsync(world.Cloud, new()));
    });

    [Fact]
    public Task A_long_label_is_cut_and_two_that_begin_alike_stay_two() => V3World.RunAsync(async world =>
    {
        string[] labels = ["fleet-wordpress-database-node-01", "fleet-wordpress-database-node-02"];
        foreach (var label in labels)
        {
            var made = await world.Cloud.CreateVolumeAsync(new(label, "us-east", 10, [V3World.Owner], null, null), None);
            Assert.Equal(world.Cloud.LabelSeen(label), made.Label);
            Assert.Equal([made.Id], await IdsAsync(world.Cloud, new(label) { Owner = V3World.Owner }));
        }

        var rows = await world.Console.SendAsync(new ListVolumes());
        Assert.Equal([32, 32], rows.Select(row => row.Label.Length));
        Assert.All(rows, row => Assert.EndsWith("-lct9a3c4e26", row.Label, StringComparison.Ordinal));
    });

    private static async Task<IEnumerable<long>> IdsAsync(ILinodeCloud cloud, CloudFilter filter) =>
        (await cloud.ListVolumesAsync(filter, None).AllAsync()).Select(volume => volume.Id).Order();
}
