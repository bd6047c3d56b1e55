using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Begins runs and goes on with them: takes the lease, opens the book, makes the change set, checks it, has it run.</summary>
internal sealed partial class Conductor(Workshop shop)
{
    private readonly ClusterSets sets = new(shop.Store, shop.Time);

    /// <summary>Makes what a preview showed, or goes on with it.</summary>
    public async Task<RunSummary> CreateAsync(ClusterPreview preview, RunCall call)
    {
        await sets.DemandStartableAsync(preview.Cluster, force: false, call.Leave).ConfigureAwait(false);
        if (preview.Situation == ClusterSituation.Other)
        {
            throw new LinodeToolkitException(ClusterProblems.Taken(preview.Cluster));
        }

        return await CreateOnceAsync(preview, call, (draft, held) => RunAsync(draft, held, null, call)).ConfigureAwait(false);
    }

    /// <summary>Writes down what a preview showed, checked as if it were to begin now, and hands it over under the lease.</summary>
    /// <param name="preview">The preview.</param>
    /// <param name="handOver">Hands a run over; it has its record by then.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<RunRecord> SubmitAsync(ClusterPreview preview, Func<RunRecord, Task> handOver, CancellationToken cancellation)
    {
        await sets.DemandStartableAsync(preview.Cluster, force: false, cancellation).ConfigureAwait(false);
        if (preview.Situation == ClusterSituation.Other)
        {
            throw new LinodeToolkitException(ClusterProblems.Taken(preview.Cluster));
        }

        return await CreateOnceAsync(preview, new(null, cancellation, cancellation), async (draft, _) =>
        {
            await draft.EnterAsync(cancellation).ConfigureAwait(false);
            var run = await RunForAsync(draft, "queued", cancellation).ConfigureAwait(false);
            await draft.AdoptAsync(cancellation).ConfigureAwait(false);
            await handOver(run).ConfigureAwait(false);
            return run;
        }).ConfigureAwait(false);
    }

    /// <summary>Hands the last run of a cluster over, to be gone on with; null where it has ended well.</summary>
    public async Task<RunRecord?> SubmitAgainAsync(ClusterRecord cluster, Func<RunRecord, Task> handOver, CancellationToken cancellation)
    {
        if (await LastRunAsync(cluster, cancellation).ConfigureAwait(false) is not { State: not "done" } last)
        {
            return null;
        }

        var held = await HoldAsync(cluster.Name, last.Verb, new(null, cancellation, cancellation)).ConfigureAwait(false);
        await using var untilEnd = held.ConfigureAwait(false);
        var queued = last with { State = "queued", Ended = null };
        await shop.Under(held.Lease).Store.SaveRunAsync(queued, cancellation).ConfigureAwait(false);
        await handOver(queued).ConfigureAwait(false);
        return queued;
    }

    /// <summary>Takes back the last run of a cluster, which waits for workers; false where it does not, or one has begun it.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="takeBack">Takes it from them; false where one has it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<bool> WithdrawAsync(ClusterRecord cluster, Func<RunRecord, Task<bool>> takeBack, CancellationToken cancellation)
    {
        if (await LastRunAsync(cluster, cancellation).ConfigureAwait(false) is not { State: "queued" } queued)
        {
            return false;
        }

        var held = await HoldAsync(cluster.Name, "cancel", new(null, cancellation, cancellation)).ConfigureAwait(false);
        await using var untilEnd = held.ConfigureAwait(false);
        if (!await takeBack(queued).ConfigureAwait(false))
        {
            return false;
        }

        await shop.Under(held.Lease).Store.SaveRunAsync(
            queued with { State = "interrupted", Ended = shop.Time.GetUtcNow() }, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Begins a run on a cluster that stands.</summary>
    public async Task<RunSummary> BeginAsync(ClusterRecord cluster, ClusterWork work, RunCall call)
    {
        switch (work)
        {
            case StartWork { Request.Force: var force }:
                await sets.DemandStartableAsync(cluster.Name, force, call.Leave).ConfigureAwait(false);
                break;
            case StopWork { Request.Force: var force }:
                await sets.DemandStoppableAsync(cluster.Name, force, call.Leave).ConfigureAwait(false);
                break;
            case DeleteWork { Request.Force: var force }:
                await sets.DemandStoppableAsync(cluster.Name, force, call.Leave).ConfigureAwait(false);
                break;
        }

        return await WorkAsync(cluster.Name, work, null, call).ConfigureAwait(false);
    }

    /// <summary>Goes on with the last run of a cluster, whatever it was; null where that has ended well.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="again">Names of the failed steps to try again; null for all.</param>
    /// <param name="call">Who watches, and what stops it.</param>
    public async Task<RunSummary?> GoOnAsync(ClusterRecord cluster, IReadOnlySet<string>? again, RunCall call)
    {
        var last = await LastRunAsync(cluster, call.Leave).ConfigureAwait(false);
        if (last is { State: "done" } || (last is null && cluster.State != ClusterState.Creating))
        {
            return null;
        }

        // Left between the record of the cluster and that of its first run, or begun by a version that did not keep what a run is to do.
        var work = last is null ? new CreateWork(OnFailure.Keep) : ClusterWork.Read(last.Work)
            ?? (last.Verb == CreateWork.Name ? new CreateWork(OnFailure.Keep) : throw new LinodeToolkitException(ClusterProblems.RunOfOld(cluster.Name, last.Id)));
        return await WorkAsync(cluster.Name, work, again, call).ConfigureAwait(false);
    }

    private async Task<T> CreateOnceAsync<T>(ClusterPreview preview, RunCall call, Func<Draft, HeldLease, Task<T>> then)
    {
        ClusterWork work = preview.Nodes is null
            ? new CreateWork(preview.Request?.OnFailure ?? OnFailure.Keep)
            : new CreateNodesWork(ResolvedPlanJson.Write(preview.Plan));
        var held = await HoldAsync(preview.Cluster, work.Verb, call).ConfigureAwait(false);
        await using var untilEnd = held.ConfigureAwait(false);
        var mine = shop.Under(held.Lease);
        var existing = await mine.Store.FindClusterAsync(preview.Cluster, call.Leave).ConfigureAwait(false);
        if (existing is not null && preview.Nodes is null
            && ResolvedPlanJson.Fingerprint(ResolvedPlanJson.Read(existing.Resolved)) != ResolvedPlanJson.Fingerprint(preview.Plan))
        {
            // Between preview and lease another run made a cluster of another plan under this name.
            throw new LinodeToolkitException(ClusterProblems.Taken(preview.Cluster));
        }

        var cluster = existing ?? NewCluster(preview);
        if (cluster.State == ClusterState.Deleting)
        {
            throw new LinodeToolkitException(ClusterProblems.BeingDeleted(cluster.Name));
        }

        if (work is CreateWork { OnFailure: OnFailure.RollBack } create && await LastRunAsync(cluster, call.Leave).ConfigureAwait(false)
            is { State: not "done" } left && ClusterWork.Read(left.Work) is CreateWork { Undo: { } undo })
        {
            // What the run had to take back when it began, it still has: part of it may be complete by now.
            work = create with { Undo = undo };
        }

        var book = await ClusterBook.OpenAsync(mine.Store, cluster, shop.Time, call.Leave).ConfigureAwait(false);
        var draft = await new Draft(mine, book, work, preview.Plan).CheckAsync(isNew: existing is null, call.Leave).ConfigureAwait(false);

        // Checked before the first record: a token that is refused leaves no cluster behind that would be in the way of another plan.
        if (existing is null && !await mine.Store.TryAddClusterAsync(cluster, call.Leave).ConfigureAwait(false))
        {
            throw new LinodeToolkitException(ClusterProblems.Taken(preview.Cluster));
        }

        if (existing is not null && preview.Nodes is null)
        {
            await book.SaveClusterAsync(book.Cluster with
            {
                Resolved = ResolvedPlanJson.Write(preview.Plan), PlanText = preview.Request?.Plan.Text ?? book.Cluster.PlanText,
            }).ConfigureAwait(false);
        }

        return await then(draft, held).ConfigureAwait(false);
    }

    private async Task<RunSummary> WorkAsync(string name, ClusterWork work, IReadOnlySet<string>? again, RunCall call)
    {
        var held = await HoldAsync(name, work.Verb, call).ConfigureAwait(false);
        await using var untilEnd = held.ConfigureAwait(false);
        var mine = shop.Under(held.Lease);

        // Read under the lease: a record that was handed in may be older than a run that has ended since.
        var cluster = await mine.Store.FindClusterAsync(name, call.Leave).ConfigureAwait(false)
            ?? throw new LinodeToolkitException(ClusterProblems.NoSuch("cluster", name, []));
        if (ClusterSets.MembersOf(cluster).Count > 0)
        {
            throw new LinodeToolkitException(ClusterProblems.IsSet(name));
        }

        work.DemandAllowed(cluster);
        var book = await ClusterBook.OpenAsync(mine.Store, cluster, shop.Time, call.Leave).ConfigureAwait(false);
        var last = await LastRunAsync(cluster, call.Leave).ConfigureAwait(false);
        if (last is not { State: not "done" } || !work.GoesOnWith(last))
        {
            work.Demand(cluster, book.Nodes);
        }

        var draft = await new Draft(mine, book, work, work.PlanOf(cluster)).CheckAsync(isNew: false, call.Leave).ConfigureAwait(false);
        return await RunAsync(draft, held, again, call).ConfigureAwait(false);
    }

    private async Task<RunSummary> RunAsync(Draft draft, HeldLease held, IReadOnlySet<string>? again, RunCall call)
    {
        await draft.EnterAsync(call.Leave).ConfigureAwait(false);
        var run = await RunForAsync(draft, "running", call.Leave).ConfigureAwait(false);
        await draft.AdoptAsync(call.Leave).ConfigureAwait(false);
        var catalog = await shop.Catalogs.GetAsync(false, call.Leave).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(call.Stop, held.StopAsked);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(call.Leave, held.Lost);
        var summary = await new ClusterRun(draft.Shop, catalog, draft.Book, run, call.Observer)
            .ExecuteAsync(draft, new RunTerms(held.DemandAsync, again, stop.Token, leave.Token)).ConfigureAwait(false);
        if (summary.Outcome != "failed" || draft.Work is not CreateWork { Undo: { } undo })
        {
            return summary;
        }

        var back = new Draft(draft.Shop, draft.Book, undo, undo.PlanOf(draft.Book.Cluster));
        return summary with
        {
            RolledBack = await RunAsync(await back.CheckAsync(isNew: false, call.Leave).ConfigureAwait(false), held, null, call).ConfigureAwait(false),
        };
    }

    private Task<HeldLease> HoldAsync(string cluster, string verb, RunCall call)
    {
        Names.DemandGood(cluster);
        return HeldLease.TakeAsync(shop.Leases, cluster, verb, shop.Self, shop.Time, call.Leave);
    }

    private ClusterRecord NewCluster(ClusterPreview preview)
    {
        // Single nodes leave no plan behind: their records say all there is.
        var plan = preview.Nodes is null ? preview.Plan : preview.Plan with { Regions = [] };
        return new(
            Guid.CreateVersion7(), preview.Cluster, ClusterState.Creating, preview.Request?.Plan.Text ?? "", preview.Request?.Plan.Name ?? "",
            ResolvedPlanJson.Write(plan), shop.Time.GetUtcNow())
        {
            IsProtected = plan.Protect,
        };
    }

    private async Task<RunRecord?> LastRunAsync(ClusterRecord cluster, CancellationToken cancellation)
    {
        await foreach (var run in shop.Store.ListRunsAsync(cluster.Id, cancellation).ConfigureAwait(false))
        {
            if (run.Id == cluster.LastRun)
            {
                return run;
            }
        }

        return null;
    }

    // An unfinished run of the same kind is gone on with: its journal tells which steps were begun.
    private async Task<RunRecord> RunForAsync(Draft draft, string state, CancellationToken cancellation)
    {
        var (cluster, work) = (draft.Book.Cluster, draft.Work);
        var last = await LastRunAsync(cluster, cancellation).ConfigureAwait(false);
        if (last is { State: not "done" } && work.GoesOnWith(last))
        {
            var same = last with { State = state, Ended = null, Work = work.Write() };
            await draft.Shop.Store.SaveRunAsync(same, cancellation).ConfigureAwait(false);
            return same;
        }

        var taken = await shop.Store.ListRunsAsync(null, cancellation).Select(run => run.Id).ToHashSetAsync(cancellationToken: cancellation).ConfigureAwait(false);
        string id;
        do
        {
            id = Guid.NewGuid().ToString("N")[..6];
        }
        while (!taken.Add(id));
        var begun = new RunRecord(id, cluster.Id, work.Verb, state, shop.Time.GetUtcNow(), null) { Work = work.Write() };
        await draft.Shop.Store.SaveRunAsync(begun, cancellation).ConfigureAwait(false);
        await draft.Book.SaveClusterAsync(cluster with { LastRun = id }).ConfigureAwait(false);
        return begun;
    }
}
