using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Nodes of the account to take up as a cluster.</summary>
/// <param name="Cluster">Name it is to have here.</param>
/// <param name="Tag">Tag they carry: an owner tag <c>lct:&lt;uuid&gt;</c> of a lost inventory, or any other.</param>
public sealed record ImportRequest(string Cluster, string Tag)
{
    /// <summary>The plan they were made from, where it is still there: nodes are told by the labels it gives them.</summary>
    public PlanSource? Plan { get; init; }

    /// <summary>Values for the plan's variables.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();
}
