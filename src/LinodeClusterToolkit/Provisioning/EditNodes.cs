using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Brings tags, firewall and watchdog of nodes that stay to what their plan says.</summary>
internal sealed class EditNodes(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        var tagged = changes.EditsBy(ChangeRules.NodeTags, ChangeRules.NodeOwner).DistinctBy(edit => edit.Change.Key)
            .Select(edit => StepFor("tags", edit, "setting tags", (node, token) => TagAsync(edit.Record!.Key, node, token)));
        var guarded = changes.EditsBy(ChangeRules.NodeGuard)
            .Select(edit => StepFor("guard", edit, "putting it behind the firewall", (_, token) => GuardAsync(edit.Record!.Key, token)) with
            {
                After = [Milestone.Firewall],
            });
        var watched = changes.EditsBy(ChangeRules.NodeWatchdog)
            .Select(edit => StepFor("set watchdog", edit, "setting the watchdog", (_, token) => SetWatchdogs.SetAsync(tools, edit.Record!.Key, edit.Change.To == "off", token)));
        return tagged.Concat(guarded).Concat(watched);
    }

    private static TaskStep StepFor(string verb, Edit edit, string doing, Func<ResolvedNode, CancellationToken, Task> work) =>
        new($"{verb} {edit.Change.Label}", (_, token) => work(edit.Node!, token))
        {
            Subject = new StepSubject(edit.Change.Region, edit.Change.Group, edit.Change.Label), Cost = new([nameof(LimitClass.Other)], 0), Doing = doing,
        };

    private async Task TagAsync(string key, ResolvedNode node, CancellationToken cancellation)
    {
        await tools.Cloud.SetNodeTagsAsync(IdOf(key), [.. node.Tags, tools.Book.Cluster.OwnerTag], cancellation).ConfigureAwait(false);
        await tools.Book.ChangeNodeAsync(key, now => now with { Tags = node.Tags }).ConfigureAwait(false);
    }

    private Task GuardAsync(string key, CancellationToken cancellation) =>
        tools.Cloud.GuardNodeAsync(tools.Book.Cluster.FirewallId!.Value, IdOf(key), cancellation);

    private long IdOf(string key) => tools.Book.Node(key).LinodeId!.Value;
}
