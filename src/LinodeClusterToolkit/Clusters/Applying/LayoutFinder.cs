using System.Globalization;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters.Applying;

/// <summary>Type, image and disks of nodes that stay.</summary>
internal static class LayoutFinder
{
    public static IEnumerable<PlannedChange> Find(ApplyScene scene) => scene.Whole.SelectMany(one => Of(scene, one.Record, one.Node));

    private static IEnumerable<PlannedChange> Of(ApplyScene scene, NodeRecord record, ResolvedNode node)
    {
        var found = scene.Sight.Nodes!.First(one => one.Id == record.LinodeId);
        var before = scene.InForce.Select(plan => plan.Nodes.FirstOrDefault(one => one.Key == node.Key)).OfType<ResolvedNode>().ToList();
        var anew = Anew(record, node, before).ToList();
        var isNewType = !node.Types.Contains(found.Type);
        if (isNewType)
        {
            yield return Typed(scene, record, node, found.Type, anew.Count > 0);
        }

        foreach (var change in anew.Count > 0 ? anew : Resized(record, node, before))
        {
            yield return change;
        }
    }

    private static PlannedChange Typed(ApplyScene scene, NodeRecord record, ResolvedNode node, string type, bool isAnew)
    {
        var (now, next) = (DiskOf(scene, type), DiskOf(scene, node.Type));
        var needed = node.Disks.Count > 0 ? node.Disks.Sum(disk => disk.SizeMb) : now;
        var fits = isAnew || next >= needed;
        var change = ApplyScene.On(fits ? ChangeRules.NodeType : ChangeRules.NodeTypeTooSmall, record) with
        {
            Fact = "type", From = type, To = node.Type,
            Why = fits ? "the plan has another" : $"its disks take {Mb(needed)} and {node.Type} has {Mb(next)}",
        };
        return scene.Priced(scene.Priced(change, node.Type, 0, +1), type, 0, -1);
    }

    // What a plan says of the image or the layout shows on new disks only.
    private static IEnumerable<PlannedChange> Anew(NodeRecord record, ResolvedNode node, List<ResolvedNode> before)
    {
        if (record.Image.Length > 0 && record.Image != node.Image)
        {
            yield return ApplyScene.On(ChangeRules.NodeImage, record) with { Fact = "image", From = record.Image, To = node.Image, Why = "the plan has another" };
        }

        if (before.Find(one => !HasSameLayout(one.Disks, node.Disks)) is { } other)
        {
            yield return ApplyScene.On(ChangeRules.NodeLayout, record) with
            {
                Fact = "disks", From = Layout(other.Disks), To = Layout(node.Disks), Why = "disks in use cannot be made into these",
            };
        }
    }

    private static IEnumerable<PlannedChange> Resized(NodeRecord record, ResolvedNode node, List<ResolvedNode> before)
    {
        foreach (var (at, disk) in node.Disks.Index())
        {
            foreach (var size in before.Select(one => one.Disks[at].SizeMb).Where(size => size != disk.SizeMb).Distinct())
            {
                var grows = size < disk.SizeMb;
                yield return ApplyScene.On(grows ? ChangeRules.NodeDiskGrown : ChangeRules.NodeDiskShrunk, record) with
                {
                    Fact = $"disk {disk.Label}", From = Mb(size), To = Mb(disk.SizeMb),
                    Why = grows ? "the plan gives it more room" : "what is on it may need the room",
                };
            }
        }
    }

    private static bool HasSameLayout(IReadOnlyList<ResolvedDisk> one, IReadOnlyList<ResolvedDisk> other) =>
        one.Select(Bare).SequenceEqual(other.Select(Bare));

    private static ResolvedDisk Bare(ResolvedDisk disk) => disk with { SizeMb = 0, Mount = null };

    private static string Layout(IReadOnlyList<ResolvedDisk> disks) =>
        disks.Count == 0 ? "the platform's own" : string.Join(", ", disks.Select(disk => $"{disk.Label} {disk.MadeOnNode ?? disk.Filesystem}"));

    private static int DiskOf(ApplyScene scene, string type) => scene.Catalog.Offer.Types.FirstOrDefault(one => one.Id == type)?.DiskMb ?? 0;

    private static string Mb(int size) => string.Create(CultureInfo.InvariantCulture, $"{size} MB");
}
