using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Changes;

/// <summary>Declares how nodes become a cluster, clusters a region, and regions a plan: each group after those it depends on.</summary>
internal sealed class Ascent : IGraphPart
{
    private static readonly Transition[] Transitions =
        [Transition.ClusterStarting, Transition.ClusterStarted, Transition.RegionReady, Transition.PlanReady];

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        changes.Groups.SelectMany(group => StepsOf(group, changes)).Concat(Regions(changes)).Append(new TaskStep(Milestone.Plan)).Append(
            new TaskStep(Milestone.Finished) { After = [Milestone.Plan] });

    private static IEnumerable<TaskStep> StepsOf(ChangedGroup group, ChangeSet changes)
    {
        var (region, name) = (group.Region, group.Group);
        var subject = new StepSubject(region, name, null);
        yield return new TaskStep(Milestone.Group(region, name))
        {
            After = [.. group.Members.Select(member => Milestone.Assembled(member.Label))], AtLeast = group.AtLeast, Subject = subject,
        };
        foreach (var at in Transitions)
        {
            string[] first = [.. changes.Groups.Where(other => group.DependsOn.Contains(other.Group))
                .Select(other => Milestone.Past(at, other.Region, other.Group))];
            yield return new TaskStep(Milestone.Gate(at, region, name)) { After = [BarrierTo(at, region, name), .. first], Subject = subject };
            foreach (var step in group.Members.SelectMany(member => StepsOf(member, at, group)))
            {
                yield return step;
            }

            yield return new TaskStep(Milestone.Past(at, region, name))
            {
                After = [.. group.Members.Select(member => End(at, member.Label))],
                AtLeast = group.AtLeast,
                Before = [BarrierAfter(at, region)],
                Subject = subject,
            };
        }
    }

    private static IEnumerable<TaskStep> StepsOf(Member member, Transition at, ChangedGroup group)
    {
        var subject = new StepSubject(group.Region, group.Group, member.Label);
        var before = at switch
        {
            Transition.ClusterStarting => Milestone.Assembled(member.Label),
            Transition.ClusterStarted => Milestone.Started(member.Label),
            _ => Milestone.Past(at - 1, member.Label),
        };
        yield return new TaskStep(Milestone.Past(at, member.Label))
        {
            After = [Milestone.Gate(at, group.Region, group.Group), before], Subject = subject,
        };
        if (at == Transition.ClusterStarting)
        {
            yield return new TaskStep(Milestone.Started(member.Label)) { After = [Milestone.Past(at, member.Label)], Subject = subject };
        }
    }

    private static IEnumerable<TaskStep> Regions(ChangeSet changes)
    {
        var regions = changes.Groups.Select(group => group.Region).Concat(changes.AddedBalancers.Concat(changes.KeptBalancers).Select(balancer => balancer.Region));
        foreach (var region in regions.Distinct(StringComparer.Ordinal))
        {
            var subject = new StepSubject(region, null, null);
            yield return new TaskStep(Milestone.Cluster(region)) { Before = [Milestone.Region(region)], Subject = subject };
            yield return new TaskStep(Milestone.Region(region)) { Before = [Milestone.Plan], Subject = subject };
        }
    }

    private static string BarrierTo(Transition at, string region, string group) => at switch
    {
        Transition.ClusterStarting => Milestone.Group(region, group),
        Transition.ClusterStarted => Milestone.Cluster(region),
        Transition.RegionReady => Milestone.Region(region),
        _ => Milestone.Plan,
    };

    private static string BarrierAfter(Transition at, string region) => at switch
    {
        Transition.ClusterStarting => Milestone.Cluster(region),
        Transition.ClusterStarted => Milestone.Region(region),
        Transition.RegionReady => Milestone.Plan,
        _ => Milestone.Finished,
    };

    private static string End(Transition at, string node) => at == Transition.ClusterStarting ? Milestone.Started(node) : Milestone.Past(at, node);
}
