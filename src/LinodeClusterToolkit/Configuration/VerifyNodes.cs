using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Looks at a node once more before it is called ready.</summary>
internal sealed class VerifyNodes(ConfigurationTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from node in changes.BootedNodes
        select new TaskStep($"verify {node.Label}", (_, token) => VerifyAsync(node, token))
        {
            After = [Milestone.Past(Transition.Boot, node.Label)],
            Before = [Milestone.Ready(node.Label)],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Doing = "verifying",
        };

    private async Task VerifyAsync(ResolvedNode node, CancellationToken cancellation)
    {
        var script = ShellScript.Of("Configuration", "verify")
            .With("root_login", tools.Policy.Root ? "yes" : "no")
            .And("Configuration", "hostkey").Call("forget_first"); // the first boot, which has read it, has ended long since
        var report = await tools.RunAsync(node.Key, script, cancellation).ConfigureAwait(false);
        await tools.Book.ChangeNodeAsync(node.Key, now => now with
        {
            State = NodeState.Ready,
            Configuration = report.IsRecorded ? ConfigurationState.Recorded : ConfigurationState.Configured,
            Failure = null,
        }).ConfigureAwait(false);
    }
}
