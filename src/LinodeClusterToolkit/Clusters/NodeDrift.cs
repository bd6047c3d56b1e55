using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Nodes as recorded against nodes as seen.</summary>
internal static class NodeDrift
{
    public static void Compare(DriftRecords records, CloudSight sight, DriftList drifts)
    {
        if (sight.Nodes is null)
        {
            return;
        }

        var seen = sight.Nodes.DistinctBy(node => node.Id).ToDictionary(node => node.Id);
        foreach (var node in records.Standing)
        {
            if (seen.GetValueOrDefault(node.LinodeId!.Value) is { Status: not "deleting" } found)
            {
                Compare(records, sight, node, found, drifts);
            }
            else
            {
                var remedy = records.Plan.Nodes.Any(planned => planned.Key == node.Key) ? DriftRemedy.MakeAnew : DriftRemedy.DeleteNode;
                drifts.Add(Compared.Of(node), DriftKind.Missing, "node", $"{node.Type} in {node.Region}", null, remedy);
            }
        }

        var known = records.Nodes.Where(node => node.State != NodeState.Gone).Select(node => node.LinodeId).OfType<long>().ToHashSet();
        var awaited = records.Nodes.Where(node => node.LinodeId is null && node.State != NodeState.Gone).Select(node => node.Label).ToHashSet();
        foreach (var found in seen.Values.Where(node => !known.Contains(node.Id) && node.Status != "deleting").OrderBy(node => node.Id))
        {
            var isTagged = found.Tags.Contains(records.Cluster.OwnerTag);
            var one = new Compared("node", found.Label, null, found.Id);
            if (isTagged && !awaited.Contains(found.Label))
            {
                drifts.AddExtra(one, $"{found.Type} in {found.Region}");
            }
            else if (!isTagged && sight.Guarded?.Contains(found.Id) == true)
            {
                drifts.Add(one, DriftKind.Extra, "firewall", null, "behind the cluster's firewall");
            }
        }
    }

    private static void Compare(DriftRecords records, CloudSight sight, NodeRecord node, CloudNode found, DriftList drifts)
    {
        var one = Compared.Of(node);
        drifts.Hold(one, "label", node.Label, found.Label);
        drifts.HoldTags(one, sight.KnowsTags ? node.Tags : null, found.Tags);
        drifts.Hold(one, "region", node.Region, found.Region);
        drifts.Hold(one, "type", node.Type, found.Type);
        drifts.Hold(one, "image", node.Image.Length > 0 ? node.Image : null, found.Image);
        HoldAddresses(one, node, found, drifts);
        drifts.Hold(one, "watchdog", node.Unwatched ? "off" : "on", found.IsWatched switch { true => "on", false => "off", null => null });
        if (sight.Guarded is { } guarded && !guarded.Contains(found.Id))
        {
            drifts.Add(one, DriftKind.Changed, "firewall", records.Made(ResourceKind.Firewall).FirstOrDefault()?.Label ?? "the cluster's", null);
        }

        HoldPower(one, node, found, drifts);
    }

    // The first of several public addresses need not be the one it was made with.
    private static void HoldAddresses(Compared one, NodeRecord node, CloudNode found, DriftList drifts)
    {
        string[] all = [.. found.Ipv4.Concat([found.PublicIpv4, found.PrivateIpv4]).OfType<string>().Distinct(StringComparer.Ordinal)];
        string?[] recorded = [node.PublicIpv4, node.PrivateIpv4];
        foreach (var (fact, address, instead) in new[]
        {
            ("public_ipv4", node.PublicIpv4, found.PublicIpv4), ("private_ipv4", node.PrivateIpv4, found.PrivateIpv4),
        })
        {
            if (address is not null && !all.Contains(address))
            {
                drifts.Add(one, DriftKind.Changed, fact, address, instead);
                all = [.. all.Where(other => other != instead)];
            }
        }

        // An address that no record has may have been there all along, as one of a kind of which none is known.
        var more = all.Except(recorded).Where(other => other != (node.PublicIpv4 is null ? found.PublicIpv4 : null)
            && other != (node.PrivateIpv4 is null ? found.PrivateIpv4 : null)).ToArray();
        if (more.Length > 0)
        {
            drifts.Add(one, DriftKind.Changed, "more ipv4", null, string.Join(", ", more));
        }

        drifts.Hold(one, "ipv6", node.Ipv6, found.Ipv6);
    }

    // Only where the record says what its power is to be: of a node on its way nothing can be said.
    private static void HoldPower(Compared one, NodeRecord node, CloudNode found, DriftList drifts)
    {
        bool? runs = found.Status switch
        {
            "running" or "booting" or "rebooting" => true,
            "offline" or "stopped" or "shutting_down" or "billing_suspension" => false,
            _ => null,
        };
        bool? should = (node.State, node.Power) switch
        {
            (NodeState.Creating, _) => null,
            (NodeState.Stopped, _) or (_, "offline") => false,
            (_, "running") => true,
            _ => null,
        };
        if (runs is not null && should is not null && runs != should)
        {
            var (kind, recorded) = should.Value ? (DriftKind.Off, "running") : (DriftKind.On, "offline");
            drifts.Add(one, kind, "power", recorded, found.Status, should.Value ? DriftRemedy.Restart : DriftRemedy.Start);
        }
    }
}
