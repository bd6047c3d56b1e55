using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Makes images of nodes.</summary>
/// <remarks>
/// Labels of images are not unique: an image is ours, and is the one that was asked for, by the marks that travel in its create call. So one whose
/// answer got lost is found again, and the same request twice makes one image.
/// </remarks>
internal sealed class ImageDesk(Workshop shop, ImageMarks marks)
{
    private const int MostTries = 4;
    private readonly ImageShelf shelf = new(shop, marks);

    /// <summary>What making an image would do; sends no write call.</summary>
    public async Task<ImagePreview> PreviewAsync(ImageRequest request, CancellationToken cancellation)
    {
        ImageShelf.DemandGood(request.Label);
        var cluster = await shop.Store.ClusterOfAsync(request.Node.ClusterId, cancellation).ConfigureAwait(false);
        var node = request.Node;
        if (node.LinodeId is not { } id || await shop.Cloud.FindNodeAsync(id, cancellation).ConfigureAwait(false) is not { } stands)
        {
            throw new LinodeToolkitException(ClusterProblems.NotReachable(node.Label, node.State));
        }

        var disk = await DiskAsync(cluster, request, id, cancellation).ConfigureAwait(false);
        var existing = await ExistingAsync(request.Label, ImageMarks.Source(id, disk.Id), cancellation).ConfigureAwait(false);
        var isRunning = stands.Status != "offline";
        if (existing is null && !isRunning && !request.AsIs)
        {
            throw new LinodeToolkitException(ImageDeskProblems.NodeIsOff(node.Label));
        }

        var catalog = await shop.Catalogs.GetAsync(false, cancellation).ConfigureAwait(false);
        var cloudInit = request.CloudInit
            ?? catalog.Offer.Images.FirstOrDefault(image => image.Id == (stands.Image ?? node.Image))?.HasCloudInit ?? false;
        return new(request, cluster.Name, disk, isRunning, cloudInit, existing is null ? null : shelf.Seen(existing), [.. Warnings(request, isRunning, cloudInit)]);
    }

    /// <summary>Makes what a preview showed, and waits until nodes can be made from it.</summary>
    /// <param name="preview">From <see cref="PreviewAsync"/>.</param>
    /// <param name="tell">Gets each step in words, and what went wrong beside the image.</param>
    /// <param name="cancellation">Ends it; a node that was shut down for it is booted again.</param>
    public async Task<OwnImage> CreateAsync(ImagePreview preview, Action<string, Problem?> tell, CancellationToken cancellation)
    {
        var (request, node) = (preview.Request, preview.Request.Node);
        var cluster = await shop.Store.ClusterOfAsync(node.ClusterId, cancellation).ConfigureAwait(false);
        var held = await HeldLease.TakeAsync(shop.Leases, cluster.Name, "image", shop.Self, shop.Time, cancellation).ConfigureAwait(false);
        await using var untilEnd = held.ConfigureAwait(false);
        var book = await ClusterBook.OpenAsync(shop.Store.Under(held.Lease), cluster, shop.Time, cancellation).ConfigureAwait(false);
        if (book.FindNode(node.Key) is not { LinodeId: { } id } record || record.State == NodeState.Gone || id != node.LinodeId)
        {
            throw new LinodeToolkitException(ClusterProblems.NoSuch("node", node.Label, []));
        }

        var source = ImageMarks.Source(id, preview.Disk.Id);
        if (await ExistingAsync(request.Label, source, cancellation).ConfigureAwait(false) is { } earlier)
        {
            tell($"image {request.Label} of {node.Label} is there already", null);
            return await ReadyAsync(earlier, cancellation).ConfigureAwait(false);
        }

        var order = new ImageOrder(id, preview.Disk.Id, request.Label, [marks.Customer, source]) { Description = request.Description, CloudInit = preview.CloudInit };
        var tools = shop.Remote.ToolsFor(book, shop.Remote.IdentitiesOf(cluster));
        if (!request.AsIs)
        {
            tell($"preparing {node.Label}", null);
            await tools.RunAsync(node.Key, Script("seal").With("forget", FirstBoot.Forgetting().ToString()), cancellation).ConfigureAwait(false);
        }

        var made = request.Stop && preview.IsRunning
            ? await MakeAtRestAsync(book, record, order, tell, cancellation).ConfigureAwait(false)
            : await MakeAsync(order, tell, cancellation).ConfigureAwait(false);
        if (!request.AsIs)
        {
            await TidyAsync(tools, node, tell, cancellation).ConfigureAwait(false);
        }

        return await ReadyAsync(made, cancellation).ConfigureAwait(false);
    }

    private async Task<CloudImage> MakeAtRestAsync(
        ClusterBook book, NodeRecord node, ImageOrder order, Action<string, Problem?> tell, CancellationToken cancellation)
    {
        tell($"shutting {node.Label} down", null);
        await shop.Cloud.Events.MarkAsync(cancellation).ConfigureAwait(false);
        await IdleAsync(node, token => shop.Cloud.ShutDownNodeAsync(order.NodeId, token), cancellation).ConfigureAwait(false);
        var config = book.Resources.FirstOrDefault(made => made.Kind == ResourceKind.Config && made.NodeKey == node.Key)?.CloudId;
        CloudImage made;
        try
        {
            await EndedAsync(node, "linode_shutdown", "shutting down", cancellation).ConfigureAwait(false);
            made = await MakeAsync(order, tell, cancellation).ConfigureAwait(false);
        }
        catch
        {
            // It was running when we came. Whoever broke this off does not wait for the boot.
            await IdleAsync(node, token => shop.Cloud.BootNodeAsync(order.NodeId, config, token), CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        tell($"booting {node.Label}", null);
        await IdleAsync(node, token => shop.Cloud.BootNodeAsync(order.NodeId, config, token), cancellation).ConfigureAwait(false);
        await EndedAsync(node, "linode_boot", "booting", cancellation).ConfigureAwait(false);
        return made;
    }

    private async Task<CloudImage> MakeAsync(ImageOrder order, Action<string, Problem?> tell, CancellationToken cancellation)
    {
        tell($"making image {order.Label}", null);
        for (var tries = 1; ; tries++)
        {
            try
            {
                // An earlier try may have been heard, of this process or of one that has died.
                var made = await ExistingAsync(order.Label, order.Tags[1], cancellation).ConfigureAwait(false)
                    ?? await shop.Cloud.CreateImageAsync(order, cancellation).ConfigureAwait(false);
                return await shelf.AvailableAsync(made, cancellation).ConfigureAwait(false);
            }
            catch (LinodeApiException lost) when (lost.Failure == ApiFailure.AnswerLost && tries < MostTries)
            {
                await Task.Delay(CloudTimes.Landing, shop.Time, cancellation).ConfigureAwait(false);
            }
            catch (LinodeApiException busy) when (busy.Failure == ApiFailure.Busy && tries < MostTries)
            {
                await shop.Cloud.Events.WaitIdleAsync(order.NodeId, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task TidyAsync(ConfigurationTools tools, NodeRecord node, Action<string, Problem?> tell, CancellationToken cancellation)
    {
        try
        {
            var host = await tools.HostAsync(node.Key, cancellation).ConfigureAwait(false);
            await tools.Shell.ConnectAsync(host, shop.Remote.Patience, null, cancellation).ConfigureAwait(false);
            await tools.RunAsync(node.Key, Script("unseal"), cancellation).ConfigureAwait(false);
        }
        catch (LinodeToolkitException left)
        {
            tell($"{node.Label} is not tidied up", ImageDeskProblems.NotTidied(node.Label, left.Problem.What));
        }
    }

    private async Task<OwnImage> ReadyAsync(CloudImage image, CancellationToken cancellation)
    {
        var there = shelf.Seen(image.IsAvailable ? image : await shelf.AvailableAsync(image, cancellation).ConfigureAwait(false));
        await shelf.OfferAsync(cancellation).ConfigureAwait(false);
        return there;
    }

    /// <summary>The image of that label that was made of the same disk.</summary>
    /// <exception cref="LinodeToolkitException">One of that label was made of something else.</exception>
    private async Task<CloudImage?> ExistingAsync(string label, string source, CancellationToken cancellation)
    {
        var found = await shelf.OursAsync(label, cancellation).ConfigureAwait(false);
        return found is null || found.Tags.Contains(source) ? found : throw new LinodeToolkitException(ImageDeskProblems.Taken(label, found.Id));
    }

    private async Task<CloudDisk> DiskAsync(ClusterRecord cluster, ImageRequest request, long id, CancellationToken cancellation)
    {
        var disks = await shop.Cloud.ListDisksAsync(id, cancellation).ToListAsync(cancellation).ConfigureAwait(false);
        var systems = disks.Where(disk => disk.Filesystem is "ext3" or "ext4").ToList();
        var label = request.Disk ?? BootLabel(cluster, request.Node);
        var fits = label is null ? systems : disks.Where(disk => disk.Label == label || $"{disk.Id}" == label).ToList();
        return fits is [var one] ? one
            : throw new LinodeToolkitException(ImageDeskProblems.NoSuchDisk(request.Node.Label, label, [.. systems.Select(disk => disk.Label)]));
    }

    // Where the platform laid out the disks there is one with a system; where a plan did, it says which that is.
    private static string? BootLabel(ClusterRecord cluster, NodeRecord node) => cluster.Resolved.Length == 0 ? null
        : ResolvedPlanJson.Read(cluster.Resolved).Nodes.FirstOrDefault(planned => planned.Key == node.Key)?.Disks.FirstOrDefault(disk => disk.Boot)?.Label;

    private Task EndedAsync(NodeRecord node, string action, string stage, CancellationToken cancellation) => OnceOnly.WithinAsync(
        shop.Patience, node.Label, stage, cancellation, token => shop.Cloud.Events.WaitAsync(node.LinodeId!.Value, action, null, token));

    private Task IdleAsync(NodeRecord node, Func<CancellationToken, Task> call, CancellationToken cancellation) =>
        OnceOnly.WithinAsync(shop.Patience, node.Label, "busy", cancellation, async token =>
        {
            while (true)
            {
                try
                {
                    await call(token).ConfigureAwait(false);
                    return node;
                }
                catch (LinodeApiException busy) when (busy.Failure == ApiFailure.Busy)
                {
                    await Task.Delay(TimeSpan.FromSeconds(2), shop.Time, token).ConfigureAwait(false);
                }
            }
        });

    private static ShellScript Script(string function) => ShellScript.Of("Configuration", "seal").Call(function);

    private static IEnumerable<Problem> Warnings(ImageRequest request, bool isRunning, bool cloudInit)
    {
        if (isRunning && !request.Stop)
        {
            yield return ImageDeskProblems.Running(request.Node.Label);
        }

        if (request.AsIs)
        {
            yield return ImageDeskProblems.AsItIs(request.Node.Label);
        }

        if (!cloudInit)
        {
            yield return ImageDeskProblems.TakesNoUserData(request.Node.Label);
        }
    }
}
