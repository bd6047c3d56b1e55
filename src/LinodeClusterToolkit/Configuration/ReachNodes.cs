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
        changes.BootedNodes.Select(node => StepFor(node.Key, node.Label, node.Region, node.Group))
            .Concat(changes.StartedNodes.Select(node => StepFor(node.Key, node.Label, node.Region, node.Group)))
            .Concat(changes.Turns.Where(turn => turn.Kind == TurnKind.Reboot && turn.Group.Members[0].Runs)
                .Select(turn => StepFor(turn.Node.Key, turn.Node.Label, turn.Node.Region, turn.Node.Group, wasUp: true)));

    private TaskStep StepFor(string key, string label, string region, string group, bool wasUp = false) =>
        new($"reach {label}", (step, token) => ReachedAsync(key, wasUp, step, token))
        {
            After = [Milestone.Booted(label)],
            Before = [Milestone.Reachable(label)],
            Subject = new StepSubject(region, group, label),
            Doing = "waiting for SSH",
        };

    private async Task ReachedAsync(string key, bool wasUp, StepContext step, CancellationToken cancellation)
    {
        if (wasUp)
        {
            // A connection from before it went down looks open until somebody uses it.
            await tools.Shell.CloseAsync(await tools.HostAsync(key, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        }

        await ReachAsync(key, step, cancellation).ConfigureAwait(false);
        if (tools.Shell.IsReal)
        {
            await tools.Book.ChangeNodeAsync(key, now => now with { Boot = BootState.Up }).ConfigureAwait(false);
        }
    }

    private async Task ReachAsync(string key, StepContext step, CancellationToken cancellation)
    {
        var host = await tools.HostAsync(key, cancellation).ConfigureAwait(false);
        var node = tools.Book.Node(key);

        // A copy of another node shows that one's key until it has found out that it is a copy, and boots once more.
        var mayBeItsParent = node.Configuration == ConfigurationState.None && node.Image.StartsWith(ResolvedNode.OwnImages, StringComparison.Ordinal);
        if (node.HostKeyOrigin is HostKeyOrigin.Injected or HostKeyOrigin.Accepted && !mayBeItsParent)
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
