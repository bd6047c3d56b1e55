using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Writes the rules of the cluster's firewall as its plan has them: all in one call, so that no node is without them for a moment.</summary>
internal sealed class EditFirewall(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) => !changes.EditsBy(ChangeRules.FirewallChanged).Any() ? [] :
    [
        new TaskStep("firewall rules", (_, token) => tools.Cloud.SetFirewallRulesAsync(
            tools.Book.Cluster.FirewallId!.Value, CreateFirewall.RulesFor(changes), token))
        {
            // A node takes rules back that shut us out, this firewall does not: so the nodes try them first.
            After = [.. changes.EditsBy(ChangeRules.NodeSsh).Select(edit => Milestone.Proven(edit.Change.Label))],
            Cost = new([nameof(LimitClass.Other)], 0), Doing = "writing the firewall's rules",
        },
    ];
}
