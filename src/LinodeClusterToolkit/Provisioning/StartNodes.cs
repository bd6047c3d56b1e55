using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Brings each node to the power state its plan wants and calls it created; one that is to stay off is complete with that.</summary>
internal sealed class StartNodes(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from node in changes.AddedNodes
        select new TaskStep(NameFor(node.Label), (step, token) => StartAsync(node, step, token))
        {
            After = [Milestone.LaidOut(node.Label)],
            Before = [Milestone.Booted(node.Label)],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Cost = CostOf(node),
            Doing = node.Boot ? "booting" : "provisioning",
        };

    internal static string NameFor(string label) => $"start {label}";

    private static StepCost CostOf(ResolvedNode node) => (node.Boot, node.Disks.Count > 0) switch
    {
        (true, true) => new([nameof(LimitClass.Other)], CloudTimes.Boot),
        (true, false) => new([], CloudTimes.CreateAndBoot),
        (false, true) => StepCost.None,
        (false, false) => new([], CloudTimes.CreateWithImage),
    };

    private async Task StartAsync(ResolvedNode node, StepContext step, CancellationToken cancellation)
    {
        var configId = tools.Book.FindResource(ResourceKind.Config, LayOutDisks.ConfigKey(node))?.CloudId;
        var ownDisks = node.Disks.Count > 0;
        if (!node.Boot)
        {
            await (ownDisks ? Task.CompletedTask : NodeWaits.CreatedAsync(tools, tools.Book.Node(node.Key), cancellation)).ConfigureAwait(false);
        }
        else if (step.StartedBefore
            || !await NodeWaits.IsWatchedAsync(tools, tools.Book.Node(node.Key), "booting", cancellation).ConfigureAwait(false))
        {
            await NodeWaits.BringUpAsync(tools, tools.Book.Node(node.Key), configId, cancellation).ConfigureAwait(false);
        }
        else
        {
            if (ownDisks)
            {
                var id = tools.Book.Node(node.Key).LinodeId!.Value;
                await NodeWaits.BootAsync(tools, tools.Book.Node(node.Key), id, configId, cancellation).ConfigureAwait(false);
            }

            await NodeWaits.BootedAsync(tools, tools.Book.Node(node.Key), cancellation).ConfigureAwait(false);
        }

        // One that was complete and was found off is complete again with this: its inside was done before.
        await tools.Book.ChangeNodeAsync(node.Key, now => now with
        {
            State = node.Boot && now.State != NodeState.Ready ? NodeState.Created : NodeState.Ready,
            Power = node.Boot ? "running" : "offline",
            Boot = node.Boot ? BootState.Booting : BootState.Off,
            Failure = null,
        }).ConfigureAwait(false);
    }
}
