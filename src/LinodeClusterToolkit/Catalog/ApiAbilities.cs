namespace LinodeClusterToolkit.Catalog;

/// <summary>What the API that is spoken can do; what it cannot is done another way, or refused before anything is made.</summary>
/// <param name="CloudFirewalls">Whether it has firewalls of its own; without them the one on each node stands alone.</param>
/// <param name="ImagesAtCreation">Whether a node is made with its image in one call; without it disks are laid out afterwards.</param>
/// <param name="Tags">
/// Whether nodes, volumes and balancers carry tags; without them owner marks stand elsewhere, and a plan's tags in the records alone.
/// </param>
/// <param name="LongLabels">Whether a node's label may have 64 characters; else 32, which are what all clients of version 3 kept to.</param>
public sealed record ApiAbilities(bool CloudFirewalls, bool ImagesAtCreation, bool Tags, bool LongLabels)
{
    /// <summary>Whether a node's disk may grow along when the node is resized, and a node that ran is booted again by the platform.</summary>
    public bool DisksGrowWithNodes { get; init; } = true;

    /// <summary>Whether backups of a node can be bought, made and restored.</summary>
    public bool Backups { get; init; } = true;

    /// <summary>Whether images are made of files too, and can be in several regions.</summary>
    public bool ImageFiles { get; init; } = true;

    /// <summary>Those of version 4.</summary>
    public static ApiAbilities All { get; } = new(CloudFirewalls: true, ImagesAtCreation: true, Tags: true, LongLabels: true);
}
