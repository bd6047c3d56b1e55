using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What work on clusters is done with; composed once by the front door.</summary>
/// <param name="Cloud">The Linode cloud.</param>
/// <param name="Catalogs">What it offers.</param>
/// <param name="Calls">Counts the calls made.</param>
/// <param name="Limits">The account's documented limits by class.</param>
/// <param name="Store">The inventory.</param>
/// <param name="Journal">The journal.</param>
/// <param name="Secrets">The secret store.</param>
/// <param name="Executor">Runs graphs.</param>
/// <param name="Parts">Makes the parts of the graph.</param>
/// <param name="Remote">The way into nodes.</param>
/// <param name="Leases">Where runs mark a cluster as theirs.</param>
/// <param name="Time">The clock.</param>
internal sealed record Workshop(
    ILinodeCloud Cloud,
    LinodeCatalogSource Catalogs,
    CallCounters Calls,
    IReadOnlyDictionary<string, CallLimit> Limits,
    IInventoryStore Store,
    ITaskJournal Journal,
    ISecretStore Secrets,
    ITaskExecutor Executor,
    Func<ProvisioningTools, ConfigurationTools, IReadOnlyList<IGraphPart>> Parts,
    RemoteAccess Remote,
    ILeaseStore Leases,
    TimeProvider Time)
{
    /// <summary>Technologies that configure nodes.</summary>
    public IReadOnlyList<IConfigurator> Configurators { get; init; } = [];

    /// <summary>The same with another generation of the API.</summary>
    public Func<ApiGeneration, Workshop>? Others { get; init; }

    /// <summary>Who works.</summary>
    public LeaseHolder Self { get; init; } = LeaseHolder.Self;

    /// <summary>How long it waits for the cloud.</summary>
    public CloudPatience Patience { get; init; } = new(Time, CloudTimes.Deadline);

    /// <summary>Draws the graph of a change set, with what its steps work with.</summary>
    public async Task<(TaskGraph Graph, ProvisioningTools Tools, ConfigurationTools Inside)> DrawAsync(ClusterBook book, ChangeSet changes, CancellationToken cancellation)
    {
        var identities = Remote.IdentitiesOf(book.Cluster);
        var credentials = await Credentials.ReadAsync(Secrets, identities, RemoteAccess.PolicyOf(book.Cluster), cancellation).ConfigureAwait(false);
        var inside = Remote.ToolsFor(book, identities);
        var tools = new ProvisioningTools(Cloud, book, credentials, Secrets, Patience);
        return (Blueprint.Draw(changes, Parts(tools, inside)), tools, inside);
    }

    /// <summary>The same with the API that a plan asks for; this one where it asks for none.</summary>
    public Workshop For(ResolvedPlan plan) => For(plan.Api);

    /// <summary>The same with the API that a cluster's plan asks for.</summary>
    public Workshop For(ClusterRecord cluster) => For(ResolvedPlanJson.Read(cluster.Resolved).Api);

    /// <summary>The same with this generation of the API; this one where null.</summary>
    public Workshop For(ApiGeneration? api) => api is { } asked && Others is { } others ? others(asked) : this;

    /// <summary>The same, for a run that holds this lease.</summary>
    public Workshop Under(Lease lease) => this with { Store = Store.Under(lease), Journal = Journal.Under(lease) };
}
