using System.Globalization;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters.Applying;

/// <summary>Block storage volumes: of nodes that stay, and of those that go.</summary>
internal static class VolumeFinder
{
    public static IEnumerable<PlannedChange> Find(ApplyScene scene)
    {
        var made = scene.Records.Made(ResourceKind.Volume).ToDictionary(one => one.Key, StringComparer.Ordinal);
        var planned = scene.Target.Nodes.SelectMany(node => node.Volumes.Select(volume => CreateVolumes.KeyOf(node, volume))).ToHashSet(StringComparer.Ordinal);
        var coming = scene.Target.Nodes.ExceptBy(scene.Whole.Select(one => one.Node.Key), node => node.Key).SelectMany(
            node => node.Volumes.Where(volume => !made.ContainsKey(CreateVolumes.KeyOf(node, volume))).Select(volume => Added(scene, node, volume, "its node is made")));
        return coming.Concat(scene.Whole.SelectMany(one => one.Node.Volumes.SelectMany(volume =>
                Of(scene, one.Record, one.Node, volume, made.GetValueOrDefault(CreateVolumes.KeyOf(one.Node, volume))))))
            .Concat(made.Values.Where(one => !planned.Contains(one.Key)).Select(one => Removed(scene, one)));
    }

    private static IEnumerable<PlannedChange> Of(ApplyScene scene, NodeRecord record, ResolvedNode node, ResolvedVolume volume, ResourceRecord? made)
    {
        if (made is null)
        {
            yield return Added(scene, node, volume, "the plan has it");
            yield break;
        }

        if (scene.IsLost(made))
        {
            yield return scene.Priced(On(ChangeRules.VolumeLost, node, volume) with { To = Gb(volume.SizeGb), Why = "it is gone from the account" }, null, volume.SizeGb, +1);
            yield break;
        }

        var found = scene.Sight.Volumes!.First(one => one.Id == made.CloudId);
        if (found.SizeGb != volume.SizeGb)
        {
            var grows = found.SizeGb < volume.SizeGb;
            var change = On(grows ? ChangeRules.VolumeGrown : ChangeRules.VolumeShrunk, node, volume) with
            {
                Fact = "size", From = Gb(found.SizeGb), To = Gb(volume.SizeGb), Why = grows ? "the plan has more" : "volumes only grow",
            };
            yield return scene.Priced(scene.Priced(change, null, volume.SizeGb, +1), null, found.SizeGb, -1);
        }

        if (found.NodeId != record.LinodeId)
        {
            var other = found.NodeId is { } id ? scene.Records.NameOf(id) : null;
            yield return On(ChangeRules.VolumeLoose, node, volume) with
            {
                Fact = "attached to", From = other, To = record.Label, Why = "it is not where it belongs",
                Way = other is null ? ChangeWay.InPlace : ChangeWay.Refused,
            };
        }

        string[] tags = [.. found.Tags.Where(tag => tag != scene.Records.Cluster.OwnerTag)];
        if (scene.Sight.KnowsTags && !tags.ToHashSet(StringComparer.Ordinal).SetEquals(node.Tags))
        {
            yield return On(ChangeRules.VolumeTags, node, volume) with
            {
                Fact = "tags", From = string.Join(", ", tags), To = string.Join(", ", node.Tags), Why = "the plan has others",
            };
        }

        foreach (var old in scene.InForce.Select(plan => plan.Nodes.FirstOrDefault(one => one.Key == node.Key)?.Volumes.FirstOrDefault(one => one.Name == volume.Name))
            .OfType<ResolvedVolume>().Where(old => old.Filesystem != volume.Filesystem).Take(1))
        {
            yield return On(ChangeRules.VolumeFilesystem, node, volume) with
            {
                Fact = "fs", From = old.Filesystem ?? "none", To = volume.Filesystem ?? "none", Why = "what is on it would be lost",
            };
        }
    }

    private static PlannedChange Added(ApplyScene scene, ResolvedNode node, ResolvedVolume volume, string why) =>
        scene.Priced(On(ChangeRules.VolumeAdded, node, volume) with { To = Gb(volume.SizeGb), Why = why }, null, volume.SizeGb, +1);

    private static PlannedChange Removed(ApplyScene scene, ResourceRecord made)
    {
        var node = scene.Records.Nodes.FirstOrDefault(one => one.Key == made.NodeKey);
        var stays = scene.Target.Nodes.Any(one => one.Key == made.NodeKey);
        return scene.Priced(
            ChangeRules.VolumeRemoved.Of("volume", made.Key, made.Label) with
            {
                Region = made.Region, Group = node?.Group, Node = made.NodeKey, From = Gb((int)(made.Size ?? 0)),
                Why = stays ? "the plan does not have it" : "its node goes",
            },
            null, (int)(made.Size ?? 0), -1);
    }

    private static PlannedChange On(ChangeRule rule, ResolvedNode node, ResolvedVolume volume) =>
        rule.Of("volume", CreateVolumes.KeyOf(node, volume), volume.Label) with { Region = node.Region, Group = node.Group, Node = node.Key };

    private static string Gb(int size) => string.Create(CultureInfo.InvariantCulture, $"{size} GB");
}
