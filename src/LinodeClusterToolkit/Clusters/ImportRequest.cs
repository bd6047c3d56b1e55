using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What of the account is to be taken up as a cluster: what carries a tag, or what a Terraform state names.</summary>
/// <param name="Cluster">Name it is to have here.</param>
/// <param name="Tag">Tag that it carries: an owner tag <c>lct:&lt;uuid&gt;</c> of a lost inventory, or any other; null where a state says it.</param>
public sealed record ImportRequest(string Cluster, string? Tag = null)
{
    /// <summary>The state of Terraform that names it; null where a tag does.</summary>
    public TerraformSource? Terraform { get; init; }

    /// <summary>The plan it was made from, where it is still there: nodes are told by the labels it gives them.</summary>
    public PlanSource? Plan { get; init; }

    /// <summary>Values for the plan's variables.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();
}

/// <summary>A state of Terraform or OpenTofu, as <c>terraform state pull</c> prints it.</summary>
/// <remarks>It may hold passwords; of what is in it only ids, names, sizes, tags and addresses are read.</remarks>
/// <param name="Name">Its name for messages.</param>
/// <param name="Text">The state.</param>
public sealed record TerraformSource(string Name, string Text)
{
    /// <summary>Its name alone: what is in it is nobody's to print.</summary>
    public override string ToString() => Name;
}
