using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Waits until a node that was booted answers, and is the one it should be: its host key is known before the first connection.</summary>
internal sealed class ReachNodes(ConfigurationTools tools) : IGraphPart
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from node in changes.BootedNodes
        select new TaskStep($"reach {node.Label}", (step, token) => ReachAsync(node, step, token))
        {
            After = [Milestone.Booted(node.Label)],
            Before = [Milestone.Reachable(node.Label)],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Doing = "waiting for SSH",
        };

    private async Task ReachAsync(ResolvedNode node, StepContext step, CancellationToken cancellation)
    {
        var host = await tools.HostAsync(node.Key, cancellation).ConfigureAwait(false);
        if (tools.Book.Node(node.Key).HostKeyOrigin is HostKeyOrigin.Injected or HostKeyOrigin.Accepted)
        {
            await tools.Shell.ConnectAsync(host, tools.Patience, step.Note, cancellation).ConfigureAwait(false);
            return;
        }

        // A StackScript runs beside the first boot: until it has put our key in place the image's own answers, and is refused.
        for (var tries = (int)(tools.Patience / Pause); ; tries--)
        {
            try
            {
                await tools.Shell.ConnectAsync(host, tools.Patience, step.Note, cancellation).ConfigureAwait(false);
                return;
            }
            catch (RemoteException early) when (early.Stage is RemoteStage.HostKey or RemoteStage.KeyRefused && tries > 0)
            {
                step.Note("waiting for the first boot to end");
                await Task.Delay(Pause, tools.Time, cancellation).ConfigureAwait(false);
            }
        }
    }
}
