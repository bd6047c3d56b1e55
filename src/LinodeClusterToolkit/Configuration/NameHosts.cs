using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Keeps the names of all nodes of the cluster in every node's hosts file, also on those that were there before.</summary>
internal sealed class NameHosts(ConfigurationTools tools) : IGraphPart
{
    /// <summary>Whether it is one of these: where a node is still to get its addresses, those that were told before are told again.</summary>
    public static bool Is(TaskStep step) => step.Name.StartsWith("names ", StringComparison.Ordinal);

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        var readdressed = changes.Turns.Where(turn => turn.GetsPrivateIp).Select(turn => Milestone.TurnEnded(turn.Node.Label)).ToList();
        if (changes.AddedNodes.Count == 0 && changes.RemovedNodes.Count == 0 && readdressed.Count == 0)
        {
            return [];
        }

        var fresh = from node in changes.BootedNodes
                    select StepFor(node.Key, node.Label, node.Region, node.Group, [Milestone.Secured(node.Label), Milestone.Addresses]) with
                    {
                        Before = [Milestone.Joined(node.Label)],
                    };
        // Of no group: those are done, and their progress is not this run's. One that has a turn is not asked while it is down.
        var kept = from node in changes.KeptNodes
                   where node is { State: NodeState.Ready, Configuration: not ConfigurationState.None }
                   let turn = changes.TurnOf(node.Key) is null ? [] : new[] { Milestone.TurnEnded(node.Label) }
                   select StepFor(
                       node.Key, node.Label, node.Region, null,
                       [.. new[] { Milestone.Addresses, Milestone.NodesGone }.Concat(turn).Concat(readdressed).Distinct(StringComparer.Ordinal)]);
        return fresh.Concat(kept);
    }

    /// <summary>What a node of that region is told: public names lead to public addresses, private ones to the region's own network.</summary>
    internal static string Peers(string region, IEnumerable<NodeRecord> nodes) => string.Join('\n', nodes
        .Where(node => node is { PublicIpv4: not null, State: not (NodeState.Gone or NodeState.Deleting) })
        .OrderBy(node => node.Region, StringComparer.Ordinal).ThenBy(node => node.Group, StringComparer.Ordinal).ThenBy(node => node.Ordinal)
        .SelectMany(node => LinesFor(region, node)));

    private TaskStep StepFor(string key, string label, string region, string? group, IReadOnlyList<string> after) =>
        new($"names {label}", (_, token) => WriteAsync(key, region, token))
        {
            After = after, Subject = new StepSubject(region, group, label), Doing = "writing host names",
        };

    private Task WriteAsync(string key, string region, CancellationToken cancellation) =>
        tools.RunAsync(key, ShellScript.Of("Configuration", "names").With("peers", Peers(region, tools.Book.Nodes)), cancellation);

    // In its own region a host name leads to the private address where there is one: what runs on the nodes talks over that network.
    private static IEnumerable<string> LinesFor(string region, NodeRecord node)
    {
        var isNear = node.Region == region && node.PrivateIpv4 is not null;
        var own = new[] { node.HostName, node.Label }.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        string[] publicNames = [.. new[] { node.PublicFqdn }.OfType<string>(), .. isNear ? [] : own];
        string[] privateNames = [.. new[] { node.PrivateFqdn }.OfType<string>(), .. isNear ? own : []];
        if (publicNames.Length > 0)
        {
            yield return $"{node.PublicIpv4} {string.Join(' ', publicNames)}";
        }

        if (isNear)
        {
            yield return $"{node.PrivateIpv4} {string.Join(' ', privateNames)}";
        }
    }
}
