using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Clusters;

/// <summary>One run on one cluster: from its change set to its summary.</summary>
internal sealed class ClusterRun(Workshop shop, LinodeCatalog catalog, ClusterBook book, RunRecord run, IRunObserver? observer)
{
    private readonly RunReporter reporter = new(observer, run.Id, book.Cluster.Name, shop.Time);

    public Task<RunSummary> ExecuteAsync(Draft draft, RunTerms terms) => RunTelemetry.RunAsync(run, shop.Time, () => ToEndAsync(draft, terms));

    private async Task<RunSummary> ToEndAsync(Draft draft, RunTerms terms)
    {
        var (changes, cancellation) = (draft.Changes, terms.Leave);
        var (calls, waits, waited) = (shop.Calls.Calls, shop.Calls.Waited, shop.Calls.TimeWaited);
        if (changes.AddedNodes.Count > 0 || changes.Turns.Any(turn => turn.Kind != TurnKind.Command))
        {
            await shop.Cloud.Events.MarkAsync(cancellation).ConfigureAwait(false);
        }

        var (graph, _, inside) = await shop.DrawAsync(book, changes, cancellation).ConfigureAwait(false);
        reporter.NodeFailed = inside.MarkFallen;
        var bound = Blueprint.Bound(graph, shop.Limits);
        await ForgetAsync(graph, draft, cancellation).ConfigureAwait(false);

        // Every step stands in the journal from the first moment, in the order of the graph: so that it can be seen, and cancelled before it begins.
        await shop.Journal.EnterAsync(
            run.Id, [.. graph.Steps.Where(step => step.Work is not null).Select(step => step.Name)], cancellation).ConfigureAwait(false);
        await BeginAsync(changes, graph, bound, cancellation).ConfigureAwait(false);

        var outcome = await shop.Executor.RunAsync(
            graph,
            new TaskRun(run.Id, shop.Journal, reporter, shop.Time, terms.Stop, RetryBudget.Default, draft.Work.StopsOnFailure)
            {
                IsTransient = IsTransient, Demand = terms.Demand, Again = terms.Again, Describe = () => draft.Described,
            },
            cancellation).ConfigureAwait(false);

        // Other processes may have done the steps.
        await book.RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        if (!LeavesNodesAlone(changes))
        {
            await MarkFailedAsync(changes, graph, outcome).ConfigureAwait(false);
        }

        await EndAsync(changes, outcome).ConfigureAwait(false);
        var spent = shop.Executor.CountsByStep
            ? outcome.Steps.Aggregate(default(Spent), (all, step) => all + step.Spent)
            : new(shop.Calls.Calls - calls, shop.Calls.Waited - waits, shop.Calls.TimeWaited - waited);
        var summary = Summarise(changes, graph, outcome, bound) with { Calls = spent.Calls, RateWaits = spent.Waits, RateWaited = spent.Waited };
        reporter.Report(RunEventTypes.RunSummary, happened => happened with { Summary = summary });
        return summary;
    }

    // What was done on a node that is gone is not done on the one in its place; and who was told of its peers was not told of those to come.
    private async Task ForgetAsync(TaskGraph graph, Draft draft, CancellationToken cancellation)
    {
        var hasNewcomers = draft.Changes.AddedNodes.Any(node => book.FindNode(node.Key)?.PublicIpv4 is null);
        var open = await OpenAsync(draft.Changes.RotatedKeys, cancellation).ConfigureAwait(false);
        await shop.Journal.ForgetAsync(
            run.Id,
            [.. graph.Steps.Where(step => draft.Mending.Concerns(step) || (hasNewcomers && (NameHosts.Is(step) || OpenPorts.Is(step))))
                .Select(step => step.Name), .. open],
            cancellation).ConfigureAwait(false);
    }

    // The journal says what was done, not what still holds: before a key is put in force or taken away, each of its nodes is asked again.
    private async Task<IEnumerable<string>> OpenAsync(IReadOnlyList<RotatedKey> keys, CancellationToken cancellation)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var done = (await shop.Journal.ReadAsync(run.Id, cancellation).ConfigureAwait(false))
            .Where(entry => entry.State == StepState.Done).Select(entry => entry.Step).ToHashSet(StringComparer.Ordinal);
        return keys.Where(key => !done.Contains(RotateKeys.LastOf(key))).SelectMany(RotateKeys.StepsOf).Where(done.Contains);
    }

    // The client has retried what it can; these may go away when the whole step is tried again, which looks before it acts.
    // What is stuck has been waited for as long as anybody would: it is told.
    public static bool IsTransient(Exception thrown) => thrown
        is LinodeApiException
        {
            Failure: ApiFailure.AnswerLost or ApiFailure.Busy or ApiFailure.RateLimited or ApiFailure.Unavailable or ApiFailure.JobFailed
                or ApiFailure.BadAnswer,
        }
        or RemoteException { Stage: RemoteStage.Lost };

    private async Task BeginAsync(ChangeSet changes, TaskGraph graph, LeastTime bound, CancellationToken cancellation)
    {
        book.NodeChanged = reporter.NodeChanged;
        reporter.Report(RunEventTypes.Hello, happened => happened with { Text = $"linode-cluster-toolkit {Version.Text}" });
        reporter.Report(RunEventTypes.PlanResolved, happened => happened with
        {
            Text = string.Join(", ", new[]
            {
                (changes.AddedNodes.Count(node => changes.TurnOf(node.Key) is null), "to add"), (changes.Turns.Count, "to have a turn"), (changes.StartedNodes.Count, "to start"), (changes.StoppedNodes.Count, "to stop"),
                (changes.RemovedNodes.Count, "to remove"), (changes.RotatedNodes.Count(), "to give a new key"), (changes.EditedNodes.Count(), "to change"),
            }.Where(part => part.Item1 > 0).Select(part => $"{part.Item1} nodes {part.Item2}")),
        });
        var groups = changes.AddedNodes.Where(node => changes.TurnOf(node.Key) is null).Select(node => (node.Region, node.Group))
            .Concat(changes.Turns.Select(turn => (turn.Node.Region, turn.Node.Group)))
            .Concat(changes.StartedNodes.Concat(changes.StoppedNodes).Concat(changes.RemovedNodes).Concat(changes.RotatedNodes).Concat(changes.EditedNodes)
                .Select(node => (node.Region, node.Group)))
            .GroupBy(at => at).Select(same => new GroupShape(same.Key.Region, same.Key.Group, same.Count()));
        var shape = new RunShape(run.Verb, [.. groups], graph.Steps.Count(step => step.Work is not null), bound.Time);
        reporter.Report(RunEventTypes.RunStarted, happened => happened with { Shape = shape });

        // A run that is gone on with: what got there before is told, or it would look as if it waited.
        // Whoever is to have a turn stands already, and is told of once it has had it.
        var done = changes.Turns.Count == 0 ? [] : (await shop.Journal.ReadAsync(run.Id, cancellation).ConfigureAwait(false))
            .Where(entry => entry.State == StepState.Done).Select(entry => entry.Step).ToHashSet(StringComparer.Ordinal);
        var known = changes.AddedNodes.Select(node => node.Key).Concat(changes.EditedNodes.Select(node => node.Key))
            .Where(key => changes.TurnOf(key) is not { } turn || done.Contains(RecordProgress.TurnOf(turn.Node.Label)))
            .Concat(changes.Turns.Where(turn => !turn.IsMadeAnew && done.Contains(RecordProgress.TurnOf(turn.Node.Label))).Select(turn => turn.Node.Key))
            .Distinct(StringComparer.Ordinal).Select(book.FindNode).OfType<NodeRecord>();
        foreach (var node in known.Where(node => node.State == NodeState.Ready))
        {
            reporter.NodeChanged(node);
        }
    }

    private async Task MarkFailedAsync(ChangeSet changes, TaskGraph graph, RunOutcome outcome)
    {
        // Of one that is changed while it works a failure takes nothing: what it was to get it gets when the run goes on.
        var kept = ClusterWork.Read(run.Work) is not ApplyWork ? []
            : changes.KeptNodes.Select(node => node.Key).Except(changes.Turns.Select(turn => turn.Node.Key)).ToHashSet(StringComparer.Ordinal);
        var failed = graph.Steps.Zip(outcome.Steps)
            .Where(pair => pair.Second.State is StepState.Failed or StepState.Cancelled && pair.First is { Work: not null, Subject.Node: not null })
            .GroupBy(pair => pair.First.Subject.Node!, pair => pair.Second.Problem, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First()?.ToString(), StringComparer.Ordinal);
        if (failed.Count > 0)
        {
            await book.SaveNodesAsync([.. book.Nodes.Where(node => node.State != NodeState.Gone && failed.ContainsKey(node.Label) && !kept.Contains(node.Key))
                .Select(node => node with { State = NodeState.Failed, Failure = failed[node.Label] })]).ConfigureAwait(false);
        }
    }

    // A node that keeps its old key, or on which a command failed, is as well as before.
    private static bool LeavesNodesAlone(ChangeSet changes) => changes.RotatedKeys.Count > 0 || IsOfCommands(changes);

    private static bool IsOfCommands(ChangeSet changes) => changes.Turns.Count > 0 && changes.Turns.All(turn => turn.Kind == TurnKind.Command);

    private async Task EndAsync(ChangeSet changes, RunOutcome outcome)
    {
        var isApplied = ClusterWork.Read(run.Work) is ApplyWork;
        var removing = changes.RemovedNodes.Count > 0 || changes.RemovedResources.Count > 0;
        var state = (book.Cluster.State, outcome.Ending) switch
        {
            (ClusterState.Deleting, RunEnding.Done) => ClusterState.Deleted,
            (ClusterState.Deleting, _) => ClusterState.Deleting,
            (var before, _) when (removing && !isApplied) || LeavesNodesAlone(changes) => before,
            (_, RunEnding.Done) => Standing(),
            (_, RunEnding.Failed) => ClusterState.Degraded,
            (var under, _) => under,
        };
        await book.SaveClusterAsync(book.Cluster with { State = state, LastRun = run.Id }).ConfigureAwait(false);
        await shop.Store.SaveRunAsync(
            run with { State = outcome.Ending.ToString().ToLowerInvariant(), Ended = shop.Time.GetUtcNow() }, CancellationToken.None).ConfigureAwait(false);
        reporter.Report(RunEventTypes.ClusterState, happened => happened with { Text = state.ToString().ToLowerInvariant() });
    }

    private ClusterState Standing()
    {
        var there = book.Nodes.Where(node => node.State is not (NodeState.Gone or NodeState.Planned)).ToList();
        var off = there.Count(node => node.State == NodeState.Stopped);
        return off == there.Count && off > 0 ? ClusterState.Stopped
            : off > 0 || there.Any(node => node.State == NodeState.Failed) ? ClusterState.Degraded
            : there.Any(node => node.Power == "running") ? ClusterState.Started
            : ClusterState.Created;
    }

    private RunSummary Summarise(ChangeSet changes, TaskGraph graph, RunOutcome outcome, LeastTime bound)
    {
        var added = changes.AddedNodes.Where(node => changes.TurnOf(node.Key) is null).Select(node => book.Node(node.Key)).Concat(changes.StartedNodes.Select(node => book.Node(node.Key))).ToList();
        var stopped = changes.StoppedNodes.Select(node => book.Node(node.Key)).ToList();
        var removed = changes.RemovedNodes.Select(node => book.Node(node.Key)).ToList();
        var failures = graph.Steps.Zip(outcome.Steps).Where(pair => pair.Second.State is StepState.Failed or StepState.Cancelled)
            .Select(pair => new StepFailure(
                pair.First.Name, pair.First.Subject.Region, pair.First.Subject.Group, pair.First.Subject.Node,
                pair.Second.Attempts, pair.Second.Problem!));
        var done = graph.Steps.Zip(outcome.Steps).Where(pair => pair.Second.State == StepState.Done).Select(pair => pair.First.Name)
            .ToHashSet(StringComparer.Ordinal);
        var rotated = changes.RotatedNodes.ToList();
        var kept = rotated.Where(node => !done.Contains(RotateKeys.LastOf(node))).Select(node => node.Label).ToList();
        var turns = changes.Turns.Select(turn => turn.Node.Label).ToList();
        var edited = changes.EditedNodes.Select(node => node.Label).ToList();
        return new RunSummary(
            run.Id, book.Cluster.Name, run.Verb, outcome.Ending.ToString().ToLowerInvariant(),
            added.Count + removed.Count + stopped.Count + rotated.Count + turns.Count + edited.Count,
            added.Count(node => node.State == NodeState.Ready) + removed.Count(node => node.State == NodeState.Gone)
                + stopped.Count(node => node.State == NodeState.Stopped) + rotated.Count - kept.Count
                + turns.Count(label => done.Contains(Milestone.TurnEnded(label)))
                + edited.Count(label => graph.Steps.All(step => step.Subject.Node != label || step.Work is null || done.Contains(step.Name))),
            added.Concat(removed).Concat(stopped).Count(node => node.State == NodeState.Failed)
                + rotated.Count(node => failures.Any(failure => failure.Node == node.Label))
                + turns.Concat(edited).Count(label => failures.Any(failure => failure.Node == label)),
            graph.Steps.Zip(outcome.Steps).Count(pair => pair.First.Work is not null && pair.Second.State == StepState.Done),
            outcome.Elapsed, bound.Time, CloudTime(graph, outcome),
            0, 0, Pricing.Of(book.Nodes, book.Resources, catalog).Hourly, [.. failures])
        {
            Remains = removed.Count > 0 || changes.RemovedResources.Count > 0 ? Remains(changes) : [],
            KeysKept = kept,
        };
    }

    // Of a whole cluster all that is its own; of single nodes what was to go with them.
    private IReadOnlyList<Remaining> Remains(ChangeSet changes)
    {
        var whole = book.Cluster.State is ClusterState.Deleting or ClusterState.Deleted;
        var (keys, labels) = (changes.RemovedNodes.Select(node => node.Key).ToHashSet(), changes.RemovedResources.Select(made => made.Key).ToHashSet());
        var nodes = from node in book.Nodes
                    where node is { LinodeId: not null, State: not NodeState.Gone } && (whole || keys.Contains(node.Key))
                    let cost = Pricing.Of("node", node.Type, node.Region, 0, catalog)
                    select new Remaining("node", node.LinodeId!.Value, node.Label, node.Region, cost.Hourly, cost.Monthly);
        var others = from made in book.Resources
                     where made.CloudId is not null && ChangePlanner.IsOwnLife(made.Kind) && (whole || labels.Contains(made.Key))
                     let kind = made.Kind.ToString().ToLowerInvariant()
                     let cost = Pricing.Of(kind, null, made.Region, (int)(made.Size ?? 0), catalog)
                     select new Remaining(kind, made.CloudId!.Value, made.Label, made.Region, cost.Hourly, cost.Monthly);
        return [.. nodes.Concat(others).OrderBy(one => one.Kind, StringComparer.Ordinal).ThenBy(one => one.Label, StringComparer.Ordinal)];
    }

    // The same bound with the waits as they really were: what is left above it is the tool's own doing.
    private TimeSpan? CloudTime(TaskGraph graph, RunOutcome outcome)
    {
        if (outcome.Ending != RunEnding.Done)
        {
            return null;
        }

        var waits = graph.Steps.Zip(outcome.Steps)
            .Where(pair => pair.First.Cost.Seconds > 0 && pair.Second is { Started: not null, Ended: not null })
            .ToDictionary(
                pair => pair.First.Name, pair => (pair.Second.Ended!.Value - pair.Second.Started!.Value).TotalSeconds, StringComparer.Ordinal);
        return LeastTimeModel.Of(graph, shop.Limits, waits).Time;
    }
}
