using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters;

/// <summary>A run before it begins: what it is to change, checked, and the records it needs.</summary>
/// <param name="shop">What it works with, under its lease.</param>
/// <param name="book">The records of its cluster.</param>
/// <param name="work">What it is to do.</param>
/// <param name="plan">The plan it works by.</param>
internal sealed class Draft(Workshop shop, ClusterBook book, ClusterWork work, ResolvedPlan plan)
{
    public Workshop Shop => shop;

    public ClusterBook Book => book;

    public ClusterWork Work { get; private set; } = work;

    /// <summary>What is to be changed; there once it was checked.</summary>
    public ChangeSet Changes { get; private set; } = null!;

    /// <summary>What another process needs to draw the same graph: the records as they were when it was decided what to change.</summary>
    public string Described { get; private set; } = "";

    /// <summary>What is to be done again, since nodes do not stand as they were made.</summary>
    public Mending Mending { get; private set; } = Mending.None;

    /// <summary>Holds it against the cloud, the token and this machine, before anything is written or made.</summary>
    public async Task<Draft> CheckAsync(bool isNew, CancellationToken cancellation)
    {
        if (Work is DeleteWork or RollBackWork { Keys: null })
        {
            await CloudSweep.CollectAsync(shop.Cloud, book, cancellation).ConfigureAwait(false);
        }

        Decide();
        await ScopeCheck.DemandAsync(shop.Cloud, Changes, cancellation).ConfigureAwait(false);
        await ActionCheck.DemandAsync(shop, Changes, cancellation).ConfigureAwait(false);
        await Work.DemandDataAsync(plan, Changes, shop.Secrets, cancellation).ConfigureAwait(false);
        if (!isNew && (Work is CreateWork or CreateNodesWork))
        {
            var lost = new LostResources(shop.Cloud, book);
            await lost.ForgetFirewallAsync(cancellation).ConfigureAwait(false);
            Mending = await Mending.PrepareAsync(shop.Cloud, book, [.. plan.Nodes], shop.Patience, cancellation).ConfigureAwait(false);
            await lost.ForgetRestAsync(Work.Plan(book, plan), cancellation).ConfigureAwait(false);
            Mending = Mending with { Steps = Mending.Steps.Union(lost.Steps).ToHashSet(StringComparer.Ordinal) };
            Decide();
        }

        if (Work is CreateWork { OnFailure: OnFailure.RollBack, Undo: null } create)
        {
            // All of a cluster that had nothing complete before, else what is added.
            Work = create with
            {
                Undo = new(Changes.KeptNodes.Count == 0
                    ? null
                    : [.. Changes.AddedNodes.Select(node => node.Key), .. Changes.AddedBalancers.Select(one => one.Key)]),
            };
        }

        return this;
    }

    /// <summary>Writes down what is about to be done.</summary>
    public async Task EnterAsync(CancellationToken cancellation)
    {
        if (Work.Changed(plan) is var changed && !ReferenceEquals(changed, plan))
        {
            await book.SaveClusterAsync(book.Cluster with { Resolved = ResolvedPlanJson.Write(changed) }).ConfigureAwait(false);
        }

        if (Work.During is { } state)
        {
            await book.SaveClusterAsync(book.Cluster with { State = state }).ConfigureAwait(false);
        }

        // What failed on a node that had been ready before is done again; the rest of it stands.
        // Whoever has a turn is written down as well at the end of it, and not before.
        var again = Changes.AddedNodes.Where(node => Changes.TurnOf(node.Key) is null).Select(node => book.FindNode(node.Key)).OfType<NodeRecord>().Concat(Changes.StartedNodes);
        await book.SaveNodesAsync([.. again.Where(node => node is { State: NodeState.Failed, Configuration: not ConfigurationState.None })
            .Select(node => node with { State = NodeState.Ready, Stage = NodeStage.None, Failure = null })]).ConfigureAwait(false);
        if (Work is CreateWork or CreateNodesWork)
        {
            await shop.Store.RaiseCountersAsync(book.Cluster.Id, plan.Counters, cancellation).ConfigureAwait(false);
            await book.SaveNodesAsync([.. plan.Nodes.Where(node => book.FindNode(node.Key) is null).Select(Planned)]).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the plan that is applied the cluster's own, once its run is known: until then the one before says how it was made.</summary>
    public async Task AdoptAsync(CancellationToken cancellation)
    {
        if (Work is not ApplyWork work)
        {
            return;
        }

        await book.SaveClusterAsync(book.Cluster with
        {
            Resolved = work.Target, PlanText = work.PlanText ?? book.Cluster.PlanText, PlanName = work.PlanName ?? book.Cluster.PlanName,
            IsProtected = work.Protects ?? book.Cluster.IsProtected,
        }).ConfigureAwait(false);
        await shop.Store.RaiseCountersAsync(book.Cluster.Id, plan.Counters, cancellation).ConfigureAwait(false);
        foreach (var node in Changes.AddedNodes.Select(node => book.FindNode(node.Key)).OfType<NodeRecord>()
            .Where(node => node.State == NodeState.Gone || (work.Lost.TryGetValue(node.Key, out var lost) && node.LinodeId == lost)))
        {
            await ClearedNodes.ForgetAsync(book, node).ConfigureAwait(false);
        }

        await book.SaveNodesAsync([.. Changes.AddedNodes.Where(node => book.FindNode(node.Key) is null).Select(Planned)]).ConfigureAwait(false);
    }

    private void Decide()
    {
        Described = new RunSketch(book.Cluster, [.. book.Nodes], [.. book.Resources], Work.Write()).Write();
        Changes = Work.Plan(book, plan);
    }

    private NodeRecord Planned(ResolvedNode node) => new(
        book.Cluster.Id, node.Key, node.Label, node.Region, node.Group, node.Ordinal, node.Type, node.Image, node.HostName, node.Tags,
        NodeState.Planned)
    {
        PublicFqdn = node.PublicFqdn, PrivateFqdn = node.PrivateFqdn,
    };
}
