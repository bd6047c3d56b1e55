using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.JsonFiles;

namespace LinodeClusterToolkit.Inventory;

/// <summary>Nodes and other resources as files of their own, in a folder of their cluster's.</summary>
internal sealed class JsonNodes(JsonClusters clusters, JsonChanges changes)
{
    private const string Nodes = "/nodes";
    private const string Resources = "/resources";

    /// <summary>Writes a node whole, whatever stands there.</summary>
    public void Save(FileTransaction to, NodeRecord node, string place)
    {
        var path = PathOf(Demand(to, node.ClusterId, place), node.Key);
        Write(to, path, to.Get(path, JsonForms.Node), node);
    }

    /// <summary>Writes a node that is not there yet, without a word in the history.</summary>
    public void Insert(FileTransaction to, NodeRecord node, string place) =>
        to.Put(PathOf(Demand(to, node.ClusterId, place), node.Key), node, JsonForms.Node);

    /// <summary>Writes what a change makes of the node as it stands; a change that gives back what it got writes nothing.</summary>
    public NodeRecord Change(FileTransaction to, Guid cluster, string key, Func<NodeRecord, NodeRecord> change, string place)
    {
        var path = clusters.FolderOf(to, cluster) is { } folder ? PathOf(folder, key) : null;
        var before = (path is null ? null : to.Get(path, JsonForms.Node))
            ?? throw new LinodeToolkitException(InventoryProblems.NoSuchNode(key, place));
        var after = change(before);
        if (!ReferenceEquals(before, after))
        {
            Write(to, path!, before, after);
        }

        return after;
    }

    public List<NodeRecord> List(FileView view, NodeQuery query)
    {
        var found = new List<(string Cluster, NodeRecord Node)>();
        foreach (var (folder, cluster) in clusters.All(view))
        {
            if ((query.Cluster is null || query.Cluster == cluster.Name) && (query.ClusterId is null || query.ClusterId == cluster.Id))
            {
                found.AddRange(
                    from node in view.All(folder + Nodes, JsonForms.Node)
                    where NodeFits.Fits(query, Own(view, folder, cluster.Id, node), cluster.Name)
                    select (cluster.Name, node));
            }
        }

        found.Sort(Compare);
        return [.. found.Select(one => one.Node)];
    }

    public void Save(FileTransaction to, ResourceRecord resource, string place) =>
        to.Put($"{Demand(to, resource.ClusterId, place)}{Resources}/{JsonForms.Resource.FileOf(resource)}", resource, JsonForms.Resource);

    public bool Remove(FileTransaction to, Guid cluster, ResourceKind kind, string key) =>
        clusters.FolderOf(to, cluster) is { } folder
        && to.Delete($"{folder}{Resources}/{JsonForms.Resource.FileOf(new(cluster, kind, key, "", null))}");

    public List<ResourceRecord> List(FileView view, Guid cluster) => clusters.FolderOf(view, cluster) is { } folder
        ?
        [
            .. view.All(folder + Resources, JsonForms.Resource)
                .OrderBy(one => one.Kind.ToString(), StringComparer.Ordinal).ThenBy(one => one.Key, StringComparer.Ordinal),
        ]
        : [];

    private static string PathOf(string folder, string key) => $"{folder}{Nodes}/{FileName.Of(key)}{JsonText.Ending}";

    private static int Compare((string Cluster, NodeRecord Node) one, (string Cluster, NodeRecord Node) other)
    {
        var (a, b) = (one.Node, other.Node);
        return string.CompareOrdinal(one.Cluster, other.Cluster) is not 0 and var byName ? byName
            : a.ClusterId != b.ClusterId ? string.CompareOrdinal(a.ClusterId.ToString("D"), b.ClusterId.ToString("D"))
            : string.CompareOrdinal(a.Region, b.Region) is not 0 and var byRegion ? byRegion
            : string.CompareOrdinal(a.Group, b.Group) is not 0 and var byGroup ? byGroup
            : a.Ordinal != b.Ordinal ? a.Ordinal.CompareTo(b.Ordinal)
            : string.CompareOrdinal(a.Key, b.Key);
    }

    private static NodeRecord Own(FileView view, string folder, Guid cluster, NodeRecord node) => node.ClusterId == cluster
        ? node
        : throw new LinodeToolkitException(JsonProblems.NotItself(
            view.Full(PathOf(folder, node.Key)), $"a node of cluster {node.ClusterId:D}", "that cluster's folder"));

    private string Demand(FileTransaction to, Guid cluster, string place) => clusters.FolderOf(to, cluster)
        ?? throw new LinodeToolkitException(InventoryProblems.NoSuchCluster(cluster.ToString("D"), place));

    private void Write(FileTransaction to, string path, NodeRecord? before, NodeRecord node)
    {
        to.Put(path, node, JsonForms.Node);
        changes.Add(to, StateChanges.Between(before, node));
    }
}
