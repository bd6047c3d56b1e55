using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Sqlite;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Tests.Changes;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Configuration;

/// <summary>What works inside the nodes of a small cluster whose nodes exist already.</summary>
internal sealed class Inside
{
    private readonly string folder = Directory.CreateTempSubdirectory("lct-inside-").FullName;

    private Inside(ClusterBook book, IRemoteShell shell, NodeIdentities identities) => (Book, Identities, Tools) = (book, identities, new(
        new Lazy<IRemoteShell>(shell), book, identities, new MemorySecretStore(), Path.Combine(folder, "known_hosts"), new SshPolicy(), TimeSpan.FromMinutes(1),
        TimeProvider.System));

    public ClusterBook Book { get; }

    public NodeIdentities Identities { get; }

    public ConfigurationTools Tools { get; }

    public string KnownHosts => File.ReadAllText(Path.Combine(folder, "known_hosts"));

    public static async Task<Inside> OfAsync(IRemoteShell shell, params ResolvedNode[] nodes)
    {
        var store = new SqlInventoryStore(
            new SqliteFile(Path.Combine(Directory.CreateTempSubdirectory("lct-test-").FullName, "i.db"), SqliteTables.Inventory),
            new ToolkitContext("tests", "me"));
        await store.TryAddClusterAsync(Small.Cluster, default);
        var identities = new NodeIdentities(new MemorySecretStore(), Small.Cluster.Id, KeySharing.Node, FakeKeys.MakeAsync);
        foreach (var (at, node) in nodes.Index())
        {
            var host = (await identities.FirstAsync(node.Label, node.Region, node.Group, default)).Host.Public;
            await store.SaveNodesAsync(
                [
                    node.Record(NodeState.Created, 100 + at) with
                    {
                        PublicIpv4 = $"203.0.113.{at + 1}", PrivateIpv4 = $"192.168.130.{at + 1}", Login = "lctadmin", HostKeys = [host.ToString()],
                        HostKeyOrigin = HostKeyOrigin.Injected, PublicFqdn = node.PublicFqdn, PrivateFqdn = node.PrivateFqdn,
                    },
                ], default);
        }

        return new(await ClusterBook.OpenAsync(store, Small.Cluster, TimeProvider.System, default), shell, identities);
    }

    /// <summary>Runs the steps of one part, in order.</summary>
    public static async Task RunAsync(IEnumerable<TaskStep> steps)
    {
        foreach (var step in steps)
        {
            await step.Work!(new StepContext(false, 1, _ => { }), default);
        }
    }
}
