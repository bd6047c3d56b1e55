using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters.Imports;

/// <summary>What an import was found to be: what is shown of it, and what its records are made from.</summary>
/// <param name="Preview">What is shown.</param>
/// <param name="Cluster">The record that it goes on with or takes up again; null where it makes one.</param>
/// <param name="Begun">The import that goes on; null for a new one.</param>
/// <param name="Source">What it is known again by.</param>
/// <param name="Owner">The cluster an owner tag stands for; null for every other source.</param>
/// <param name="Plan">The plan given with it.</param>
/// <param name="Sight">What of the account is meant.</param>
internal sealed record ImportFindings(
    ImportPreview Preview, ClusterRecord? Cluster, RunRecord? Begun, string Source, Guid? Owner, ResolvedPlan? Plan, ImportSight Sight)
{
    /// <summary>Group, number and key of each node by its id.</summary>
    public IReadOnlyDictionary<long, (string Group, int Ordinal, string Key)> Places { get; init; } =
        new Dictionary<long, (string, int, string)>();

    /// <summary>Ids of what is taken up.</summary>
    public HashSet<(string Kind, long Id)> Ids => [.. Preview.Taken.Select(item => (item.Kind, item.Id))];
}

/// <summary>Looks at what an import would take up; changes nothing.</summary>
internal sealed class ImportSurvey(Workshop shop, LinodeCatalog catalog)
{
    /// <exception cref="LinodeToolkitException">The name is taken, the state cannot be read, or there is no node to be taken up.</exception>
    public async Task<ImportFindings> LookAsync(ImportRequest request, CancellationToken cancellation)
    {
        Names.DemandGood(request.Cluster);
        if (request.Tag is null == request.Terraform is null)
        {
            throw new LinodeToolkitException(ImportProblems.OneSource());
        }

        var plan = request.Plan is null ? null
            : PlanResolver.Resolve(request.Plan, new ResolveRequest(request.Cluster, catalog) { Set = request.Set }).OrThrow();
        var state = request.Terraform is null ? null : TerraformReader.From(request.Terraform);
        if (state is not null && !shop.Cloud.Abilities.Tags)
        {
            throw new LinodeToolkitException(ImportProblems.NoTagsThere(request.Terraform!.Name));
        }

        var source = ImportRun.SourceOf(request, state);
        var owner = request.Tag is null ? null : OthersCloud.ClusterOf(request.Tag);
        var (cluster, begun) = await RecordOfAsync(request, source, owner, cancellation).ConfigureAwait(false);
        var mine = cluster?.Id ?? owner;
        var sight = state is not null ? await ImportSight.OfStateAsync(shop.Cloud, state, cancellation).ConfigureAwait(false)
            : await OwnAsync(await ImportSight.OfTagsAsync(
                shop.Cloud, [.. new[] { request.Tag!, mine is { } id ? $"{OthersCloud.Prefix}{id:D}" : request.Tag! }.Distinct()], cancellation)
                .ConfigureAwait(false), cancellation).ConfigureAwait(false);
        var book = cluster is null ? null : await ClusterBook.OpenAsync(shop.Store, cluster, shop.Time, cancellation).ConfigureAwait(false);
        var findings = new ImportFindings(
            new(request.Cluster, request.Terraform?.Name ?? $"tag {request.Tag}", SituationOf(begun), []) { Request = request },
            cluster, begun, source, owner, plan, sight)
        {
            Places = PlacesOf(sight, state, plan, book),
        };
        var owners = await ImportOwners.ReadAsync(shop.Store, mine, sight, cancellation).ConfigureAwait(false);
        var items = new ImportItems(findings, state, owners, catalog).All();
        if (items.All(item => item is not { Kind: "node", Verdict: not ImportVerdict.Missing }))
        {
            throw new LinodeToolkitException(
                request.Tag is { } tag ? ClusterProblems.NothingTagged(tag) : ImportProblems.NoNode(request.Terraform!.Name));
        }

        var preview = findings.Preview with { Items = items, Bystanders = state?.Bystanders ?? [] };
        preview = preview with { Obstacle = preview.Refused.Count > 0 ? ImportProblems.OthersOwn(preview.Source, preview.Refused) : null };
        return findings with { Preview = preview with { Notes = [.. Notes(preview, sight, owner is null)] } };
    }

    private static ImportSituation SituationOf(RunRecord? begun) => begun switch
    {
        null => ImportSituation.New,
        { State: "done" } => ImportSituation.Finished,
        _ => ImportSituation.Unfinished,
    };

    private IEnumerable<string> Notes(ImportPreview preview, ImportSight sight, bool isForeign)
    {
        if (preview.ToMark.Count > 0 && !shop.Cloud.Abilities.Tags)
        {
            yield return "version 3 of the API has no tags: the owner mark takes the place of the display group of each node";
        }

        if (sight.Unseen.Count > 0)
        {
            yield return $"not looked at, as the token may not read them: {string.Join(", ", sight.Unseen)}";
        }

        if (sight.Firewalls.Count > 0 && sight.OwnFirewall(isForeign) is null)
        {
            yield return "no firewall of these is made the cluster's own, which new nodes get: not just one has all of these nodes behind it";
        }

        if (isForeign)
        {
            yield return "the cluster will be protected from deletion";
        }
    }

    /// <summary>The record under that name which this import goes on with, or that of a deleted cluster of the owner tag; null without.</summary>
    private async Task<(ClusterRecord? Cluster, RunRecord? Begun)> RecordOfAsync(
        ImportRequest request, string source, Guid? owner, CancellationToken cancellation)
    {
        ClusterRecord? deleted = null;
        await foreach (var cluster in shop.Store.ListClustersAsync(true, cancellation).ConfigureAwait(false))
        {
            if (cluster.State == ClusterState.Deleted)
            {
                deleted = cluster.Id == owner ? cluster : deleted;
            }
            else if (cluster.Name == request.Cluster)
            {
                return (cluster, await BegunAsync(cluster, source, cancellation).ConfigureAwait(false));
            }
            else if (cluster.Id == owner)
            {
                throw new LinodeToolkitException(ClusterProblems.KnownAlready(request.Tag!, cluster.Name));
            }
        }

        return (deleted, null);
    }

    private async Task<RunRecord?> BegunAsync(ClusterRecord cluster, string source, CancellationToken cancellation)
    {
        var run = await ImportRun.LastAsync(shop.Store, cluster, cancellation).ConfigureAwait(false);
        if (run is null)
        {
            // Left between its record and that of its run, which the first already names: nothing was done yet.
            var any = await shop.Store.ListRunsAsync(cluster.Id, cancellation).AnyAsync(cancellation).ConfigureAwait(false);
            return cluster is { State: ClusterState.Creating, LastRun: not null } && !any ? null
                : throw new LinodeToolkitException(ClusterProblems.NameInUse(cluster.Name));
        }

        return run.Work == source ? run
            : throw new LinodeToolkitException(run.State == "done"
                ? ClusterProblems.NameInUse(cluster.Name) : ImportProblems.OtherSource(cluster.Name, ImportRun.Said(run.Work)));
    }

    // What others have made in the account is not even told of: they may carry the same tag.
    private async Task<ImportSight> OwnAsync(ImportSight sight, CancellationToken cancellation) => sight with
    {
        Nodes = await OwnAsync(sight.Nodes, one => one.Id, one => one.Tags, cancellation).ConfigureAwait(false),
        Volumes = await OwnAsync(sight.Volumes, one => one.Id, one => one.Tags, cancellation).ConfigureAwait(false),
        Balancers = await OwnAsync(sight.Balancers, one => one.Id, one => one.Tags, cancellation).ConfigureAwait(false),
        Firewalls = await OwnAsync(sight.Firewalls, one => one.Id, one => one.Tags, cancellation).ConfigureAwait(false),
    };

    private async Task<IReadOnlyList<T>> OwnAsync<T>(
        IReadOnlyList<T> found, Func<T, long> id, Func<T, IReadOnlyList<string>> tags, CancellationToken cancellation) =>
        [.. (await OthersCloud.WithoutAsync(shop.Store, found, tags, cancellation).ConfigureAwait(false)).DistinctBy(id)];

    // By the order of the state, else by label: numbers that nobody gave go by it.
    private static Dictionary<long, (string Group, int Ordinal, string Key)> PlacesOf(
        ImportSight sight, TerraformState? state, ResolvedPlan? plan, ClusterBook? book)
    {
        var known = (book?.Nodes ?? []).Where(node => node.LinodeId is not null && node.State != NodeState.Gone)
            .ToDictionary(node => node.LinodeId!.Value, node => (node.Group, node.Ordinal, node.Key));
        var places = new Places(plan, (book?.Nodes ?? []).Select(node => node.Key));
        var named = (state?.Things ?? []).Where(thing => thing.Type == ImportSight.TypeOf(CloudThing.Node))
            .DistinctBy(thing => thing.Id).ToDictionary(thing => thing.Id!.Value);
        (string Group, int Ordinal, string Key) PlaceOf(CloudNode node) =>
            known.TryGetValue(node.Id, out var place) ? place : places.Of(node, named.GetValueOrDefault(node.Id));
        return sight.Nodes
            .OrderBy(node => named.GetValueOrDefault(node.Id)?.Number ?? int.MaxValue).ThenBy(node => node.Label, StringComparer.Ordinal)
            .ToDictionary(node => node.Id, PlaceOf);
    }
}
