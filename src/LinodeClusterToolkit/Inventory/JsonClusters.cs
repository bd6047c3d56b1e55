using System.Collections.Concurrent;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.JsonFiles;

namespace LinodeClusterToolkit.Inventory;

/// <summary>Clusters as folders named after them: <c>cluster.json</c>, <c>plan.yaml</c>, <c>resolved.json</c>, <c>counters.json</c>.</summary>
/// <param name="scope">Folder of the context.</param>
internal sealed class JsonClusters(string scope)
{
    /// <summary>Folder of the clusters of a context.</summary>
    public const string Folder = "clusters";

    private const string File = "/cluster.json";
    private const string Plan = "/plan.yaml";
    private const string Resolved = "/resolved.json";

    private readonly ConcurrentDictionary<Guid, string> known = new();

    /// <summary>All of them, in the order of their folders.</summary>
    public IEnumerable<(string Folder, ClusterFile Cluster)> All(IFiles files)
    {
        var seen = new Dictionary<Guid, string>();
        foreach (var folder in files.Folders(scope + Folder).Select(name => $"{scope}{Folder}/{name}"))
        {
            if (files.Get(folder + File, JsonForms.Cluster) is not { } cluster)
            {
                DemandEmpty(files, folder);
                continue;
            }

            if (!seen.TryAdd(cluster.Id, folder))
            {
                throw new LinodeToolkitException(JsonProblems.NotItself(files.Full(folder), $"cluster {cluster.Id:D}", files.Full(seen[cluster.Id])));
            }

            yield return (folder, cluster);
        }
    }

    /// <summary>Folder of a cluster; null where there is no such cluster.</summary>
    public string? FolderOf(IFiles files, Guid id)
    {
        if (known.TryGetValue(id, out var folder) && files.Get(folder + File, JsonForms.Cluster)?.Id == id)
        {
            return folder;
        }

        var found = All(files).FirstOrDefault(one => one.Cluster.Id == id).Folder;
        return found is null ? null : known[id] = found;
    }

    public ClusterRecord? Get(IFiles files, Guid id) =>
        FolderOf(files, id) is { } folder ? Whole(files, folder, files.Get(folder + File, JsonForms.Cluster)!) : null;

    public ClusterRecord? Find(IFiles files, string name) => All(files)
        .Where(one => one.Cluster.Name == name && one.Cluster.State != ClusterState.Deleted)
        .Select(one => Whole(files, one.Folder, one.Cluster)).SingleOrDefault();

    public List<ClusterRecord> List(IFiles files, bool includeDeleted) =>
    [
        .. from one in All(files)
           where includeDeleted || one.Cluster.State != ClusterState.Deleted
           select Whole(files, one.Folder, one.Cluster) into cluster
           orderby cluster.Name, cluster.Created, cluster.Id.ToString("D") select cluster,
    ];

    /// <summary>Writes one that is new.</summary>
    public void Add(FileTransaction to, ClusterRecord cluster)
    {
        // Eight digits tell clusters of one name apart for people; more where that is not enough.
        var taken = to.Folders(scope + Folder).ToHashSet(StringComparer.Ordinal);
        var id = cluster.Id.ToString("N");
        var name = new[] { 8, 12, 32 }.Select(digits => $"{FileName.Of(cluster.Name)}.{id[..digits]}").First(name => !taken.Contains(name));
        Put(to, known[cluster.Id] = $"{scope}{Folder}/{name}", cluster);
    }

    /// <summary>Writes one that is there.</summary>
    public void Put(FileTransaction to, string folder, ClusterRecord cluster)
    {
        to.Put(
            folder + File,
            new ClusterFile(cluster.Id, cluster.Name, cluster.State, cluster.PlanName, cluster.Created)
            {
                FirewallId = cluster.FirewallId, LastRun = cluster.LastRun, IsProtected = cluster.IsProtected, Updated = cluster.Updated,
            },
            JsonForms.Cluster);
        to.PutText(folder + Plan, cluster.PlanText);
        to.PutText(folder + Resolved, cluster.Resolved);
    }

    public Dictionary<string, long> Counters(IFiles files, Guid id) =>
        FolderOf(files, id) is { } folder && files.Get(CountersOf(folder), JsonForms.Counters) is { } counters
            ? new(counters, StringComparer.Ordinal)
            : [];

    public int Raise(FileTransaction to, Guid id, IEnumerable<KeyValuePair<string, long>> raised, string place)
    {
        var folder = FolderOf(to, id) ?? throw new LinodeToolkitException(InventoryProblems.NoSuchCluster(id.ToString("D"), place));
        var counters = new SortedDictionary<string, long>(Counters(to, id), StringComparer.Ordinal);
        foreach (var (address, value) in raised)
        {
            counters[address] = Math.Max(value, counters.GetValueOrDefault(address, value));
        }

        to.Put(CountersOf(folder), counters, JsonForms.Counters);
        return counters.Count;
    }

    private static string CountersOf(string folder) => folder + "/counters.json";

    // A folder of somebody's own may stand there; one that has lost its cluster may not go unseen.
    private static void DemandEmpty(IFiles files, string folder)
    {
        var full = files.Full(folder);
        if (new[] { "nodes", "resources" }.Select(name => Path.Combine(full, name)).Any(Directory.Exists) || System.IO.File.Exists(full + Plan))
        {
            throw new LinodeToolkitException(JsonProblems.Missing(full + File, "the rest of its cluster is there"));
        }
    }

    private static ClusterRecord Whole(IFiles files, string folder, ClusterFile file) =>
        new(file.Id, file.Name, file.State, Text(files, folder + Plan), file.PlanName, Text(files, folder + Resolved), file.Created)
        {
            FirewallId = file.FirewallId, LastRun = file.LastRun, IsProtected = file.IsProtected, Updated = file.Updated,
        };

    private static string Text(IFiles files, string path) =>
        files.GetText(path) ?? throw new LinodeToolkitException(JsonProblems.Missing(files.Full(path), "the rest of its cluster is there"));
}
