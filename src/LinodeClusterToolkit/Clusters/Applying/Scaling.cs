using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters.Applying;

/// <summary>The plan of a cluster with other numbers of nodes; pure.</summary>
internal sealed class Scaling(ApplyBasis basis, ScaleRequest request, Membership membership)
{
    /// <summary>The plan: first those that are taken out, then those that come back, then the numbers.</summary>
    /// <exception cref="LinodeToolkitException">There is no such group or node.</exception>
    public ResolvedPlan Target()
    {
        var plan = Membership.Without(basis.Stored, request.Remove.Select(Removed).ToHashSet(StringComparer.Ordinal));
        plan = request.Insert.Aggregate(plan, Inserted);
        return request.Groups.Aggregate(plan, (now, wanted) => Places(wanted.Key)
            .Aggregate(now, (each, place) => membership.Sized(each, place.Region, place.Group, wanted.Value)));
    }

    private string Removed(string name)
    {
        var known = basis.Book.Nodes.Where(node => node.State != NodeState.Gone).ToList();
        return Find(known, name)?.Key ?? throw new LinodeToolkitException(ClusterProblems.NoSuch("node", name, Hints.Nearest(name, [.. known.Select(node => node.Label)])));
    }

    private ResolvedPlan Inserted(ResolvedPlan plan, string name)
    {
        var gone = basis.Book.Nodes.Where(node => node.State == NodeState.Gone && plan.Nodes.All(one => one.Key != node.Key)).ToList();
        var node = Find(gone, name) ?? throw new LinodeToolkitException(
            Find([.. basis.Book.Nodes], name) is { } there ? ApplyProblems.StillThere(there.Label)
                : ClusterProblems.NoSuch("node that was taken out", name, Hints.Nearest(name, [.. gone.Select(one => one.Label)])));
        DemandModel(plan, node.Region, node.Group);
        return membership.Inserted(plan, node.Region, node.Group, node.Ordinal, fresh => fresh with
        {
            Label = node.Label, HostName = node.HostName, PublicFqdn = node.PublicFqdn, PrivateFqdn = node.PrivateFqdn,
            Volumes = [.. fresh.Volumes.Select(volume => volume with { Label = Kept(node, volume) ?? volume.Label })],
        });
    }

    // A volume that was kept when its node went comes back with it.
    private string? Kept(NodeRecord node, ResolvedVolume volume) => basis.Book.FindResource(ResourceKind.Volume, $"{node.Key}/{volume.Name}")?.Label;

    private IReadOnlyList<(string Region, string Group)> Places(string name)
    {
        var all = basis.Stored.Regions.SelectMany(region => region.Groups.Select(group => (Region: region.Id, Group: group.Name))).ToList();
        var meant = all.FindAll(place => place.Group == name || $"{place.Region}/{place.Group}" == name);
        if (meant.Count == 0)
        {
            throw new LinodeToolkitException(ClusterProblems.NoSuch("group", name, Hints.Nearest(name, [.. all.Select(place => place.Group).Distinct()])));
        }

        foreach (var (region, group) in meant)
        {
            DemandModel(basis.Stored, region, group);
        }

        return meant;
    }

    private void DemandModel(ResolvedPlan plan, string region, string name)
    {
        if (plan.Regions.FirstOrDefault(one => one.Id == region)?.Groups.FirstOrDefault(one => one.Name == name)?.Model is null)
        {
            throw new LinodeToolkitException(ApplyProblems.NoModel(basis.Book.Cluster.Name, name));
        }
    }

    private static NodeRecord? Find(IReadOnlyList<NodeRecord> nodes, string name) =>
        nodes.FirstOrDefault(node => node.Label == name || node.Key == name) ?? (nodes.Where(node => node.HostName == name).ToList() is [var one] ? one : null);
}
