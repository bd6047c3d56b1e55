using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Stores the script on the account that closes nodes at their first boot where the image has no cloud-init.</summary>
internal sealed class CreateBootScript(ProvisioningTools tools) : IGraphPart
{
    /// <summary>Its key among the cluster's resources.</summary>
    public const string Key = "boot-script";

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) => !changes.NeedsBootScript ? [] :
    [
        new TaskStep("boot script", EnsureAsync)
        {
            Before = [Milestone.BootScript],
            Cost = new([nameof(LimitClass.Other)], 0),
            Doing = "storing the script for first boots",
        },
    ];

    // Labels of StackScripts are not unique and there are no tags: ours has the owner tag for its description.
    private async Task EnsureAsync(StepContext step, CancellationToken cancellation)
    {
        var cluster = tools.Book.Cluster;
        var label = CreateFirewall.LabelFor(cluster);
        var order = new StackScriptOrder(label, ["any/all"], ShellScript.Source("Security", "firstboot"), cluster.OwnerTag);
        var id = step.StartedBefore ? await FindAsync(label, cluster.OwnerTag, cancellation).ConfigureAwait(false) : null;
        id ??= (await tools.Cloud.CreateStackScriptAsync(order, cancellation).ConfigureAwait(false)).Id;
        await tools.Book.SaveResourceAsync(new(cluster.Id, ResourceKind.StackScript, Key, label, id)).ConfigureAwait(false);
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
