using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit;

// Images of the account: made of nodes and of files, and used by plans under their labels.
public sealed partial class LinodeToolkit
{
    /// <summary>What <see cref="CreateImageAsync"/> would do; sends no write call.</summary>
    /// <exception cref="LinodeToolkitException">The node is off or gone, the disk is not clear, or the label is that of another image.</exception>
    public async Task<ImagePreview> PreviewImageAsync(ImageRequest request, CancellationToken cancellation = default) =>
        await (await DeskOfAsync(request, cancellation).ConfigureAwait(false)).PreviewAsync(request, cancellation).ConfigureAwait(false);

    /// <summary>Makes an image of a node's disk and waits until nodes can be made from it. The same request twice makes one image.</summary>
    /// <param name="preview">From <see cref="PreviewImageAsync"/>.</param>
    /// <param name="tell">Gets each step in words, and what went wrong beside the image; null for nobody.</param>
    /// <param name="cancellation">Ends it; a node that was shut down for it is booted again.</param>
    public async Task<OwnImage> CreateImageAsync(ImagePreview preview, Action<string, Problem?>? tell = null, CancellationToken cancellation = default) =>
        await (await DeskOfAsync(preview.Request, cancellation).ConfigureAwait(false)).CreateAsync(preview, tell ?? ((_, _) => { }), cancellation)
            .ConfigureAwait(false);

    /// <summary>Images of the account but those that other customers made, newest first.</summary>
    public Task<IReadOnlyList<OwnImage>> ListImagesAsync(CancellationToken cancellation = default) => rooms.Images.ListAsync(cancellation);

    /// <summary>One of them by id, number or label; throws a problem of family 4 where there is none or several.</summary>
    public Task<OwnImage> GetImageAsync(string name, CancellationToken cancellation = default) => rooms.Images.FindAsync(name, cancellation);

    /// <summary>Names of clusters whose plans make nodes from an image.</summary>
    public Task<IReadOnlyList<string>> FindImageUsesAsync(OwnImage image, CancellationToken cancellation = default) =>
        rooms.Images.UsesAsync(image.Image.Id, cancellation);

    /// <summary>Deletes an image that this customer made; nodes that were made from it stay.</summary>
    /// <param name="image">Which.</param>
    /// <param name="force">True deletes it although a plan makes nodes from it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False where it was gone already.</returns>
    /// <exception cref="LinodeToolkitException">It is somebody else's, or in use.</exception>
    public Task<bool> DeleteImageAsync(OwnImage image, bool force = false, CancellationToken cancellation = default) =>
        rooms.Images.DeleteAsync(image, force, cancellation);

    /// <summary>Changes label or description of an image that this customer made; what is null stays.</summary>
    public Task<OwnImage> ChangeImageAsync(
        OwnImage image, string? label = null, string? description = null, CancellationToken cancellation = default) =>
        rooms.Images.ChangeAsync(image, label, description, cancellation);

    /// <summary>Has an image that this customer made be in more regions, and waits until it is.</summary>
    public Task<OwnImage> ReplicateImageAsync(OwnImage image, IReadOnlyList<string> regions, CancellationToken cancellation = default) =>
        rooms.Images.ReplicateAsync(image, regions, cancellation);

    /// <summary>Makes an image of a raw disk image on this machine, packed by gzip or not, and waits until nodes can be made from it.</summary>
    /// <param name="request">Which file, and what it is to be called.</param>
    /// <param name="progress">Gets how far it is; null for nobody.</param>
    /// <param name="cancellation">Ends it; what was begun is taken back.</param>
    public Task<OwnImage> UploadImageAsync(
        ImageFileRequest request, IProgress<ImageProgress>? progress = null, CancellationToken cancellation = default) =>
        rooms.ImageSender.SendAsync(request, progress, cancellation);

    /// <summary>Checks what <see cref="UploadImageAsync"/> would send, and where to; nothing is sent.</summary>
    /// <returns>How many bytes are in it unpacked.</returns>
    public Task<long> CheckImageFileAsync(
        ImageFileRequest request, IProgress<ImageProgress>? progress = null, CancellationToken cancellation = default) =>
        rooms.ImageSender.CheckAsync(request, progress, cancellation);

    private async Task<ImageDesk> DeskOfAsync(ImageRequest request, CancellationToken cancellation) =>
        rooms.ImageDeskOf(await rooms.Store.ClusterOfAsync(request.Node.ClusterId, cancellation).ConfigureAwait(false));
}
