using System.Globalization;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Waits for the signs by which a plan tells that a node does its work; all of them are looked for on the node itself.</summary>
internal sealed class ProveReady(ConfigurationTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from grp in changes.Groups.Concat(changes.Turns.Select(turn => turn.Group))
        where grp.Ready.Count > 0
        from member in grp.Members
        where member.Runs
        select new TaskStep($"ready {member.Label}", (_, token) => ProveAsync(member, grp.Ready, token))
        {
            After = [Milestone.Past(Transition.ClusterStarting, member.Label)],
            Before = [Milestone.Started(member.Label)],
            Subject = new StepSubject(grp.Region, grp.Group, member.Label),
            Doing = "waiting for its signs of work",
        };

    private async Task ProveAsync(Member member, IReadOnlyList<ReadyCheck> checks, CancellationToken cancellation)
    {
        var script = ShellScript.Of("Configuration", "ready");
        foreach (var check in checks)
        {
            var within = ((int)Math.Ceiling(check.Within.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            _ = check switch
            {
                { Command: { } command } => script.Call("command_well", within, command),
                { Path: { } path } => script.Call("http_well", within, (check.Port ?? 80).ToString(CultureInfo.InvariantCulture), path),
                _ => script.Call("port_well", within, (check.Port ?? 0).ToString(CultureInfo.InvariantCulture)),
            };
        }

        var limit = TimeSpan.FromSeconds(checks.Sum(check => Math.Ceiling(check.Within.TotalSeconds)) + 30);
        await tools.RunActionAsync(member.Key, "ready", script, limit, cancellation).ConfigureAwait(false);
    }
}
