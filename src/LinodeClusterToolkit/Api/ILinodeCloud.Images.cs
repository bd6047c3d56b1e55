namespace LinodeClusterToolkit.Api;

// Images of the account: disks of nodes, kept to make other nodes from.
public partial interface ILinodeCloud
{
    /// <summary>Asks for an image of a disk; marks travel in this call. It is done when the image is available.</summary>
    Task<CloudImage> CreateImageAsync(ImageOrder order, CancellationToken cancellation);

    /// <summary>The account's own images that fit.</summary>
    IAsyncEnumerable<CloudImage> ListOwnImagesAsync(CloudFilter filter, CancellationToken cancellation);

    /// <summary>One image of the account, or null where there is none of that id.</summary>
    Task<CloudImage?> FindImageAsync(string id, CancellationToken cancellation);

    /// <summary>Changes label or description of an image of the account; what is null stays.</summary>
    Task<CloudImage> ChangeImageAsync(string id, string? label, string? description, CancellationToken cancellation);

    /// <summary>Deletes an image of the account; false where it was gone already.</summary>
    Task<bool> DeleteImageAsync(string id, CancellationToken cancellation);

    /// <summary>Has an image be in these regions and in no other; one where it is available must be among them.</summary>
    Task<CloudImage> ReplicateImageAsync(string id, IReadOnlyList<string> regions, CancellationToken cancellation);

    /// <summary>Begins an image that is made of a file, and tells where that is to be sent within a day.</summary>
    Task<ImageUpload> BeginImageUploadAsync(ImageUploadOrder order, CancellationToken cancellation);
}
