using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Makes the cluster's Cloud Firewall before any node, so that its id can travel in every create call.</summary>
internal sealed class CreateFirewall(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) => !changes.NeedsFirewall ? [] :
    [
        new TaskStep(NameFor(changes.Cluster), (step, token) => EnsureAsync(RulesFor(changes), step, token))
        {
            Before = [Milestone.Firewall],
            Cost = new([nameof(LimitClass.Other)], 0),
            Doing = "creating the firewall",
        },
    ];

    internal static string NameFor(ClusterRecord cluster) => $"firewall {LabelFor(cluster)}";

    /// <summary>Label in the account: readable through the name, unique through the end of the uuid (its beginning is the time).</summary>
    internal static string LabelFor(ClusterRecord cluster) => LabelRule.Firewall.Fit($"lct-{cluster.Name}-{cluster.Id.ToString("N")[^8..]}");

    /// <summary>SSH from where the plan says, and what its services need.</summary>
    internal static FirewallRules RulesFor(ChangeSet changes)
    {
        var rules = FirewallRules.OnlySsh(changes.Ssh.From);
        return rules with { Inbound = [.. rules.Inbound, .. ServiceRules.Of(changes.Services.Provided)] };
    }

    private async Task EnsureAsync(FirewallRules rules, StepContext step, CancellationToken cancellation)
    {
        var cluster = tools.Book.Cluster;
        var label = LabelFor(cluster);
        var firewall = await OnceOnly.EnsureAsync(
            step.StartedBefore,
            () => OnceOnly.FirstAsync(tools.Cloud.ListFirewallsAsync(new CloudFilter(Label: label), cancellation)),
            () => tools.Cloud.CreateFirewallAsync(new FirewallOrder(label, rules, [cluster.OwnerTag]), cancellation),
            found => OnceOnly.WhyNotOurs(found.Tags, cluster.OwnerTag),
            "a firewall",
            label).ConfigureAwait(false);
        await tools.Book.SaveResourceAsync(new(cluster.Id, ResourceKind.Firewall, "firewall", label, firewall.Id)).ConfigureAwait(false);
        await tools.Book.SaveClusterAsync(tools.Book.Cluster with { FirewallId = firewall.Id }).ConfigureAwait(false);
        await GuardAsync(firewall.Id, cancellation).ConfigureAwait(false);
    }

    // Nodes that stand already are there only where somebody deleted the firewall they were made behind.
    private async Task GuardAsync(long firewall, CancellationToken cancellation)
    {
        var standing = tools.Book.Nodes.Where(node => node.State is not (NodeState.Gone or NodeState.Deleting));
        var ours = standing.Select(node => node.LinodeId).OfType<long>().ToHashSet();
        if (ours.Count == 0)
        {
            return;
        }

        var guarded = await tools.Cloud.ListGuardedNodesAsync(firewall, cancellation).ToHashSetAsync(cancellationToken: cancellation)
            .ConfigureAwait(false);
        var filter = new CloudFilter(Tag: tools.Book.Cluster.OwnerTag);
        await foreach (var node in tools.Cloud.ListNodesAsync(filter, cancellation).ConfigureAwait(false))
        {
            await (ours.Contains(node.Id) && guarded.Add(node.Id)
                ? tools.Cloud.GuardNodeAsync(firewall, node.Id, cancellation) : Task.CompletedTask).ConfigureAwait(false);
        }
    }
}
