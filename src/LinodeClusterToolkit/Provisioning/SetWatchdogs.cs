using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Tells the platform's watchdog which nodes to leave off that power off by themselves; a create call cannot say it.</summary>
internal sealed class SetWatchdogs(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        // New nodes are watched; of those that stand the record knows.
        var unwatched = changes.StartedNodes.Where(node => node.Unwatched).Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        var standing = changes.StartedNodes.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        var replaced = changes.Turns.Where(turn => turn.Kind == TurnKind.Replace).Select(turn => turn.Group);
        return from grp in changes.Groups.Concat(replaced)
               from member in grp.Members
               where grp.Unwatched != unwatched.Contains(member.Key)
               select new TaskStep($"watchdog {member.Label}", (_, token) => SetAsync(tools, member.Key, grp.Unwatched, token))
               {
                   After = standing.Contains(member.Key) ? [] : [Milestone.Exists(member.Label)],
                   Before = [standing.Contains(member.Key) ? Milestone.Watched(member.Label) : Milestone.Ready(member.Label)],
                   Subject = new StepSubject(grp.Region, grp.Group, member.Label),
                   Cost = new([nameof(LimitClass.Other)], 0),
                   Doing = "setting the watchdog",
               };
    }

    /// <summary>Tells it of one node, and writes that down.</summary>
    internal static async Task SetAsync(ProvisioningTools tools, string key, bool off, CancellationToken cancellation)
    {
        await tools.Cloud.SetWatchdogAsync(tools.Book.Node(key).LinodeId!.Value, !off, cancellation).ConfigureAwait(false);
        await tools.Book.ChangeNodeAsync(key, now => now with { Unwatched = off }).ConfigureAwait(false);
    }
}
