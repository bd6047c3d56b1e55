using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;

namespace LinodeClusterToolkit.Configuration.Ansible;

/// <summary>A node as playbooks know it.</summary>
/// <param name="Name">Its label.</param>
/// <param name="Groups">Cluster, region, group and tags: the groups it is in.</param>
/// <param name="Facts">What there is to know of it, by variable.</param>
internal sealed record AnsibleHost(string Name, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>The plan's tags, as they stand there.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Where it is; null for a playbook that runs on the node itself.</summary>
    public RemoteHost? Remote { get; init; }

    /// <summary>How Ansible gets there; null where it must not, or cannot.</summary>
    public RemoteWay? Way { get; init; }

    /// <summary>File of the private key, as ssh takes its name; null where an agent holds it.</summary>
    public string? KeyFile { get; init; }

    /// <summary>A node of the book at a transition, with no way to it yet.</summary>
    public static AnsibleHost Of(ClusterBook book, NodeRecord node, Transition at) => new(
        node.Label, [book.Cluster.Name, node.Region, node.Group, .. node.Tags], FactsOf(NodeFacts.Of(book, node, at.ToString().ToLowerInvariant())))
    {
        Tags = node.Tags,
    };

    /// <summary>Facts of a node under names that playbooks are used to.</summary>
    public static Dictionary<string, string> FactsOf(IReadOnlyDictionary<string, string> facts) =>
        facts.ToDictionary(fact => fact.Key.ToLowerInvariant(), fact => fact.Value, StringComparer.Ordinal);
}
