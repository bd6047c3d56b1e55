using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Has done what a plan says at each transition: the actions of one after the other on a node, the nodes beside each other.</summary>
internal sealed class RunActions(ConfigurationTools tools, IReadOnlyDictionary<string, IConfigurator> configurators) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        var started = changes.StartedNodes.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        var rising = changes.Groups.SelectMany(group => Enum.GetValues<Transition>()
            .Where(at => at is not (Transition.ClusterStopping or Transition.Removing))
            .SelectMany(at => StepsAt(group, at, started)));
        return rising
            .Concat(changes.Descending.SelectMany(group => StepsAt(group, Transition.ClusterStopping, started)))
            .Concat(changes.Leaving.SelectMany(group => StepsAt(group, Transition.Removing, started)))
            .Concat(changes.Turns.SelectMany(turn => turn.Transitions.SelectMany(at => StepsAt(
                turn.Group, at, turn.Kind == TurnKind.Reboot ? [turn.Node.Key] : []))));
    }

    private IEnumerable<TaskStep> StepsAt(ChangedGroup group, Transition at, HashSet<string> started)
    {
        // A node that was there already has its beginnings behind it.
        var members = group.Members.Where(member => member.Runs && !(at < Transition.Boot && started.Contains(member.Key))).ToList();
        var last = members.ToDictionary(
            member => member.Key, member => After(group, at, member, started.Contains(member.Key)), StringComparer.Ordinal);
        var groupLast = GroupAfter(group, at);
        var isSpread = false;
        var ownBoots = group.Actions.Where(action => action.At == at).Index()
            .Where(one => IsDoneByNodes(one.Item)).Select(one => one.Index + 1).ToList();
        foreach (var (number, action) in group.Actions.Where(action => action.At == at).Index())
        {
            // Making the first node is not repeated for those that join it.
            if (members.Count == 0 || (action.RunOn == RunOn.First && group.Kept > 0))
            {
                continue;
            }

            var (before, beforeGroup) = (new Dictionary<string, IReadOnlyList<string>>(last, StringComparer.Ordinal), groupLast);
            var site = new ActionSite(
                action, number + 1, group, members, member => before[member.Key],
                beforeGroup.Count > 0 ? beforeGroup : before[members[0].Key]) { OwnBoots = ownBoots };
            if (action.RunOn != RunOn.All && isSpread && !group.IsInTurn)
            {
                // Who does it for all finds what they all did before.
                var gathered = new TaskStep($"{site.GroupStep} may begin")
                {
                    After = [.. members.Select(member => before[member.Key][^1])], AtLeast = group.AtLeast, Subject = site.SubjectOf(null),
                };
                yield return gathered;
                site = site with { GroupAfter = [gathered.Name], After = _ => [gathered.Name] };
            }

            var steps = configurators[action.Kind].StepsFor(site, tools).ToList();
            foreach (var step in steps)
            {
                var past = members.Where(member => step.Subject.Node is null || step.Subject.Node == member.Label)
                    .Select(member => Milestone.Past(at, member.Label));
                yield return step with { Before = [.. step.Before, .. past] };
            }

            if (steps.Count == 0)
            {
                continue;
            }

            isSpread = action.RunOn == RunOn.All;

            // On one node, or one after the other: what follows waits for all of it.
            var together = action.RunOn switch
            {
                RunOn.First => [site.GroupStep],
                RunOn.EachInTurn => [site.StepOf(members[^1])],
                _ => Array.Empty<string>(),
            };
            foreach (var member in members)
            {
                last[member.Key] = together.Length > 0 ? [.. before[member.Key], .. together] : [site.StepOf(member)];
            }

            if (together.Length > 0 && groupLast.Count > 0)
            {
                groupLast = [.. groupLast, .. together];
            }
        }
    }

    private bool IsDoneByNodes(ResolvedAction action) =>
        action is { At: Transition.Boot, RunOn: RunOn.All } && configurators[action.Kind].Kind.IsDoneByNodes;

    private static IReadOnlyList<string> After(ChangedGroup group, Transition at, Member member, bool wasThere)
    {
        var label = member.Label;
        if (group.IsInTurn && at >= Transition.ClusterStarting)
        {
            return [at switch
            {
                Transition.ClusterStarting => Milestone.Assembled(label),
                Transition.ClusterStarted => Milestone.Started(label),
                Transition.ClusterStopping => Milestone.TurnBegins(label),
                _ => Milestone.Past(at - 1, label),
            }];
        }

        return at switch
        {
            Transition.Created => [Milestone.Secured(label)],
            Transition.FirstBoot => [Milestone.Configured(label)],
            Transition.SshReady => [Milestone.Past(Transition.FirstBoot, label), Milestone.Joined(label)],
            Transition.Boot => [wasThere ? Milestone.Reachable(label) : Milestone.Past(Transition.SshReady, label)],
            Transition.ClusterStarting => [Milestone.Gate(at, group.Region, group.Group), Milestone.Assembled(label)],
            Transition.ClusterStarted => [Milestone.Gate(at, group.Region, group.Group), Milestone.Started(label)],
            Transition.RegionReady or Transition.PlanReady => [Milestone.Gate(at, group.Region, group.Group), Milestone.Past(at - 1, label)],
            Transition.ClusterStopping => [Milestone.Gate(at, group.Region, group.Group)],
            _ => [Milestone.AllDrained],
        };
    }

    // Behind a barrier every node of the group has come to an end, good or bad.
    private static IReadOnlyList<string> GroupAfter(ChangedGroup group, Transition at) => group.IsInTurn ? [] : at switch
    {
        Transition.ClusterStarting or Transition.ClusterStarted or Transition.RegionReady or Transition.PlanReady or Transition.ClusterStopping =>
            [Milestone.Gate(at, group.Region, group.Group)],
        Transition.Removing => [Milestone.AllDrained],
        _ => [],
    };
}
