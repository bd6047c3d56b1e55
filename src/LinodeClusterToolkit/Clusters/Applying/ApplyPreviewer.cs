using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters.Applying;

/// <summary>Works out what bringing a cluster to a plan does; sends no write call.</summary>
internal sealed class ApplyPreviewer(Workshop shop, LinodeCatalog catalog)
{
    /// <summary>For a plan.</summary>
    public async Task<ApplyPreview> ApplyAsync(ApplyRequest request, CancellationToken cancellation)
    {
        var basis = await ApplyBasis.ReadAsync(shop, request.Cluster, cancellation).ConfigureAwait(false);
        var resolved = PlanResolver.Resolve(request.Plan, new ResolveRequest(request.Cluster, catalog)
        {
            Set = request.Set, Known = basis.Stored.Nodes.ToDictionary(node => node.Key, StringComparer.Ordinal), Counters = basis.Counters,
        });
        var target = await StoredScripts.FillAsync(shop.Cloud, resolved.OrThrow(), basis.Stored, cancellation).ConfigureAwait(false);
        RiderSizes.Demand(target);
        var found = Consent(await FindAsync(basis, target, cancellation).ConfigureAwait(false), target, request);
        target = Remaining(target, basis, found.Held);
        var work = WorkFor(basis, target, found.Done) with
        {
            KeepVolumes = request.KeepVolumes, PlanText = request.Plan.Text, PlanName = request.Plan.Name,
            Protects = target.Protect == basis.Stored.Protect ? null : target.Protect,
        };
        return Preview(basis, target, work, found, [.. resolved.Warnings]) with { Again = token => ApplyAsync(request, token) };
    }

    /// <summary>For other numbers of nodes; whatever else differs is left alone.</summary>
    public async Task<ApplyPreview> ScaleAsync(ScaleRequest request, CancellationToken cancellation)
    {
        var basis = await ApplyBasis.ReadAsync(shop, request.Cluster, cancellation).ConfigureAwait(false);
        var target = new Scaling(basis, request, new Membership(new CounterBook(basis.Counters), !catalog.Offer.Abilities.LongLabels)).Target();
        var affected = target.Nodes.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        affected.SymmetricExceptWith(basis.Stored.Nodes.Select(node => node.Key));
        var labels = target.Nodes.Concat(basis.Stored.Nodes).Where(node => affected.Contains(node.Key)).Select(node => node.Label).ToHashSet(StringComparer.Ordinal);
        var all = await FindAsync(basis, target, cancellation).ConfigureAwait(false);
        var found = Consent(
            [.. all.Where(change => change.Node is { } key ? affected.Contains(key) : change.Rule == ChangeRules.BalancerBackend.Id && labels.Contains(LabelOf(change)))],
            target, new ApplyRequest(request.Cluster, new PlanSource("", null, "")) { Prune = true, KeepVolumes = request.KeepVolumes });
        var work = WorkFor(basis, target, found.Done) with { Called = "scale", KeepVolumes = request.KeepVolumes };
        return Preview(basis, target, work, found, []) with { Again = token => ScaleAsync(request, token) };
    }

    private async Task<IReadOnlyList<PlannedChange>> FindAsync(ApplyBasis basis, ResolvedPlan target, CancellationToken cancellation)
    {
        var records = new DriftRecords(basis.Book.Cluster, target, [.. basis.Book.Nodes], [.. basis.Book.Resources], KnowsRules: true);
        var sight = await CloudLook.LookAsync(shop.Cloud, records, cancellation).ConfigureAwait(false);
        return sight.Unseen.Count > 0
            ? throw new LinodeToolkitException(ApplyProblems.Unseen(basis.Book.Cluster.Name, sight.Unseen))
            : ChangeFinder.Find(new ApplyScene(records, [.. basis.InForce.Select(ResolvedPlanJson.Read)], sight, catalog));
    }

    // What is deleted or lost needs a word that allows it.
    private static Decided Consent(IReadOnlyList<PlannedChange> found, ResolvedPlan target, ApplyRequest request)
    {
        PlannedChange[] wanted = [.. found.Where(change => !(request.KeepVolumes && change is { What: "volume", Way: ChangeWay.Remove } && IsOfGoing(change)))];
        var held = wanted.Where(change => (change.Way == ChangeWay.Remove && !request.Prune) || (change.Way == ChangeWay.Rebuild && !request.Rebuild)).ToList();
        var stuck = held.Where(change => change.Way == ChangeWay.Rebuild).Select(change => change.Node).ToHashSet(StringComparer.Ordinal);
        held.AddRange(wanted.Where(change => change.Way == ChangeWay.Reboot && stuck.Contains(change.Node)));

        // What is made anew gets the rest with it: volumes that are added are told all the same, since they cost something.
        var anew = wanted.Where(change => change.Way == ChangeWay.Rebuild && request.Rebuild).Select(change => change.Node).ToHashSet(StringComparer.Ordinal);

        // Who stays goes on serving.
        var staying = held.Where(change => change is { What: "node", Way: ChangeWay.Remove }).Select(change => change.Label).ToHashSet(StringComparer.Ordinal);
        return new(
            [.. wanted.Where(change => change.Way != ChangeWay.Refused && !held.Contains(change)
                && !(anew.Contains(change.Node) && change.Way == ChangeWay.InPlace && ChangeFinder.ComesAnew(change))
                && !(change.Rule == ChangeRules.BalancerBackend.Id && staying.Contains(LabelOf(change))))],
            held,
            [.. wanted.Where(change => change.Way == ChangeWay.Refused)]);

        // Or of one that went before, and left it.
        bool IsOfGoing(PlannedChange volume) => target.Nodes.All(node => node.Key != volume.Node);
    }

    // A back end is told by its label and its address, or by its label alone.
    private static string LabelOf(PlannedChange backend) => (backend.From ?? backend.To ?? "").Split(' ')[0];

    // What is not made anew is kept as it was made, so that the difference is found again.
    private static ResolvedPlan Remaining(ResolvedPlan target, ApplyBasis basis, IReadOnlyList<PlannedChange> held)
    {
        var stuck = held.Where(change => change.Way == ChangeWay.Rebuild).Select(change => change.Node).ToHashSet(StringComparer.Ordinal);
        var stored = basis.Stored.Nodes.ToDictionary(node => node.Key, StringComparer.Ordinal);
        return stuck.Count == 0 ? target : target with
        {
            Regions = [.. target.Regions.Select(region => region with
            {
                Groups = [.. region.Groups.Select(group => group with { Nodes = [.. group.Nodes.Select(AsMade)] })],
            })],
        };

        ResolvedNode AsMade(ResolvedNode node) => !stuck.Contains(node.Key) || !stored.TryGetValue(node.Key, out var made) ? node
            : node with { Image = made.Image, Disks = made.Disks, TakesUserData = made.TakesUserData, Types = made.Types };
    }

    private static ApplyWork WorkFor(ApplyBasis basis, ResolvedPlan target, IReadOnlyList<PlannedChange> changes) =>
        new(ResolvedPlanJson.Write(target), basis.InForce, changes)
        {
            Lost = changes.Where(change => change.Rule == ChangeRules.NodeAgain.Id).ToDictionary(change => change.Key, change => basis.Book.Node(change.Key).LinodeId!.Value),
        };

    private ApplyPreview Preview(ApplyBasis basis, ResolvedPlan target, ApplyWork work, Decided found, IReadOnlyList<Problem> warnings)
    {
        var changes = work.Plan(basis.Book, target);
        var identities = shop.Remote.IdentitiesOf(basis.Book.Cluster);
        var nobody = new NodeCredentials([], (_, _) => throw new InvalidOperationException("a preview makes no node"), identities, target.Ssh);
        var graph = Blueprint.Draw(changes, shop.Parts(
            new ProvisioningTools(shop.Cloud, basis.Book, nobody, shop.Secrets, shop.Patience), shop.Remote.ToolsFor(basis.Book, identities)));
        return new(basis.Book.Cluster.Name, target, found.Done, Blueprint.Bound(graph, shop.Limits), warnings)
        {
            Held = found.Held, Refused = found.Refused, Cost = Pricing.Of(target, catalog), Work = work,
        };
    }

    /// <summary>What is done, what nobody has allowed, and what cannot be done.</summary>
    private sealed record Decided(IReadOnlyList<PlannedChange> Done, IReadOnlyList<PlannedChange> Held, IReadOnlyList<PlannedChange> Refused);
}
