using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;

namespace LinodeClusterToolkit.Tests.Api.Emulated;

/// <summary>Owner marks are put beside what is there, once, and never over another's.</summary>
public sealed class MarkTests
{
    private static readonly string Mine = $"lct:{Guid.NewGuid():D}";
    private static readonly string Theirs = $"lct:{Guid.NewGuid():D}";

    [Theory]
    [InlineData(CloudThing.Node)]
    [InlineData(CloudThing.Volume)]
    [InlineData(CloudThing.Balancer)]
    [InlineData(CloudThing.Firewall)]
    public async Task A_thing_keeps_its_tags_gets_one_mark_and_is_left_to_whom_it_belongs(CloudThing what)
    {
        await using var world = new EmulatedCloud();
        var (free, taken) = (await MakeAsync(world, what, "one", "legacy"), await MakeAsync(world, what, "two", Theirs));

        Assert.Equal(["legacy", Mine], await MarkAsync(world, what, free, Mine));
        Assert.Equal(["legacy", Mine], await MarkAsync(world, what, free, Mine));
        Assert.Equal(["legacy", Mine], await MarkAsync(world, what, free, Theirs));
        Assert.Equal([Theirs], await MarkAsync(world, what, taken, Mine));
        Assert.Null(await MarkAsync(world, what, 987654, Mine));
    }

    private static Task<IReadOnlyList<string>?> MarkAsync(EmulatedCloud world, CloudThing what, long id, string mark) =>
        world.Time.DriveAsync(world.Cloud.MarkAsync(what, id, mark, default));

    private static async Task<long> MakeAsync(EmulatedCloud world, CloudThing what, string label, string tag) => what switch
    {
        CloudThing.Node => (await world.SendAsync(new CreateInstance(new("us-east", "g6-nanode-1", label, Tags: [tag])))).Id,
        CloudThing.Volume => (await world.SendAsync(new CreateVolume(new(label, 20, "us-east", Tags: [tag])))).Id,
        CloudThing.Balancer => (await world.SendAsync(new CreateBalancer(new("us-east", label, Tags: [tag])))).Id,
        _ => (await world.SendAsync(new CreateFirewall(new(label, new("DROP", "ACCEPT", [], []), [tag])))).Id,
    };
}
