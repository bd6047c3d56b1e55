using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Clusters;

/// <summary>The way into the nodes of all clusters: the shell, and where keys and known hosts are.</summary>
/// <param name="Shell">Opens the shell on first need.</param>
/// <param name="Secrets">Where key pairs are kept.</param>
/// <param name="MakeKeys">Makes new ones.</param>
/// <param name="Folder">Folder of the files of known hosts, one a cluster.</param>
/// <param name="Patience">How long a node may take until it answers.</param>
/// <param name="Time">The clock.</param>
internal sealed record RemoteAccess(
    Lazy<IRemoteShell> Shell, ISecretStore Secrets, KeyPairMaker MakeKeys, string Folder, TimeSpan Patience, TimeProvider Time)
{
    /// <summary>Where it is written down what happens on nodes; null writes nothing.</summary>
    public NodeLog? Log { get; init; }

    /// <summary>Masks secrets that were given to nodes in what comes back from them.</summary>
    public Redactor Redactor { get; init; } = new();

    /// <summary>How the nodes of a cluster are reached, as it was made.</summary>
    public static SshPolicy PolicyOf(ClusterRecord cluster) => cluster.Resolved.Length == 0 ? new() : ResolvedPlanJson.Read(cluster.Resolved).Ssh;

    /// <summary>Key pairs of the nodes of a cluster.</summary>
    public NodeIdentities IdentitiesOf(ClusterRecord cluster) => new(Secrets, cluster.Id, PolicyOf(cluster).Keys, MakeKeys);

    /// <summary>What works inside the nodes of a cluster.</summary>
    public ConfigurationTools ToolsFor(ClusterBook book, NodeIdentities identities) =>
        new(Shell, book, identities, Secrets, Path.Combine(Folder, $"{book.Cluster.Id:D}", "known_hosts"), PolicyOf(book.Cluster), Patience, Time)
        {
            Log = Log, Redactor = Redactor,
        };
}
