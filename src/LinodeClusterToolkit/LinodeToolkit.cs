using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit;

/// <summary>The front door: plans in, clusters out.</summary>
public sealed class LinodeToolkit : IAsyncDisposable
{
    private readonly LinodeToolkitOptions options;

    /// <summary>Opens the toolkit; nothing is read, written or sent before the first call that needs it.</summary>
    public LinodeToolkit(LinodeToolkitOptions options) => this.options = options;

    /// <summary>The secret store.</summary>
    public ISecretStore Secrets => throw new NotSupportedException();

    /// <summary>What the cloud offers: from the cache while it is fresh, else from the API, else built in.</summary>
    /// <param name="refresh">True asks the API even where the cache is fresh, and fails where it cannot be reached.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<LinodeCatalog> GetCatalogAsync(bool refresh = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Reads, checks and resolves a plan without a token or a call that needs one.</summary>
    public Task<PlanResult<ResolvedPlan>> ResolveAsync(
        PlanSource plan, string cluster, IReadOnlyDictionary<string, string>? set = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    /// <summary>What <see cref="CreateAsync"/> would do; sends no write call.</summary>
    public Task<ClusterPreview> PreviewAsync(CreateRequest request, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Creates what a preview showed, or resumes it.</summary>
    /// <param name="preview">From <see cref="PreviewAsync"/>.</param>
    /// <param name="observer">Gets every event of the run, or null.</param>
    /// <param name="stop">Cancelled: start nothing new, let calls finish, save, end as interrupted.</param>
    /// <param name="cancellation">Cancelled: leave at once; the state stays resumable.</param>
    public Task<RunSummary> CreateAsync(
        ClusterPreview preview, IRunObserver? observer, CancellationToken stop = default, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    /// <summary>Deletes a cluster with everything this toolkit made for it.</summary>
    public Task<RunSummary> DeleteAsync(
        string cluster, bool keepVolumes, IRunObserver? observer, CancellationToken stop = default, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    /// <summary>What creating single nodes would do: they are members of the cluster named, or of the loose cluster <c>nodes</c>.</summary>
    public Task<ClusterPreview> PreviewNodesAsync(NodeRequest request, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Deletes nodes by label or id, and what belongs to them alone.</summary>
    public Task<RunSummary> DeleteNodesAsync(
        IReadOnlyList<NodeRecord> nodes, IRunObserver? observer, CancellationToken stop = default, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    /// <summary>Clusters by name.</summary>
    public IAsyncEnumerable<ClusterView> ListClustersAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>One cluster by name, liberally matched; throws a problem of family 4 where there is none or several.</summary>
    public Task<ClusterView> GetClusterAsync(string name, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Nodes that fit.</summary>
    public IAsyncEnumerable<NodeRecord> ListNodesAsync(NodeQuery query, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>One node by label, id, host name or key; throws a problem of family 4 where there is none or several.</summary>
    public Task<NodeRecord> GetNodeAsync(string name, string? cluster = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Name of the cluster a record belongs to.</summary>
    public Task<IReadOnlyDictionary<Guid, string>> GetClusterNamesAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Runs, newest first.</summary>
    public IAsyncEnumerable<RunRecord> ListRunsAsync(string? cluster = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Who the token belongs to; one request.</summary>
    public Task<CloudIdentity> GetIdentityAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>What a resolved plan costs by the catalogue's prices.</summary>
    public Task<PlanCost> GetCostAsync(ResolvedPlan plan, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>A plan in its usual form; with <paramref name="upgrade"/> a plan of 2017 becomes one of <c>version: 1</c>.</summary>
    public PlanResult<string> FormatPlan(PlanSource plan, bool upgrade = false) => throw new NotSupportedException();

    /// <summary>JSON Schema (draft-07) of the plan language, made from what the reader uses.</summary>
    public static string PlanSchema => throw new NotSupportedException();

    /// <summary>Steps of a run as the journal has them.</summary>
    public Task<IReadOnlyList<JournalEntry>> ListStepsAsync(string run, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Closes files and connections.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
