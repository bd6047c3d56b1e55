using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Keeping;

/// <summary>Something in records that should not be.</summary>
/// <param name="Cluster">The cluster it is in.</param>
/// <param name="What">What it is, in words.</param>
public sealed record InventoryFinding(string Cluster, string What);

/// <summary>Holds the records of all clusters against each other; what each store looks for by itself (damaged pages, broken files) comes first.</summary>
internal static class InventoryCheck
{
    public static IEnumerable<InventoryFinding> Of(IReadOnlyList<ClusterCopy> clusters)
    {
        var living = clusters.Where(copy => copy.Cluster.State != ClusterState.Deleted).ToList();
        return clusters.SelectMany(copy => Alone(copy).Select(what => new InventoryFinding(copy.Cluster.Name, what))).Concat(Together(living));
    }

    private static IEnumerable<string> Alone(ClusterCopy copy)
    {
        var nodes = copy.Nodes.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var made in copy.Resources.Where(made => made.NodeKey is { } key && !nodes.Contains(key)))
        {
            yield return $"{made.Kind.ToString().ToLowerInvariant()} {made.Label} belongs to node {made.NodeKey}, of which there is no record";
        }

        if (copy.Cluster.LastRun is { } last && copy.Runs.All(run => run.Run.Id != last))
        {
            yield return $"its last run {last} is not on record";
        }

        if (copy.Cluster.State == ClusterState.Deleted)
        {
            foreach (var node in copy.Nodes.Where(node => node.State != NodeState.Gone))
            {
                yield return $"it is deleted, and its node {node.Label} is {node.State.ToString().ToLowerInvariant()}";
            }
        }

        foreach (var node in copy.Nodes.Where(node => node is { State: NodeState.Ready or NodeState.Created or NodeState.Stopped, LinodeId: null }))
        {
            yield return $"node {node.Label} is {node.State.ToString().ToLowerInvariant()}, and its id in the cloud is not known";
        }

        foreach (var node in copy.Nodes)
        {
            var told = copy.Changes.LastOrDefault(change => change.NodeKey == node.Key && change.Aspect == StateAspect.State)?.To;
            if (told is not null && told != node.State.ToString())
            {
                yield return $"node {node.Label} is {node.State.ToString().ToLowerInvariant()}, and its history ends with {told.ToLowerInvariant()}";
            }
        }
    }

    private static IEnumerable<InventoryFinding> Together(IReadOnlyList<ClusterCopy> living) =>
        from copy in living
        from node in copy.Nodes
        where node.State != NodeState.Gone && node.LinodeId is not null
        group (copy.Cluster.Name, node.Label) by node.LinodeId into same
        where same.Count() > 1
        select new InventoryFinding(
            same.First().Name, $"Linode {same.Key} is in several records: {string.Join(", ", same.Select(one => $"{one.Label} of {one.Name}"))}");
}
