using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What to make an image of.</summary>
/// <param name="Node">The node.</param>
/// <param name="Label">Label of the image, 1 to 50 characters.</param>
public sealed record ImageRequest(NodeRecord Node, string Label)
{
    /// <summary>What it is, in words.</summary>
    public string Description { get; init; } = "";

    /// <summary>Label or id of the disk; null takes the one the node boots from.</summary>
    public string? Disk { get; init; }

    /// <summary>Shuts the node down first, so that its files are at rest, and boots it again after.</summary>
    public bool Stop { get; init; }

    /// <summary>Leaves the node as it is: nothing is prepared on it, and its image is one of this very node.</summary>
    public bool AsIs { get; init; }

    /// <summary>Whether the system acts on user data at first boot; null takes it from the image the node was made from.</summary>
    public bool? CloudInit { get; init; }
}

/// <summary>What making an image would do, before anything is done.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Cluster">Name of the node's cluster.</param>
/// <param name="Disk">The disk it would be made of.</param>
/// <param name="IsRunning">Whether the node runs now.</param>
/// <param name="CloudInit">Whether nodes made from it would take user data.</param>
/// <param name="Existing">The image of that label that was made of this disk before; it is all there will be.</param>
/// <param name="Warnings">What the user should know.</param>
public sealed record ImagePreview(
    ImageRequest Request, string Cluster, CloudDisk Disk, bool IsRunning, bool CloudInit, OwnImage? Existing, IReadOnlyList<Problem> Warnings);

/// <summary>An image of the account as its owner sees it.</summary>
/// <param name="Image">As the cloud has it.</param>
/// <param name="IsOurs">Whether this customer made it with the toolkit; only such are changed or deleted.</param>
/// <param name="NodeId">The node it was made of, where that is known.</param>
public sealed record OwnImage(CloudImage Image, bool IsOurs, long? NodeId);

/// <summary>A file of this machine to make an image of.</summary>
/// <param name="File">A raw disk image, packed by gzip or not.</param>
/// <param name="Label">Label of the image, 1 to 50 characters.</param>
/// <param name="Region">Region it is kept in, liberally matched.</param>
public sealed record ImageFileRequest(string File, string Label, string Region)
{
    /// <summary>What it is, in words.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether the system in it acts on user data at first boot.</summary>
    public bool CloudInit { get; init; }
}

/// <summary>How far a file has come.</summary>
/// <param name="Stage">What is being done: checking, packing or sending.</param>
/// <param name="Done">Bytes done.</param>
/// <param name="Total">Bytes in all.</param>
public sealed record ImageProgress(string Stage, long Done, long Total);
