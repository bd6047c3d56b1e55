using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Shuts nodes down by request to the cloud: what powers off by itself is booted again by the platform's watchdog.</summary>
internal sealed class ShutDownNodes(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        changes.StoppedNodes.Select(node => StepFor(
            node, Milestone.Past(Plans.Transition.ClusterStopping, node.Region, node.Group), token => StopAsync(node.Key, changes.Unwatch, token)))
            .Concat(changes.Turns.Where(turn => turn.Kind is TurnKind.Reboot or TurnKind.Rebuild).Select(turn => StepFor(
                turn.Node, Milestone.Past(Plans.Transition.ClusterStopping, turn.Node.Label), token => StopInTurnAsync(turn.Node.Key, token))));

    private static TaskStep StepFor(NodeRecord node, string after, Func<CancellationToken, Task> work) =>
        new($"stop {node.Label}", (_, token) => work(token))
        {
            After = [after],
            Before = [Milestone.Off(node.Label)],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Cost = new([nameof(LimitClass.Other)], CloudTimes.ShutDown),
            Doing = "shutting down",
        };

    // It is to come up again: one that is gone cannot.
    private async Task StopInTurnAsync(string key, CancellationToken cancellation)
    {
        await StopAsync(key, unwatch: false, cancellation).ConfigureAwait(false);
        if (tools.Book.Node(key) is { State: NodeState.Gone } or { LinodeId: null })
        {
            throw ProvisioningProblems.GoneInTurn(tools.Book.Node(key).Label).As(ApiFailure.NotFound);
        }
    }

    private async Task StopAsync(string key, bool unwatch, CancellationToken cancellation)
    {
        var node = tools.Book.Node(key);
        if (node.LinodeId is not { } id)
        {
            return;
        }

        var found = await NodeWaits.FoundAsync(tools, node, "shutting down", cancellation).ConfigureAwait(false);
        if (unwatch && !node.Unwatched && found is not null)
        {
            await tools.Cloud.SetWatchdogAsync(id, false, cancellation).ConfigureAwait(false);
            await tools.Book.ChangeNodeAsync(key, now => now with { Unwatched = true }).ConfigureAwait(false);
        }

        if (found is { Status: not "offline" })
        {
            await OnceOnly.WhenIdleAsync(tools, node.Label, id, async token =>
            {
                await tools.Cloud.ShutDownNodeAsync(id, token).ConfigureAwait(false);
                return id;
            }, cancellation).ConfigureAwait(false);
            found = await NodeWaits.OffAsync(tools, node, cancellation).ConfigureAwait(false);
        }

        await tools.Book.ChangeNodeAsync(key, now => now with
        {
            State = found is null ? NodeState.Gone : NodeState.Stopped,
            Power = found is null ? "unknown" : "offline",
            Boot = found is null ? BootState.Unknown : BootState.Off,
            Stage = NodeStage.None,
            Failure = null,
        }).ConfigureAwait(false);
    }
}
