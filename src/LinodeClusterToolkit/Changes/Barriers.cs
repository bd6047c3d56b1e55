using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Changes;

/// <summary>Declares every milestone of a change set and how they hang together.</summary>
internal sealed class Barriers : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        yield return new TaskStep(Milestone.Firewall);
        foreach (var node in changes.AddedNodes)
        {
            var subject = new StepSubject(node.Region, node.Group, node.Label);
            yield return new TaskStep(Milestone.Exists(node.Label)) { Subject = subject };
            yield return new TaskStep(Milestone.LaidOut(node.Label)) { Subject = subject, After = [Milestone.Exists(node.Label)] };
            yield return new TaskStep(Milestone.Ready(node.Label)) { Subject = subject, After = [Milestone.LaidOut(node.Label)] };
        }

        foreach (var group in changes.Groups)
        {
            yield return new TaskStep(Milestone.Group(group.Region, group.Group))
            {
                After = [.. group.Added.Select(Milestone.Ready)],
                AtLeast = Math.Clamp(group.Min - group.Kept, 0, group.Added.Count),
                Before = [Milestone.Region(group.Region)],
                Subject = new StepSubject(group.Region, group.Group, null),
            };
        }

        var regions = changes.Groups.Select(group => group.Region).Concat(changes.AddedBalancers.Select(balancer => balancer.Region));
        foreach (var region in regions.Distinct(StringComparer.Ordinal))
        {
            yield return new TaskStep(Milestone.Region(region))
            {
                Before = [Milestone.Plan], Subject = new StepSubject(region, null, null),
            };
        }

        yield return new TaskStep(Milestone.Plan);
        yield return new TaskStep(Milestone.NodesGone);
    }
}
