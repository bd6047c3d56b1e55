using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters.Applying;

/// <summary>What is to be changed inside nodes that stay: told by plans alone, since the account knows nothing of it.</summary>
internal static class InsideFinder
{
    public static IEnumerable<PlannedChange> Find(ApplyScene scene)
    {
        var changes = scene.Whole.Where(one => one.Record.Configuration != ConfigurationState.None)
            .SelectMany(one => Of(scene, one.Record, one.Node).Select(change => Reachable(change, one.Record)));
        return changes.Concat(Refused(scene));
    }

    private static IEnumerable<PlannedChange> Of(ApplyScene scene, NodeRecord record, ResolvedNode node)
    {
        foreach (var (rule, fact, why, of) in Facts)
        {
            var to = of(scene.Target, node);
            foreach (var from in scene.InForce
                .Select(plan => plan.Nodes.FirstOrDefault(one => one.Key == node.Key) is { } old ? of(plan, old) : null)
                .Where(from => from is not null && from != to).Take(1))
            {
                yield return ApplyScene.On(rule, record) with { Fact = fact, From = from, To = to, Why = why };
            }
        }
    }

    private static readonly IReadOnlyList<(ChangeRule Rule, string Fact, string Why, Func<ResolvedPlan, ResolvedNode, string> Of)> Facts =
    [
        (ChangeRules.NodeUsers, "users", "the plan has others", Accounts.Of),
        (ChangeRules.NodeSsh, "ssh", "the plan says so", Ssh),
        (ChangeRules.Services, "services", "who listens or calls differs", Services),
        (ChangeRules.VolumeMount, "mounts", "the plan mounts it elsewhere", (plan, node) => string.Join(", ",
            node.Disks.Select(disk => (disk.Label, disk.Mount)).Concat(node.Volumes.Select(volume => (Label: volume.Name, volume.Mount)))
                .Where(one => one.Mount is not null).Select(one => $"{one.Label} at {one.Mount}"))),
    ];

    private static string Ssh(ResolvedPlan plan, ResolvedNode node) => string.Join(", ", new[]
    {
        $"from {string.Join(' ', plan.Ssh.From)}", plan.Ssh.Root ? "root by key" : "no root", plan.Ssh.PostQuantumOnly ? "post-quantum only" : "",
        node.Egress.Count > 0 ? $"may call {string.Join(' ', node.Egress)}" : "",
    }.Where(part => part.Length > 0));

    private static string Services(ResolvedPlan plan, ResolvedNode node)
    {
        var group = plan.Regions.First(region => region.Id == node.Region).Groups.First(one => one.Name == node.Group);
        return string.Join("; ", plan.Services.Where(service => group.Provides.Contains(service.Name)).Select(service => $"provides {Text(service)}")
            .Concat(plan.Services.Where(service => group.Uses.Contains(service.Name)).Select(service => $"calls {Text(service)}")));

        static string Text(ResolvedService service) =>
            $"{service.Name} {string.Join(' ', service.Ports.Select(ports => $"{ports.Text}/{ports.Protocol}"))} from "
                + (service.Anywhere ? "anywhere" : string.Join(' ', service.From.Concat(service.Networks)));
    }

    private static PlannedChange Reachable(PlannedChange change, NodeRecord record) => record.State != NodeState.Stopped ? change
        : change with { Rule = ChangeRules.NodeOff.Id, Way = ChangeWay.Refused, Why = "it is stopped, and this is done inside it" };

    private static IEnumerable<PlannedChange> Refused(ApplyScene scene)
    {
        foreach (var plan in scene.InForce.Where(plan => plan.Regions.Count > 0 && (plan.Ssh.Admin != scene.Target.Ssh.Admin || plan.Ssh.Keys != scene.Target.Ssh.Keys)).Take(1))
        {
            yield return ChangeRules.SshAccount.Of("plan", "ssh", "ssh") with
            {
                Fact = "account", From = $"{plan.Ssh.Admin}, a key for each {plan.Ssh.Keys}".ToLowerInvariant(),
                To = $"{scene.Target.Ssh.Admin}, a key for each {scene.Target.Ssh.Keys}".ToLowerInvariant(), Why = "the toolkit would lock itself out",
            };
        }

        foreach (var plan in scene.InForce.Where(plan => plan.Regions.Count > 0 && plan.Api != scene.Target.Api).Take(1))
        {
            yield return ChangeRules.PlanApi.Of("plan", "api", "api") with
            {
                Fact = "api", From = plan.Api?.ToString().ToLowerInvariant() ?? "as asked", To = scene.Target.Api?.ToString().ToLowerInvariant() ?? "as asked",
                Why = "what one made is not handed to the other",
            };
        }
    }
}
