namespace LinodeClusterToolkit.Api;

/// <summary>An image of the account as the cloud has it; sizes in MB.</summary>
/// <param name="Id">Id such as <c>private/123</c>.</param>
/// <param name="Label">Label; need not be unique.</param>
/// <param name="Status">creating, pending_upload or available; unknown words are kept as they came.</param>
/// <param name="SizeMb">Smallest disk it fits on.</param>
/// <param name="Tags">Tags, or marks where the API has no tags.</param>
public sealed record CloudImage(string Id, string Label, string Status, int SizeMb, IReadOnlyList<string> Tags)
{
    /// <summary>What it is, in words.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where it is, each with how far it is there; none where that is not told.</summary>
    public IReadOnlyList<CloudImageRegion> Regions { get; init; } = [];

    /// <summary>Room it takes in all regions; null where that is not told.</summary>
    public long? TotalMb { get; init; }

    /// <summary>Whether user data given at creation is acted on at first boot.</summary>
    public bool HasCloudInit { get; init; }

    /// <summary>When it was made, where known.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>True once nodes can be made from it.</summary>
    public bool IsAvailable => Status == "available";
}

/// <summary>An image in a region.</summary>
/// <param name="Region">Region id.</param>
/// <param name="Status">Such as <c>available</c> or <c>replicating</c>.</param>
public sealed record CloudImageRegion(string Region, string Status);

/// <summary>What to make an image of.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="DiskId">One of its disks.</param>
/// <param name="Label">Label, 1 to 50 characters.</param>
/// <param name="Tags">Tags, marks among them.</param>
public sealed record ImageOrder(long NodeId, long DiskId, string Label, IReadOnlyList<string> Tags)
{
    /// <summary>What it is, in words.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether the system on it acts on user data at first boot.</summary>
    public bool CloudInit { get; init; }
}

/// <summary>An image to be made of a file.</summary>
/// <param name="Label">Label, 1 to 50 characters.</param>
/// <param name="Region">Region it is kept in.</param>
/// <param name="Tags">Tags, marks among them.</param>
public sealed record ImageUploadOrder(string Label, string Region, IReadOnlyList<string> Tags)
{
    /// <summary>What it is, in words.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether the system on it acts on user data at first boot.</summary>
    public bool CloudInit { get; init; }
}

/// <summary>An image that waits for its file.</summary>
/// <param name="Image">The image.</param>
/// <param name="To">Where the file is to be sent; whoever knows it may send, so it is nobody else's business.</param>
public sealed record ImageUpload(CloudImage Image, Uri To);
