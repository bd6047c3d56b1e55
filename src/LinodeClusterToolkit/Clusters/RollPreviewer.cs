using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Tells what a roll would do, and makes the work of it.</summary>
internal sealed class RollPreviewer(Workshop shop)
{
    public async Task<RollWork> WorkAsync(ClusterRecord cluster, RollRequest request, CancellationToken cancellation) =>
        (await MakeAsync(cluster, request, cancellation).ConfigureAwait(false)).Work;

    public async Task<RollPreview> LookAsync(ClusterRecord cluster, RollRequest request, CancellationToken cancellation)
    {
        var (work, book) = await MakeAsync(cluster, request, cancellation).ConfigureAwait(false);
        var begun = false;
        await foreach (var run in shop.Store.ListRunsAsync(cluster.Id, cancellation).ConfigureAwait(false))
        {
            begun |= run.Id == cluster.LastRun && run.State != "done" && work.GoesOnWith(run);
        }

        if (!begun)
        {
            work.Demand(cluster, book.Nodes);
        }

        var changes = work.Plan(book, work.PlanOf(cluster));
        var (graph, _, _) = await shop.DrawAsync(book, changes, cancellation).ConfigureAwait(false);
        var made = changes.AddedNodes.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        return new(cluster.Name, request.Kind, Rounds(changes.Turns), Blueprint.Bound(graph, shop.Limits))
        {
            Type = work.Type,
            Image = changes.AddedNodes.Select(node => node.Image).Distinct(StringComparer.Ordinal).FirstOrDefault(),
            Volumes =
            [
                .. book.Resources.Where(one => one is { Kind: ResourceKind.Volume, CloudId: not null } && made.Contains(one.NodeKey ?? ""))
                    .Select(one => one.Label).Order(StringComparer.Ordinal),
            ],
            IsBegun = begun,
        };
    }

    private async Task<(RollWork Work, ClusterBook Book)> MakeAsync(ClusterRecord cluster, RollRequest request, CancellationToken cancellation)
    {
        if (ClusterSets.MembersOf(cluster).Count > 0)
        {
            throw new LinodeToolkitException(ClusterProblems.IsSet(cluster.Name));
        }

        var book = await ClusterBook.OpenAsync(shop.Store, cluster, shop.Time, cancellation).ConfigureAwait(false);
        var catalog = await shop.Catalogs.GetAsync(false, cancellation).ConfigureAwait(false);
        return (new RollPlanner(cluster, book.Nodes, catalog).Make(request), book);
    }

    private static IReadOnlyList<IReadOnlyList<NodeRecord>> Rounds(IReadOnlyList<Turn> turns)
    {
        var rounds = new List<List<NodeRecord>>();
        foreach (var turn in turns)
        {
            var at = turn.After.Count == 0 ? 0 : 1 + rounds.FindIndex(round => round.Exists(node => node.Label == turn.After[0]));
            if (at == rounds.Count)
            {
                rounds.Add([]);
            }

            rounds[at].Add(turn.Node);
        }

        return rounds;
    }
}
