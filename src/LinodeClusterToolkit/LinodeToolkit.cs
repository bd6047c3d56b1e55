using System.Runtime.CompilerServices;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Clusters.Exports;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Inventory.Queries;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit;

/// <summary>The front door: plans in, clusters out.</summary>
/// <remarks>Safe for use from several threads. Dispose it to close its files and connections.</remarks>
public sealed partial class LinodeToolkit : IAsyncDisposable
{
    private readonly Composition rooms;
    private readonly TimeProvider time;

    /// <summary>Opens the toolkit; nothing is read, written or sent before the first call that needs it.</summary>
    public LinodeToolkit(LinodeToolkitOptions options) => (rooms, time) = (new Composition(options), options.Time);

    /// <summary>The secret store.</summary>
    public ISecretStore Secrets => rooms.Secrets;

    /// <summary>The logs of what ran on nodes.</summary>
    public NodeLog NodeLog => rooms.Log;

    /// <summary>Looks for the values of all stored secrets where they must not stand: in everything this toolkit keeps but the store itself, in places
    /// named here, and in the command lines of all processes that can be seen.</summary>
    /// <param name="places">More files, and folders with all below them.</param>
    /// <param name="cancellation">Ends the search.</param>
    public Task<SecretAudit> AuditSecretsAsync(IEnumerable<string> places, CancellationToken cancellation = default) =>
        new SecretSearch(Secrets, rooms.IsKeptFromSearch) { Exported = rooms.Exported }.LookAsync([.. rooms.Folders, .. places], cancellation);

    /// <summary>Copies all secrets from one store to another, and reads each back.</summary>
    /// <param name="from">Scheme of the store they are in.</param>
    /// <param name="to">Scheme of the other.</param>
    /// <param name="replace">Whether another value over there gives way; else it is kept and named.</param>
    /// <param name="delete">Whether what is over there is deleted where it came from, once all is.</param>
    /// <param name="cancellation">Ends it between two secrets; the same call goes on with it.</param>
    public async Task<IReadOnlyList<MovedSecret>> MigrateSecretsAsync(
        string from, string to, bool replace = false, bool delete = false, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(from, to);
        return await new SecretMigration(rooms.SecretsOf(from), rooms.SecretsOf(to)).MoveAsync(replace, delete, cancellation).ConfigureAwait(false);
    }

    /// <summary>A new SSH key pair, ed25519, made by OpenSSH's own program.</summary>
    /// <exception cref="LinodeToolkitException">LCT7204: it could not be made.</exception>
    public Task<Security.SshKeyPair> MakeKeyPairAsync(CancellationToken cancellation = default) => rooms.MakeKeys(cancellation);

    /// <summary>What the cloud offers: from the cache while it is fresh, else from the API, else built in.</summary>
    /// <param name="refresh">True asks the API even where the cache is fresh, and fails where it cannot be reached.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<LinodeCatalog> GetCatalogAsync(bool refresh = false, CancellationToken cancellation = default) =>
        rooms.Catalogs.GetAsync(refresh, cancellation);

    /// <summary>What the cloud offered when it was last asked, or else what is built in; asks nobody.</summary>
    public LinodeCatalog KnownCatalog => rooms.Catalogs.Offline();

    /// <summary>Why the catalogue last used is not today's: the API could not be reached; null where there is nothing to say.</summary>
    public Problem? CatalogWarning => rooms.Catalogs.Warning;

    /// <summary>Reads, checks and resolves a plan; the catalogue is the only thing asked for, and it needs no token.</summary>
    /// <param name="plan">The plan's text.</param>
    /// <param name="cluster">Name of the cluster to be.</param>
    /// <param name="set">Values for the plan's variables.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<PlanResult<ResolvedPlan>> ResolveAsync(
        PlanSource plan, string cluster, IReadOnlyDictionary<string, string>? set = null, CancellationToken cancellation = default)
    {
        // Most plans with an error are told so without a request: only what reads well is held against the catalogue.
        var read = PlanReader.Read(plan);
        var catalogs = rooms.Workshop.For(read.Value?.Api).Catalogs;
        var catalog = read.IsValid ? await catalogs.GetAsync(false, cancellation).ConfigureAwait(false) : catalogs.Offline();
        var resolved = PlanResolver.Resolve(plan, new ResolveRequest(cluster, catalog) { Set = set ?? new Dictionary<string, string>() });
        return catalogs.Warning is { } old ? resolved with { Problems = [.. resolved.Problems, old] } : resolved;
    }

    /// <summary>What <see cref="CreateAsync"/> would do; sends no write call.</summary>
    /// <exception cref="PlanException">The plan cannot be used; nothing was sent.</exception>
    public async Task<ClusterPreview> PreviewAsync(CreateRequest request, CancellationToken cancellation = default)
    {
        Names.DemandGood(request.Cluster);
        var read = PlanReader.Read(request.Plan);
        if (!read.IsValid)
        {
            // No request for a plan that cannot be read; resolving tells what else is wrong with it.
            PlanResolver.Resolve(request.Plan, new ResolveRequest(request.Cluster, rooms.Catalogs.Offline()) { Set = request.Set }).OrThrow();
        }

        var shop = rooms.Workshop.For(read.Value?.Api);
        var catalog = await shop.Catalogs.GetAsync(false, cancellation).ConfigureAwait(false);
        var preview = await new Previewer(shop, catalog).ClusterAsync(request, cancellation).ConfigureAwait(false);
        return shop.Catalogs.Warning is { } old ? preview with { Warnings = [.. preview.Warnings, old] } : preview;
    }

    /// <summary>What creating single nodes would do: they join the cluster named, or the loose cluster <c>nodes</c>; hand it to <see cref="CreateAsync"/>.</summary>
    public async Task<ClusterPreview> PreviewNodesAsync(NodeRequest request, CancellationToken cancellation = default) =>
        await new Previewer(rooms.Workshop, await rooms.Catalogs.GetAsync(false, cancellation).ConfigureAwait(false))
            .NodesAsync(request, cancellation).ConfigureAwait(false);

    /// <summary>Creates what a preview showed, or resumes it.</summary>
    /// <param name="preview">From <see cref="PreviewAsync"/> or <see cref="PreviewNodesAsync"/>.</param>
    /// <param name="observer">Gets every event of the run, or null.</param>
    /// <param name="stop">Cancelled: start nothing new, let calls finish, save, end as interrupted.</param>
    /// <param name="cancellation">Cancelled: leave at once; the state stays resumable.</param>
    /// <exception cref="Diagnostics.LinodeToolkitException">Nothing could be begun: name taken, token refused, another run at work.</exception>
    public Task<RunSummary> CreateAsync(
        ClusterPreview preview, IRunObserver? observer, CancellationToken stop = default, CancellationToken cancellation = default) =>
        rooms.ConductorOf(preview.Plan).CreateAsync(preview, new(observer, stop, cancellation));

    /// <summary>Goes on with the last run of a cluster, whatever it was, and tries again what failed in it.</summary>
    /// <param name="cluster">Its name, liberally matched.</param>
    /// <param name="again">Names of the failed steps to try again; null for all.</param>
    /// <param name="observer">Gets every event of the run, or null.</param>
    /// <param name="stop">As for <see cref="CreateAsync"/>.</param>
    /// <param name="cancellation">As for <see cref="CreateAsync"/>.</param>
    /// <returns>Null where its last run has ended well: there is nothing to go on with.</returns>
    public async Task<RunSummary?> ResumeAsync(
        string cluster, IReadOnlySet<string>? again, IRunObserver? observer, CancellationToken stop = default,
        CancellationToken cancellation = default)
    {
        var found = await rooms.Queries.FindAsync(cluster, cancellation).ConfigureAwait(false);
        return await rooms.ConductorOf(found).GoOnAsync(found, again, new(observer, stop, cancellation)).ConfigureAwait(false);
    }

    /// <summary>Who works on a cluster now; null where nobody does.</summary>
    public Task<Lease?> FindLeaseAsync(string cluster, CancellationToken cancellation = default) => rooms.Control.FindAsync(cluster, cancellation);

    /// <summary>Asks the run at work on a cluster, in whatever process, to stop: it starts nothing new, lets calls finish, and can be gone on with.</summary>
    /// <param name="cluster">Exact name of the cluster.</param>
    /// <param name="wait">True waits until it has.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The lease it held; null where none is at work.</returns>
    public async Task<Lease?> CancelAsync(string cluster, bool wait, CancellationToken cancellation = default)
    {
        var lease = await rooms.Control.AskToStopAsync(cluster, cancellation).ConfigureAwait(false);
        await (lease is not null && wait ? rooms.Control.WaitAsync(lease, cancellation) : Task.CompletedTask).ConfigureAwait(false);
        return lease;
    }

    /// <summary>Keeps a step of a run from being run: it, and what comes after it, is passed over until it is retried.</summary>
    /// <exception cref="LinodeToolkitException">It is under way, or done.</exception>
    public Task CancelStepAsync(string run, string step, CancellationToken cancellation = default) =>
        rooms.Control.CancelStepAsync(run, step, cancellation);

    /// <summary>Takes back what <see cref="CancelStepAsync"/> said of these steps; <see cref="ResumeAsync"/> runs them.</summary>
    public Task RestoreStepsAsync(string run, IReadOnlySet<string> steps, CancellationToken cancellation = default) =>
        rooms.Control.RestoreStepsAsync(run, steps, cancellation);

    /// <summary>Refuses from now on to delete a cluster or a node of it, or allows it again.</summary>
    public async Task ProtectAsync(string cluster, bool on, CancellationToken cancellation = default) =>
        await rooms.Control.ProtectAsync(await rooms.Queries.FindAsync(cluster, cancellation).ConfigureAwait(false), on, cancellation)
            .ConfigureAwait(false);

    /// <summary>Throws where a cluster is protected from deletion, so that nobody is asked in vain whether to delete it.</summary>
    public async Task DemandUnprotectedAsync(string cluster, CancellationToken cancellation = default) =>
        ClusterWork.DemandUnprotected(await rooms.Queries.FindAsync(cluster, cancellation).ConfigureAwait(false));

    /// <summary>Deletes a cluster with everything this toolkit made for it, and what else in the account carries its owner tag.</summary>
    /// <param name="cluster">Its name, liberally matched.</param>
    /// <param name="request">How.</param>
    /// <param name="observer">Gets every event of the run, or null.</param>
    /// <param name="stop">As for <see cref="CreateAsync"/>.</param>
    /// <param name="cancellation">As for <see cref="CreateAsync"/>.</param>
    public async Task<RunSummary> DeleteAsync(
        string cluster, DeleteRequest request, IRunObserver? observer, CancellationToken stop = default,
        CancellationToken cancellation = default) =>
        await BeginAsync(cluster, new DeleteWork(request), new(observer, stop, cancellation)).ConfigureAwait(false);

    /// <summary>Boots the nodes of a cluster that are off, each group after those it depends on, and does what its plan says at each transition.</summary>
    /// <param name="cluster">Its name, liberally matched.</param>
    /// <param name="request">Which groups, and how.</param>
    /// <param name="observer">Gets every event of the run, or null.</param>
    /// <param name="stop">As for <see cref="CreateAsync"/>.</param>
    /// <param name="cancellation">As for <see cref="CreateAsync"/>.</param>
    public async Task<RunSummary> StartAsync(
        string cluster, StartRequest request, IRunObserver? observer, CancellationToken stop = default, CancellationToken cancellation = default) =>
        await BeginAsync(cluster, new StartWork(request), new(observer, stop, cancellation)).ConfigureAwait(false);

    /// <summary>Shuts the nodes of a cluster down by request to the cloud, each group after those that depend on it.</summary>
    /// <param name="cluster">Its name, liberally matched.</param>
    /// <param name="request">Which groups, and how.</param>
    /// <param name="observer">Gets every event of the run, or null.</param>
    /// <param name="stop">As for <see cref="CreateAsync"/>.</param>
    /// <param name="cancellation">As for <see cref="CreateAsync"/>.</param>
    public async Task<RunSummary> StopAsync(
        string cluster, StopRequest request, IRunObserver? observer, CancellationToken stop = default, CancellationToken cancellation = default) =>
        await BeginAsync(cluster, new StopWork(request), new(observer, stop, cancellation)).ConfigureAwait(false);

    /// <summary>Which admin key pairs <see cref="RotateKeysAsync"/> would replace; changes nothing.</summary>
    /// <exception cref="LinodeToolkitException">No node is meant.</exception>
    public async Task<IReadOnlyList<KeyToRotate>> PreviewKeysAsync(
        string cluster, RotateKeysRequest request, CancellationToken cancellation = default) =>
        await new KeyPreviewer(rooms.Workshop).LookAsync(
            await rooms.Queries.FindAsync(cluster, cancellation).ConfigureAwait(false), request, cancellation).ConfigureAwait(false);

    /// <summary>Gives nodes a new admin key pair, proves it, and has the old one refused; a node that cannot be reached keeps its own.</summary>
    /// <param name="cluster">Its name, liberally matched.</param>
    /// <param name="request">Which nodes.</param>
    /// <param name="observer">Gets every event of the run, or null.</param>
    /// <param name="stop">As for <see cref="CreateAsync"/>.</param>
    /// <param name="cancellation">As for <see cref="CreateAsync"/>.</param>
    public async Task<RunSummary> RotateKeysAsync(
        string cluster, RotateKeysRequest request, IRunObserver? observer, CancellationToken stop = default,
        CancellationToken cancellation = default) =>
        await BeginAsync(cluster, new RotateKeysWork(request), new(observer, stop, cancellation)).ConfigureAwait(false);

    /// <summary>Deletes nodes and the volumes that belong to them alone; all must be of one cluster.</summary>
    public async Task<RunSummary> DeleteNodesAsync(
        IReadOnlyList<NodeRecord> nodes, bool force, IRunObserver? observer, CancellationToken stop = default, CancellationToken cancellation = default)
    {
        var cluster = await rooms.Store.ClusterOfAsync(nodes.Select(node => node.ClusterId).Distinct().Single(), cancellation).ConfigureAwait(false);
        return await rooms.ConductorOf(cluster).BeginAsync(
            cluster, new DeleteNodesWork([.. nodes.Select(node => node.Key)], force), new(observer, stop, cancellation)).ConfigureAwait(false);
    }

    /// <summary>Keeps a set of clusters under a name, so that they are started and stopped in its order; its clusters are created one by one.</summary>
    /// <returns>Its members in the order of their start, each with the name its cluster is to have.</returns>
    /// <exception cref="LinodeToolkitException">The name is taken by something else.</exception>
    public Task<IReadOnlyList<ResolvedMember>> KeepSetAsync(
        string name, PlanSource source, PlanSet set, CancellationToken cancellation = default) =>
        rooms.Sets.KeepAsync(name, source, set, cancellation);

    /// <summary>Members of a set of clusters in the order of their start; none where the name is that of a cluster.</summary>
    public async Task<IReadOnlyList<ResolvedMember>> GetMembersAsync(string name, CancellationToken cancellation = default) =>
        ClusterSets.MembersOf(await rooms.Queries.FindAsync(name, cancellation).ConfigureAwait(false));

    /// <summary>Forgets a set of clusters; its clusters stay.</summary>
    public async Task ForgetSetAsync(string name, CancellationToken cancellation = default) =>
        await rooms.Sets.ForgetAsync(await rooms.Queries.FindAsync(name, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);

    /// <summary>Clusters by name.</summary>
    public IAsyncEnumerable<ClusterView> ListClustersAsync(CancellationToken cancellation = default) => rooms.Queries.ListAsync(cancellation);

    /// <summary>One cluster by name, liberally matched; throws a problem of family 4 where there is none or several.</summary>
    public Task<ClusterView> GetClusterAsync(string name, CancellationToken cancellation = default) => rooms.Queries.GetAsync(name, cancellation);

    /// <summary>Nodes that fit.</summary>
    [OverloadResolutionPriority(1)] // new(…) is a query of members, and never a text
    public IAsyncEnumerable<NodeRecord> ListNodesAsync(NodeQuery query, CancellationToken cancellation = default) =>
        rooms.Queries.NodesAsync(query, time.GetUtcNow(), cancellation);

    /// <summary>Nodes that fit a query such as <c>tag=master and region=us-east</c>; <see cref="NodeFilter"/> says what it may hold.</summary>
    /// <exception cref="LinodeToolkitException">It cannot be read, or names a region, type or image that is not there.</exception>
    public IAsyncEnumerable<NodeRecord> ListNodesAsync(string where, CancellationToken cancellation = default) =>
        ListNodesAsync(new NodeQuery { Where = NodeFilter.Parse(where) }, cancellation);

    /// <summary>One node by label, id, host name or key; throws a problem of family 4 where there is none or several.</summary>
    public Task<NodeRecord> GetNodeAsync(string name, string? cluster = null, CancellationToken cancellation = default) =>
        rooms.Queries.NodeAsync(name, cluster, cancellation);

    /// <summary>Runs a command on a node; an exit code other than 0 is a result, not an exception.</summary>
    /// <exception cref="RemoteException">It could not be run to its end.</exception>
    public Task<RemoteResult> RunAsync(NodeRecord node, ShellCommand command, CancellationToken cancellation = default) =>
        rooms.Sessions.RunAsync(node, command, cancellation);

    /// <summary>Runs a command on several nodes and gives the outcomes as they come; one that fails does not stop the others.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="command">The command.</param>
    /// <param name="parallel">On how many at once, from 1.</param>
    /// <param name="cancellation">Ends it.</param>
    public IAsyncEnumerable<NodeOutcome> RunAsync(
        IReadOnlyList<NodeRecord> nodes, ShellCommand command, int parallel = 32, CancellationToken cancellation = default) =>
        rooms.Sessions.RunAsync(nodes, command, parallel, cancellation);

    /// <summary>Copies a file or folder of this machine to a node.</summary>
    public Task UploadAsync(NodeRecord node, string local, string remote, CancellationToken cancellation = default) =>
        rooms.Sessions.UploadAsync(node, local, remote, cancellation);

    /// <summary>Copies a file or folder of a node to this machine.</summary>
    public Task DownloadAsync(NodeRecord node, string remote, string local, CancellationToken cancellation = default) =>
        rooms.Sessions.DownloadAsync(node, remote, local, cancellation);

    /// <summary>The words of a local program that opens a session on a node at this terminal, good as long as this toolkit is not disposed of.</summary>
    /// <param name="node">The node.</param>
    /// <param name="command">Words of a command; none for a shell.</param>
    /// <param name="terminal">True makes a terminal of it on the node too; false keeps its streams apart, and every byte as it is.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<IReadOnlyList<string>> SessionAsync(
        NodeRecord node, IReadOnlyList<string> command, bool terminal, CancellationToken cancellation = default) =>
        rooms.Sessions.SessionAsync(node, command, terminal, cancellation);

    /// <summary>What is known of a node that is not as it should be: its steps in the last run, and the end of its log.</summary>
    public Task<NodeStory> WhyAsync(NodeRecord node, int lines = 20, CancellationToken cancellation = default) =>
        rooms.Sessions.WhyAsync(node, lines, cancellation);

    /// <summary>Accepts a host key as the only one a node may show; whoever calls has read it where nobody else could have put it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="hostKeyLine">The public key, as <c>/etc/ssh/ssh_host_ed25519_key.pub</c> has it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="LinodeToolkitException">It is no public key, the node is gone or has no address, or a run is at work; nothing was changed.</exception>
    public async Task<TrustedHostKey> TrustAsync(NodeRecord node, string hostKeyLine, CancellationToken cancellation = default) =>
        await rooms.Trust.AcceptAsync(
            await rooms.Store.ClusterOfAsync(node.ClusterId, cancellation).ConfigureAwait(false), node, hostKeyLine, cancellation).ConfigureAwait(false);

    /// <summary>Forms that <see cref="ExportAsync"/> knows.</summary>
    public static IReadOnlyList<ExportFormat> ExportFormats => [.. BuiltIns.Exporters.Select(one => one.Format)];

    /// <summary>A cluster, or a set of them, as text that another program takes as it is.</summary>
    /// <param name="cluster">Its name, liberally matched.</param>
    /// <param name="format">One of <see cref="ExportFormats"/>, by name.</param>
    /// <param name="keyFolder">Folder for private keys and known host keys, where the form needs them: made private where missing, and refused where
    /// others can look into it. Null takes one below the data folder, which <see cref="AuditSecretsAsync"/> counts as a store of secrets.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <remarks>The keys in that folder are as open as in the secret store <c>plain</c>, whichever is in use. They are written anew with each export.</remarks>
    /// <exception cref="LinodeToolkitException">There is no such cluster or form, a key is missing, or the folder cannot be used.</exception>
    public async Task<ClusterExport> ExportAsync(
        string cluster, string format, string? keyFolder = null, CancellationToken cancellation = default) =>
        await rooms.Exports.ExportAsync(
            await rooms.Queries.GetAsync(cluster, cancellation).ConfigureAwait(false), format, keyFolder, cancellation).ConfigureAwait(false);

    /// <summary>Names of all clusters, deleted ones included, by id.</summary>
    public Task<IReadOnlyDictionary<Guid, string>> GetClusterNamesAsync(CancellationToken cancellation = default) =>
        rooms.Queries.NamesAsync(cancellation);

    /// <summary>Runs, newest first.</summary>
    public IAsyncEnumerable<RunRecord> ListRunsAsync(string? cluster = null, CancellationToken cancellation = default) =>
        rooms.Queries.RunsAsync(cluster, cancellation);

    /// <summary>Who the token belongs to; one request.</summary>
    /// <param name="api">Generation of the API whose token or key is meant; null for the usual one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<CloudIdentity> GetIdentityAsync(ApiGeneration? api = null, CancellationToken cancellation = default) =>
        rooms.Workshop.For(api).Cloud.GetIdentityAsync(cancellation);

    /// <summary>What a resolved plan costs by the catalogue's prices.</summary>
    public async Task<PlanCost> GetCostAsync(ResolvedPlan plan, CancellationToken cancellation = default) =>
        Pricing.Of(plan, await rooms.Workshop.For(plan).Catalogs.GetAsync(false, cancellation).ConfigureAwait(false));

    /// <summary>Steps of a run as the journal has them.</summary>
    public Task<IReadOnlyList<JournalEntry>> ListStepsAsync(string run, CancellationToken cancellation = default) =>
        rooms.Workshop.Journal.ReadAsync(run, cancellation);

    /// <summary>In what a cluster, or each of a set, differs from its plan, and from what stands in the account; changes nothing.</summary>
    /// <param name="cluster">Its name, liberally matched.</param>
    /// <param name="live">True looks at the account, by lists: the cost follows their pages, not the nodes. False sends no request.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<ClusterDiff> DiffAsync(string cluster, bool live, CancellationToken cancellation = default) =>
        await new LiveDiff(rooms.Workshop).FindAsync(
            await rooms.Queries.FindAsync(cluster, cancellation).ConfigureAwait(false), live, cancellation).ConfigureAwait(false);

    /// <summary>What in the account carries an owner tag and is in no record: left by a lost inventory, or by somebody who moved records away.</summary>
    public Task<IReadOnlyList<Orphan>> FindOrphansAsync(CancellationToken cancellation = default) => rooms.Orphans.FindAsync(cancellation);

    /// <summary>Deletes one that a cluster of this inventory had made; it may be gone already.</summary>
    /// <exception cref="ArgumentException">It is of no cluster known here: another machine may be working on it.</exception>
    public Task DeleteOrphanAsync(Orphan orphan, CancellationToken cancellation = default) => rooms.Orphans.DeleteAsync(orphan, cancellation);

    /// <summary>What <see cref="ImportAsync"/> would take up as a cluster; sends no write call and makes no record.</summary>
    /// <exception cref="LinodeToolkitException">The name is taken, nothing carries the tag, or the state cannot be read or names no node that is there.</exception>
    public async Task<ImportPreview> PreviewImportAsync(ImportRequest request, CancellationToken cancellation = default) =>
        await (await ImporterAsync(cancellation).ConfigureAwait(false)).PreviewAsync(request, cancellation).ConfigureAwait(false);

    /// <summary>Takes up what a preview showed: it gets the cluster's owner tag where it has none, and records. What was interrupted goes on.</summary>
    /// <param name="preview">From <see cref="PreviewImportAsync"/>; whoever calls has agreement to all that is in it.</param>
    /// <param name="cancellation">Ends the wait; the same import goes on with it.</param>
    /// <exception cref="LinodeToolkitException">Some of it is another's, or it is not what was shown any more; nothing was changed.</exception>
    public async Task<ClusterView> ImportAsync(ImportPreview preview, CancellationToken cancellation = default)
    {
        var cluster = await (await ImporterAsync(cancellation).ConfigureAwait(false)).ImportAsync(preview, cancellation).ConfigureAwait(false);
        return await rooms.Queries.GetAsync(cluster.Name, cancellation).ConfigureAwait(false);
    }

    /// <summary>Closes files and connections.</summary>
    public ValueTask DisposeAsync() => rooms.DisposeAsync();

    private async Task<Importer> ImporterAsync(CancellationToken cancellation) =>
        new(rooms.Workshop, await rooms.Catalogs.GetAsync(false, cancellation).ConfigureAwait(false));

    private async Task<RunSummary> BeginAsync(string cluster, ClusterWork work, RunCall call)
    {
        var found = await rooms.Queries.FindAsync(cluster, call.Leave).ConfigureAwait(false);
        return await rooms.ConductorOf(found).BeginAsync(found, work, call).ConfigureAwait(false);
    }
}
