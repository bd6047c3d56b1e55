using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Changes;

/// <summary>Declares how groups go down: each after those that depend on it, and a node is deleted only after what is to be done before.</summary>
internal sealed class Descent : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        var off = changes.StoppedNodes.Select(node => node.Label).ToHashSet(StringComparer.Ordinal);
        foreach (var group in changes.Descending)
        {
            foreach (var step in StepsOf(group, changes, off))
            {
                yield return step;
            }
        }

        yield return new TaskStep(Milestone.AllDrained)
        {
            After = [.. changes.Descending.Select(group => Milestone.Past(Transition.ClusterStopping, group.Region, group.Group))],
            AtLeast = changes.Force ? 0 : null,
        };
        foreach (var node in changes.RemovedNodes)
        {
            var subject = new StepSubject(node.Region, node.Group, node.Label);
            yield return new TaskStep(Milestone.Past(Transition.Removing, node.Label)) { After = [Milestone.AllDrained], Subject = subject };
            yield return new TaskStep(Milestone.Released(node.Label))
            {
                After = [Milestone.Past(Transition.Removing, node.Label)], AtLeast = changes.Force ? 0 : null, Subject = subject,
            };
        }
    }

    private static IEnumerable<TaskStep> StepsOf(ChangedGroup group, ChangeSet changes, HashSet<string> off)
    {
        const Transition at = Transition.ClusterStopping;
        var (region, name) = (group.Region, group.Group);
        var subject = new StepSubject(region, name, null);
        yield return new TaskStep(Milestone.Gate(at, region, name))
        {
            After =
            [
                .. changes.Descending.Where(other => other.DependsOn.Contains(name)).Select(other => Milestone.Stopped(other.Region, other.Group)),
            ],
            Subject = subject,
        };
        foreach (var member in group.Members)
        {
            var one = subject with { Node = member.Label };
            yield return new TaskStep(Milestone.Past(at, member.Label)) { After = [Milestone.Gate(at, region, name)], Subject = one };
        }

        var past = Milestone.Past(at, region, name);
        yield return new TaskStep(past)
        {
            After = [.. group.Members.Select(member => Milestone.Past(at, member.Label))], AtLeast = changes.Force ? 0 : null, Subject = subject,
        };
        foreach (var member in group.Members.Where(member => off.Contains(member.Label)))
        {
            yield return new TaskStep(Milestone.Off(member.Label)) { After = [past], Subject = subject with { Node = member.Label } };
        }

        yield return new TaskStep(Milestone.Stopped(region, name))
        {
            After = [past, .. group.Members.Where(member => off.Contains(member.Label)).Select(member => Milestone.Off(member.Label))],
            AtLeast = changes.Force ? 0 : null,
            Subject = subject,
        };
    }
}
