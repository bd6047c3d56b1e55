using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Creates nodes; a node with disks of its own is created empty and laid out by <see cref="LayOutDisks"/>.</summary>
internal sealed class CreateNodes(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from node in changes.AddedNodes
        let riders = changes.RidersOf(node)
        select new TaskStep($"create {node.Label}", (step, token) => EnsureAsync(node, riders, step, token))
        {
            After =
            [
                Milestone.Firewall,
                .. riders.ScriptFor(node) is { } script ? [Milestone.Stored(script)] : Array.Empty<string>(),
                .. changes.TurnOf(node.Key) is null ? Array.Empty<string>() : [Milestone.Cleared(node.Label)],
            ],
            Before = [Milestone.Exists(node.Label)],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Cost = new([nameof(LimitClass.CreateLinode)], 0),
            Doing = "creating",
        };

    private async Task EnsureAsync(ResolvedNode node, Riders riders, StepContext step, CancellationToken cancellation)
    {
        // Before the call: what has been made must be written down even when the run is being stopped.
        var record = await FirstBoots.KnownAsync(tools, node, tools.Book.Node(node.Key), cancellation).ConfigureAwait(false);
        var made = await OnceOnly.EnsureAsync(
            step.StartedBefore || record.LinodeId is not null,
            () => FindAsync(node, riders, step, cancellation),
            () => CreateAsync(node, riders, cancellation),
            found => WhyNotOurs(node, found),
            "a node",
            node.Label).ConfigureAwait(false);
        await tools.Book.SaveNodeAsync(record with
        {
            State = NodeState.Creating,
            LinodeId = made.Id,
            Type = made.Type,
            PublicIpv4 = made.PublicIpv4,
            PrivateIpv4 = made.PrivateIpv4,
            Ipv6 = made.Ipv6,
            Power = made.Status,
            Failure = null,
        }).ConfigureAwait(false);
    }

    private async Task<CloudNode?> FindAsync(ResolvedNode node, Riders riders, StepContext step, CancellationToken cancellation)
    {
        var found = await OnceOnly.FirstAsync(tools.Cloud.ListNodesAsync(new CloudFilter(Label: node.Label), cancellation)).ConfigureAwait(false);
        return found is not null || tools.Cloud.Abilities.ImagesAtCreation ? found : await tools.Cloud.ClaimStrayAsync(
            await OrderForAsync(node, riders, cancellation).ConfigureAwait(false), node.Types, step.BegunAgo, cancellation).ConfigureAwait(false);
    }

    private string? WhyNotOurs(ResolvedNode node, CloudNode found)
    {
        var type = node.Types.Contains(found.Type) ? found.Type : node.Type;
        var twin = tools.Book.Nodes.FirstOrDefault(other => other.Key != node.Key && other.State != NodeState.Gone && other.LinodeId == found.Id);
        return OnceOnly.WhyNotOurs(found.Tags, tools.Book.Cluster.OwnerTag, ("region", node.Region, found.Region), ("type", type, found.Type))
            ?? (twin is null ? null : $"it is {twin.Key} of this cluster");
    }

    // The next type is tried where one is refused: sold out is told by a 400 whose text is not stable.
    private async Task<CloudNode> CreateAsync(ResolvedNode node, Riders riders, CancellationToken cancellation)
    {
        var order = await OrderForAsync(node, riders, cancellation).ConfigureAwait(false);
        for (var choice = 0; ; choice++)
        {
            try
            {
                var made = await tools.Cloud.CreateNodeAsync(order with { Type = node.Types[choice] }, cancellation).ConfigureAwait(false);
                await tools.MarkFreshAsync(node.Key).ConfigureAwait(false);
                return made;
            }
            catch (LinodeApiException refused) when (refused.Failure == ApiFailure.Refused && choice < node.Types.Count - 1)
            {
                continue;
            }
        }
    }

    private async Task<NodeOrder> OrderForAsync(ResolvedNode node, Riders riders, CancellationToken cancellation)
    {
        var cluster = tools.Book.Cluster;
        var order = new NodeOrder(node.Label, node.Region, node.Type, null, [.. node.Tags, cluster.OwnerTag], cluster.FirewallId)
        {
            PrivateIp = node.PrivateIp,
            Booted = false,
            UserData = await FirstBoots.UserDataAsync(tools, node, riders, cancellation).ConfigureAwait(false),
        };
        return node.Disks.Count > 0 ? order : order with
        {
            Image = node.Image,
            RootPassword = await tools.Credentials.RootPassword(node.Label, cancellation).ConfigureAwait(false),
            AuthorizedKeys = tools.Credentials.AuthorizedKeys,
            Booted = node.Boot,
            Script = await FirstBoots.ScriptAsync(tools, node, riders, cancellation).ConfigureAwait(false),
        };
    }
}
