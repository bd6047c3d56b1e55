using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Changes;

/// <summary>Declares every milestone of a change set and how they hang together.</summary>
internal sealed class Barriers : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        yield return new TaskStep(Milestone.Firewall);
        yield return new TaskStep(Milestone.BootScript);

        // Whoever was not created has no address to be told: the others are not kept waiting for good.
        yield return new TaskStep(Milestone.Addresses)
        {
            After = [.. changes.AddedNodes.Select(node => Milestone.Exists(node.Label))], AtLeast = 0,
        };
        foreach (var step in changes.AddedNodes.SelectMany(StepsOf))
        {
            yield return step;
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

    // A node that stays off ends with its disks and volumes: nobody can look inside.
    private static IEnumerable<TaskStep> StepsOf(ResolvedNode node)
    {
        var subject = new StepSubject(node.Region, node.Group, node.Label);
        string[] path = [Milestone.Exists(node.Label), Milestone.LaidOut(node.Label), Milestone.Booted(node.Label)];
        string[] inside = [Milestone.Reachable(node.Label), Milestone.Secured(node.Label), Milestone.Configured(node.Label)];
        string? last = null;
        foreach (var name in node.Boot ? path.Concat(inside) : path)
        {
            yield return new TaskStep(name) { Subject = subject, After = last is null ? [] : [last] };
            last = name;
        }

        yield return new TaskStep(Milestone.Equipped(node.Label)) { Subject = subject, After = [Milestone.LaidOut(node.Label)] };
        yield return new TaskStep(Milestone.Ready(node.Label)) { Subject = subject, After = [last!, Milestone.Equipped(node.Label)] };
    }
}
