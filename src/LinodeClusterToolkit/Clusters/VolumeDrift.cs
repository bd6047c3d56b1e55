using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Volumes as recorded against volumes as seen.</summary>
internal static class VolumeDrift
{
    public static void Compare(DriftRecords records, CloudSight sight, DriftList drifts)
    {
        if (sight.Volumes is null)
        {
            return;
        }

        var seen = sight.Volumes.DistinctBy(volume => volume.Id).ToDictionary(volume => volume.Id);
        var planned = records.Plan.Nodes.SelectMany(node => node.Volumes.Select(volume => (Node: node, volume.Label)))
            .DistinctBy(one => one.Label).ToDictionary(one => one.Label, one => one.Node, StringComparer.Ordinal);
        foreach (var made in records.Made(ResourceKind.Volume))
        {
            var one = Compared.Of(made);
            if (!seen.TryGetValue(made.CloudId!.Value, out var found))
            {
                drifts.Add(one, DriftKind.Missing, "volume", made.Size is { } size ? $"{size} GB" : made.Label, null);
                continue;
            }

            drifts.Hold(one, "label", sight.LabelSeen(made.Label), found.Label);
            drifts.HoldTags(one, sight.KnowsTags ? planned.GetValueOrDefault(made.Label)?.Tags : null, found.Tags);
            drifts.Hold(one, "region", made.Region, found.Region);
            drifts.Hold(one, "size", made.Size is { } gb ? $"{gb} GB" : null, $"{found.SizeGb} GB");
            HoldHolder(records, sight, made, found, drifts);
        }

        var known = records.Ids(ResourceKind.Volume).ToHashSet();
        var awaited = planned.Keys.Except(records.Made(ResourceKind.Volume).Select(made => made.Label)).Select(sight.LabelSeen)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var found in seen.Values.Where(volume => !known.Contains(volume.Id)))
        {
            // One that is planned and not recorded yet is taken up by the run that made it.
            if (awaited.Contains(found.Label))
            {
                continue;
            }

            drifts.AddExtra(new("volume", found.Label, null, found.Id), $"{found.SizeGb} GB in {found.Region}");
        }
    }

    // A node that is gone has let go of its volumes: that it is missing is said already.
    private static void HoldHolder(DriftRecords records, CloudSight sight, ResourceRecord made, CloudVolume found, DriftList drifts)
    {
        var holder = records.Standing.FirstOrDefault(node => node.Key == made.NodeKey);
        var stands = holder is not null && sight.Nodes?.Any(node => node.Id == holder.LinodeId && node.Status != "deleting") != false;
        if (stands && found.NodeId != holder!.LinodeId)
        {
            var instead = found.NodeId is { } other ? records.NameOf(other) : null;
            drifts.Add(Compared.Of(made), DriftKind.Changed, "attached to", holder.Label, instead);
        }
    }
}
