using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Changes;

/// <summary>Declares the way of each node that has a turn: down, altered, up, and past the transitions of a start, apart from the barriers of its group.</summary>
/// <remarks>What fails in a turn leaves all turns that come after it undone.</remarks>
internal sealed class Turns : IGraphPart
{
    private static readonly Transition[] Upwards =
        [Transition.ClusterStarted, Transition.RegionReady, Transition.PlanReady];

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) => changes.Turns.SelectMany(turn => StepsOf(turn, changes));

    private static IEnumerable<TaskStep> StepsOf(Turn turn, ChangeSet changes)
    {
        var label = turn.Node.Label;
        var subject = new StepSubject(turn.Node.Region, turn.Node.Group, label);

        // Who is made anew by rules that shut us out could not be entered any more: others have tried them before.
        var proven = changes.EditsBy(ChangeRules.NodeSsh).Where(edit => changes.TurnOf(edit.Change.Key) is null).Select(edit => Milestone.Proven(edit.Change.Label));
        yield return new TaskStep(Milestone.TurnBegins(label)) { After = [.. turn.After.Select(Milestone.TurnEnded), .. proven], Subject = subject };
        string[] down = [Milestone.Past(Transition.ClusterStopping, label), Milestone.Off(label)];
        string[] up = [Milestone.Past(Transition.ClusterStarting, label), Milestone.Started(label), .. Upwards.Select(at => Milestone.Past(at, label))];

        // Of a node that is made anew, what lies between belongs to the added nodes; one that stays off is complete with that.
        IReadOnlyList<IReadOnlyList<string>> parts = turn.Kind switch
        {
            TurnKind.Command => [[Milestone.TurnBegins(label)], [Milestone.Altered(label), .. up[..2], Milestone.TurnEnded(label)]],
            TurnKind.Reboot =>
            [
                [Milestone.TurnBegins(label)],
                [
                    .. down, Milestone.Altered(label), Milestone.Booted(label), Milestone.Reachable(label),
                    Milestone.Past(Transition.Boot, label), Milestone.Assembled(label), .. up, Milestone.TurnEnded(label),
                ],
            ],
            _ =>
            [
                [Milestone.TurnBegins(label)],
                [.. down, Milestone.Forgotten(label), Milestone.Cleared(label)],
                [Milestone.Assembled(label)],
                [.. turn.Group.Members[0].Runs ? up : [], Milestone.TurnEnded(label)],
            ],
        };
        for (var at = 1; at < parts.Count; at += 2)
        {
            var before = parts[at - 1][^1];
            foreach (var name in parts[at])
            {
                yield return new TaskStep(name) { After = [before], Subject = subject };
                before = name;
            }
        }
    }
}
