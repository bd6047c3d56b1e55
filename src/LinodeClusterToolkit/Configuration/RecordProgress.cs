using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Keeps the records in step with the barriers that nodes, clusters, regions and the whole plan pass.</summary>
internal sealed class RecordProgress(ConfigurationTools tools) : IGraphPart
{
    private static readonly (Transition At, NodeStage Stage)[] Stages =
    [
        (Transition.ClusterStarting, NodeStage.Started), (Transition.ClusterStarted, NodeStage.ClusterStarted),
        (Transition.RegionReady, NodeStage.RegionReady),
    ];

    /// <summary>Whether it is one of these: what they write is read from the records as they stand, each time anew.</summary>
    public static bool Is(TaskStep step) => step.Name.StartsWith("record ", StringComparison.Ordinal);

    /// <summary>Name of the step that writes down that the turn of a node is over.</summary>
    public static string TurnOf(string label) => $"record turn of {label}";

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        foreach (var turn in changes.Turns)
        {
            var node = turn.Node;
            var last = turn.Kind == TurnKind.Command ? Milestone.Started(node.Label)
                : turn.Group.Members[0].Runs ? Milestone.Past(Transition.PlanReady, node.Label) : Milestone.Assembled(node.Label);
            yield return new TaskStep(TurnOf(node.Label), (_, _) => EndTurnAsync(node.Key, turn.Kind))
            {
                After = [last], Before = [Milestone.TurnEnded(node.Label)], Subject = new StepSubject(node.Region, node.Group, node.Label),
            };
        }

        if (changes.Groups.Count == 0)
        {
            yield break;
        }

        yield return new TaskStep("record starting", (_, _) => StartingAsync())
        {
            After = [.. changes.Groups.Select(group => Milestone.Group(group.Region, group.Group))],
        };
        foreach (var region in changes.Groups.GroupBy(group => group.Region, StringComparer.Ordinal))
        {
            var members = region.SelectMany(group => group.Members).ToList();
            var before = "record starting";
            foreach (var (at, stage) in Stages)
            {
                var name = $"record {stage.ToString().ToLowerInvariant()} {region.Key}";
                yield return new TaskStep(name, (_, _) => ReachAsync(members, stage))
                {
                    After = [before, .. region.Select(group => Milestone.Past(at, group.Region, group.Group))],
                    Subject = new StepSubject(region.Key, null, null),
                };
                before = name;
            }
        }

        var all = changes.Groups.SelectMany(group => group.Members).ToList();
        yield return new TaskStep("record planready", (_, _) => ReachAsync(all, NodeStage.PlanReady))
        {
            After =
            [
                Milestone.Finished,
                .. changes.Groups.Select(group => $"record {nameof(NodeStage.RegionReady).ToLowerInvariant()} {group.Region}")
                    .Distinct(StringComparer.Ordinal),
            ],
            Before = changes.AddedNodes.Count > 0 ? [Milestone.Ended] : [], // who looks at the end writes to the same records
        };
    }

    private async Task StartingAsync()
    {
        var cluster = tools.Book.Cluster;
        if (cluster.State is ClusterState.Creating or ClusterState.Starting)
        {
            await tools.Book.SaveClusterAsync(cluster with { State = ClusterState.Starting }).ConfigureAwait(false);
        }
    }

    // What had failed on it, in an earlier run or a try before this one, has been done well since.
    private Task EndTurnAsync(string key, TurnKind kind) => tools.Book.ChangeNodeAsync(key, now => kind == TurnKind.Command
        ? now with { Failure = now.Failure } // as well as before, and told of
        : now with { State = NodeState.Ready, Stage = NodeStage.PlanReady, Failure = null });

    private Task ReachAsync(IEnumerable<Member> members, NodeStage stage) => tools.Book.ChangeNodesAsync(
        members.Where(tools.Stands).Select(member => member.Key),
        now => now.State == NodeState.Ready && now.Stage < stage ? now with { Stage = stage } : now);
}
