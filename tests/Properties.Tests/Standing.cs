using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tests.EndToEnd;
using LinodeEmulator.State;

namespace Properties.Tests;

/// <summary>What stands in the cloud for a cluster, in words that two runs share, without ids and addresses; and whether the inventory agrees.</summary>
internal static class Standing
{
    /// <summary>A line for each thing that carries the owner's tag, with everything that hangs on it, and for each record.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(World world, ClusterView view)
    {
        // Looked at from outside, it brings itself up to the hour first.
        await world.CountsAsync("linodes");
        return world.Cloud.Core.Ask(cloud => Lines(cloud, view.Cluster.OwnerTag).Concat(Records(view)).Order(StringComparer.Ordinal).ToList());
    }

    /// <summary>Where cloud and inventory do not say the same.</summary>
    public static IEnumerable<string> Apart(World world, ClusterView view)
    {
        var owner = view.Cluster.OwnerTag;
        return world.Cloud.Core.Ask(cloud => (string[])
        [
            .. Differences("node", view.Nodes.Where(node => node.State != NodeState.Gone).Select(node => node.LinodeId), cloud.Instances.Rows.Where(row => IsOurs(row.Tags, row.Group, owner))),
            .. Differences("volume", Ids(ResourceKind.Volume), cloud.Volumes.Rows.Where(row => IsOurs(row.Tags, row.Label, owner))),
            .. Differences("balancer", Ids(ResourceKind.Balancer), cloud.Balancers.Rows.Where(row => IsOurs(row.Tags, row.Label, owner))),
            .. Differences("firewall", view.Cluster.FirewallId is { } wall ? [wall] : [], cloud.Firewalls.Rows.Where(row => row.Tags.Contains(owner))),
            .. cloud.Instances.Rows.Where(row => row.Label == $"linode{row.Id}").Select(row => $"node {row.Id} has no name, and is an orphan"),
            .. view.Nodes.Where(node => node.State is not (NodeState.Ready or NodeState.Gone)).Select(node => $"{node.Label} is {node.State}: {node.Failure}"),
            .. view.Cluster.State == ClusterState.Started ? (string[])[] : [$"the cluster is {view.Cluster.State}"],
        ]);

        IEnumerable<long?> Ids(ResourceKind kind) => view.Resources.Where(resource => resource.Kind == kind).Select(resource => resource.CloudId);
    }

    // Version 3 has no tags: a node has the mark for its group, labels of other things end with the end of it.
    private static bool IsOurs(IReadOnlyList<string> tags, string word, string owner) =>
        tags.Contains(owner) || word == owner || word.EndsWith($"-lct{owner[^8..]}", StringComparison.Ordinal);

    private static IEnumerable<string> Differences(string what, IEnumerable<long?> known, IEnumerable<IRow> there)
    {
        var (ours, theirs) = (known.ToList(), there.Select(row => (long?)row.Id).ToList());
        return ours.Except(theirs).Select(id => $"{what} {id} is in the inventory alone")
            .Concat(theirs.Except(ours).Select(id => $"{what} {id} is an orphan"))
            .Concat(ours.GroupBy(id => id).Where(same => same.Count() > 1).Select(same => $"{what} {same.Key} is twice in the inventory"));
    }

    private static IEnumerable<string> Records(ClusterView view) => view.Nodes.Select(node =>
            $"record {node.Key} {node.Label} {node.HostName} {node.Type} {node.State} {node.Power} {node.Boot} {node.Configuration} {node.Stage} [{Joined(node.Tags)}]")
        .Concat(view.Resources.Where(made => made.Kind is ResourceKind.Volume or ResourceKind.Balancer)
            .Select(made => $"record {made.Kind} {made.Key} {made.Size} of {made.NodeKey}"))
        .Append($"record plan {ResolvedPlanJson.Fingerprint(ResolvedPlanJson.Read(view.Cluster.Resolved))}");

    private static IEnumerable<string> Lines(Cloud cloud, string owner)
    {
        foreach (var node in cloud.Instances.Rows.Where(row => IsOurs(row.Tags, row.Group, owner)))
        {
            var disks = cloud.Disks.OwnedBy(node.Id).Select(disk => $"{disk.Label} {disk.Filesystem} {disk.Size} {disk.Status}");
            var configs = cloud.Configs.OwnedBy(node.Id).Select(config => string.Join(
                "+", config.Devices.Where(device => device.Value is not null).Select(device => device.Key).Order(StringComparer.Ordinal)));
            var volumes = cloud.Volumes.OwnedBy(node.Id).Select(volume => Unmarked(volume.Label, owner));
            var walls = cloud.Devices.Rows.Where(device => device.Type == "linode" && device.EntityId == node.Id)
                .Select(device => cloud.Firewalls.Get(device.FirewallId).Tags.Contains(owner) ? "ours" : "another");
            yield return $"node {node.Label} {node.Region} {node.Type} {node.Status} {Tags(node.Tags, owner)}; disks {Joined(disks)}; "
                + $"configs {Joined(configs)}; volumes {Joined(volumes)}; firewall {Joined(walls)}";
        }

        foreach (var volume in cloud.Volumes.Rows.Where(row => IsOurs(row.Tags, row.Label, owner)))
        {
            yield return $"volume {Unmarked(volume.Label, owner)} {volume.Region} {volume.Size} {volume.Status} {Tags(volume.Tags, owner)}";
        }

        foreach (var balancer in cloud.Balancers.Rows.Where(row => IsOurs(row.Tags, row.Label, owner)))
        {
            var configs = cloud.BalancerConfigs.OwnedBy(balancer.Id).Select(config =>
                $"{config.Protocol} {config.Port} {config.Check} {config.CheckInterval} to {Joined(cloud.BalancerNodes.OwnedBy(config.Id).Select(node => $"{Behind(cloud, node.Address)} {node.Mode}"))}");
            yield return $"balancer {Unmarked(balancer.Label, owner)} {balancer.Region} {Tags(balancer.Tags, owner)}; {Joined(configs)}";
        }

        foreach (var firewall in cloud.Firewalls.Rows.Where(row => row.Tags.Contains(owner)))
        {
            yield return $"firewall {Tags(firewall.Tags, owner)} {firewall.Status}, {Joined((firewall.Rules.Inbound ?? []).Select(rule => $"{rule.Protocol} {rule.Ports} from {rule.Ipv4?.Count}"))}, "
                + $"{cloud.Devices.OwnedBy(firewall.Id).Count} devices";
        }
    }

    private static string Unmarked(string label, string owner) => label.Replace($"-lct{owner[^8..]}", "", StringComparison.Ordinal);

    private static string Behind(Cloud cloud, string address)
    {
        var parts = address.Split(':');
        var label = cloud.Addresses.FindByKey(parts[0])?.LinodeId is { } id ? cloud.Instances.Find(id)?.Label : null;
        return $"{label ?? "nobody"}:{parts[1]}";
    }

    private static string Tags(IEnumerable<string> tags, string owner) => $"[{Joined(tags.Select(tag => tag == owner ? "owner" : tag))}]";

    private static string Joined(IEnumerable<string> words) => string.Join(", ", words.Order(StringComparer.Ordinal));
}
