using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Stores on the account what runs at first boots: what closes nodes without cloud-init, and the StackScripts of the plan.</summary>
internal sealed class CreateBootScript(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from script in changes.MissingScripts
        select new TaskStep(NameFor(script.Key), (step, token) => EnsureAsync(script, step, token))
        {
            Before = [Milestone.Stored(script)],
            Cost = new([nameof(LimitClass.Other)], 0),
            Doing = "storing the script for first boots",
        };

    internal static string NameFor(string key) => $"store {key}";

    // Labels of StackScripts are not unique and there are no tags: ours has the owner tag for its description.
    private async Task EnsureAsync(BootScript script, StepContext step, CancellationToken cancellation)
    {
        var cluster = tools.Book.Cluster;
        var label = CreateFirewall.LabelFor(cluster) + script.Suffix;
        var order = new StackScriptOrder(label, ["any/all"], script.Text, cluster.OwnerTag);
        var id = step.StartedBefore ? await FindAsync(label, cluster.OwnerTag, cancellation).ConfigureAwait(false) : null;
        id ??= (await tools.Cloud.CreateStackScriptAsync(order, cancellation).ConfigureAwait(false)).Id;
        await tools.Book.SaveResourceAsync(new(cluster.Id, ResourceKind.StackScript, script.Key, label, id)).ConfigureAwait(false);
    }

    private async Task<long?> FindAsync(string label, string ownerTag, CancellationToken cancellation)
    {
        await foreach (var found in tools.Cloud.ListOwnStackScriptsAsync(label, cancellation).ConfigureAwait(false))
        {
            if (found.Description == ownerTag)
            {
                return found.Id;
            }
        }

        return null;
    }
}
