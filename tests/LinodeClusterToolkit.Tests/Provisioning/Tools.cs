using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Sqlite;
using LinodeClusterToolkit.Tests.Changes;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Provisioning;

/// <summary>What parts work with, on a cluster whose inventory is in memory.</summary>
internal static class Tools
{
    public static async Task<ProvisioningTools> OfAsync(ILinodeCloud cloud, TimeProvider time, params NodeRecord[] nodes)
    {
        var store = new SqlInventoryStore(
            new SqliteFile(Path.Combine(Directory.CreateTempSubdirectory("lct-test-").FullName, "i.db"), SqliteTables.Inventory),
            new ToolkitContext("tests", "me"));
        await store.TryAddClusterAsync(Small.Cluster, default);
        await store.SaveNodesAsync(nodes, default);
        var book = await ClusterBook.OpenAsync(store, Small.Cluster, time, default);
        var identities = new NodeIdentities(new MemorySecretStore(), Small.Cluster.Id, KeySharing.Node, FakeKeys.MakeAsync);
        return new(cloud, book, new NodeCredentials([], (_, _) => Task.FromResult(new Sensitive("root-of-tests")), identities, new()), new MemorySecretStore(), new(time, CloudTimes.Deadline));
    }
}
