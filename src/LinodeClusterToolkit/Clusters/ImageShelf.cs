using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters;

/// <summary>The account's own images, as far as they are this customer's business.</summary>
internal sealed class ImageShelf(Workshop shop, ImageMarks marks)
{
    private const string Storage = "Object Storage";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>All but other customers', newest first.</summary>
    public async Task<IReadOnlyList<OwnImage>> ListAsync(CancellationToken cancellation) =>
        [.. (await shop.Cloud.ListOwnImagesAsync(new(), cancellation).ToListAsync(cancellation).ConfigureAwait(false))
            .Where(image => !marks.IsOthers(image.Tags)).Select(Seen)
            .OrderByDescending(image => image.Image.Created).ThenBy(image => image.Image.Label, StringComparer.Ordinal)];

    /// <summary>One of them by id, number or label; throws a problem of family 4 where there is none or several.</summary>
    public async Task<OwnImage> FindAsync(string name, CancellationToken cancellation) => NameMatch.Of(
        "image of the account", name, await ListAsync(cancellation).ConfigureAwait(false), image => [image.Image.Id, image.Image.Label, NumberOf(image)]);

    /// <summary>That of this customer under exactly this label; null where there is none.</summary>
    public async Task<CloudImage?> OursAsync(string label, CancellationToken cancellation) =>
        await OnceOnly.FirstAsync(shop.Cloud.ListOwnImagesAsync(new(label), cancellation).Where(image => marks.IsOurs(image.Tags))).ConfigureAwait(false);

    /// <summary>Names of clusters whose plans make nodes from it, or that have nodes of it, as nodes made one by one are in no plan.</summary>
    public async Task<IReadOnlyList<string>> UsesAsync(string id, CancellationToken cancellation)
    {
        var names = new List<string>();
        var made = await shop.Store.ListNodesAsync(new NodeQuery(), cancellation).Where(node => node.Image == id).Select(node => node.ClusterId)
            .ToHashSetAsync(cancellationToken: cancellation).ConfigureAwait(false);
        await foreach (var cluster in shop.Store.ListClustersAsync(false, cancellation).ConfigureAwait(false))
        {
            if (cluster.State != ClusterState.Deleted && (made.Contains(cluster.Id)
                || (cluster.Resolved.Length > 0 && ResolvedPlanJson.Read(cluster.Resolved).Nodes.Any(node => node.Image == id))))
            {
                names.Add(cluster.Name);
            }
        }

        return names;
    }

    /// <summary>Deletes one that this customer made.</summary>
    /// <param name="image">Which.</param>
    /// <param name="force">True deletes it although a plan makes nodes from it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False where it was gone already.</returns>
    public async Task<bool> DeleteAsync(OwnImage image, bool force, CancellationToken cancellation)
    {
        var found = await MineAsync(image, cancellation).ConfigureAwait(false);
        if (found is null)
        {
            return false;
        }

        var uses = force ? [] : await UsesAsync(found.Id, cancellation).ConfigureAwait(false);
        if (uses.Count > 0)
        {
            throw new LinodeToolkitException(ImageDeskProblems.InUse(found.Label, found.Id, uses));
        }

        var deleted = await shop.Cloud.DeleteImageAsync(found.Id, cancellation).ConfigureAwait(false);
        await OfferAsync(cancellation).ConfigureAwait(false);
        return deleted;
    }

    /// <summary>Changes label or description of one that this customer made.</summary>
    public async Task<OwnImage> ChangeAsync(OwnImage image, string? label, string? description, CancellationToken cancellation)
    {
        if (label is not null)
        {
            DemandGood(label);
        }

        var found = await MineAsync(image, cancellation).ConfigureAwait(false) ?? throw Gone(image.Image);
        if (label is not null && label != found.Label && await OursAsync(label, cancellation).ConfigureAwait(false) is { } other)
        {
            throw new LinodeToolkitException(ImageDeskProblems.Taken(label, other.Id));
        }

        var changed = Seen(await shop.Cloud.ChangeImageAsync(found.Id, label, description, cancellation).ConfigureAwait(false));
        await OfferAsync(cancellation).ConfigureAwait(false);
        return changed;
    }

    /// <summary>Has one that this customer made be in more regions, and waits until it is.</summary>
    public async Task<OwnImage> ReplicateAsync(OwnImage image, IReadOnlyList<string> regions, CancellationToken cancellation)
    {
        if (!shop.Cloud.Abilities.ImageFiles)
        {
            throw new LinodeApiException(ApiFailure.Refused, V3Problems.NoImageRegions());
        }

        var catalog = await shop.Catalogs.GetAsync(false, cancellation).ConfigureAwait(false);
        var wanted = regions.Select(name => Storing(catalog, name)).Distinct(StringComparer.Ordinal).ToList();
        var found = await MineAsync(image, cancellation).ConfigureAwait(false) ?? throw Gone(image.Image);
        var missing = wanted.Except(Staying(found)).ToList();
        if (missing.Count > 0)
        {
            await AskAsync(found, missing, cancellation).ConfigureAwait(false);
        }

        return Seen(await AwaitAsync(
            found, "on its way to another region",
            now => wanted.All(region => now.Regions.Any(one => one.Region == region && one.Status == "available")), cancellation).ConfigureAwait(false));
    }

    /// <summary>Waits until nodes can be made from it.</summary>
    public Task<CloudImage> AvailableAsync(CloudImage image, CancellationToken cancellation) =>
        AwaitAsync(image, "being made", now => now.IsAvailable, cancellation);

    /// <summary>Has the catalogue know what there is now: plans name images by it.</summary>
    public async Task OfferAsync(CancellationToken cancellation)
    {
        try
        {
            await shop.Catalogs.GetAsync(true, cancellation).ConfigureAwait(false);
        }
        catch (LinodeToolkitException)
        {
            // What was done is done; the catalogue is asked for again when its day is over, or by whoever misses something.
        }
    }

    /// <summary>The id of a region that stores images.</summary>
    public static string Storing(LinodeCatalog catalog, string name)
    {
        var region = catalog.FindRegion(name).OrThrow();
        return region.Has(Storage) ? region.Id : throw new LinodeToolkitException(ImageDeskProblems.NoImagesThere(region.Id));
    }

    /// <summary>Throws where a text cannot be a label.</summary>
    public static void DemandGood(string label)
    {
        if (label.Length is < 1 or > 50 || label.Any(char.IsControl) || label.Trim().Length == 0)
        {
            throw new LinodeToolkitException(ImageDeskProblems.BadLabel(label));
        }
    }

    public OwnImage Seen(CloudImage image) => new(image, marks.IsOurs(image.Tags), ImageMarks.NodeOf(image.Tags));

    private async Task<CloudImage?> MineAsync(OwnImage image, CancellationToken cancellation)
    {
        var found = await shop.Cloud.FindImageAsync(image.Image.Id, cancellation).ConfigureAwait(false);
        if (found is not null && marks.IsOthers(found.Tags))
        {
            throw new LinodeToolkitException(ClusterProblems.NoSuch("image of the account", image.Image.Id, []));
        }

        return found is null || marks.IsOurs(found.Tags) ? found : throw new LinodeToolkitException(ImageDeskProblems.NotOurs(found.Label, found.Id));
    }

    // The list says where the image is to be from now on: where it is belongs to it, or it would leave there. Twice is once.
    private async Task AskAsync(CloudImage image, IReadOnlyList<string> missing, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await shop.Cloud.ReplicateImageAsync(image.Id, [.. Staying(image), .. missing], cancellation).ConfigureAwait(false);
                return;
            }
            catch (LinodeApiException lost) when (lost.Failure == ApiFailure.AnswerLost && tries < 3)
            {
                await Task.Delay(CloudTimes.Landing, shop.Time, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static IEnumerable<string> Staying(CloudImage image) =>
        image.Regions.Where(region => region.Status != "pending deletion").Select(region => region.Region);

    private async Task<CloudImage> AwaitAsync(CloudImage image, string stage, Func<CloudImage, bool> until, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(shop.Patience.Limit, shop.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            while (true)
            {
                var now = await shop.Cloud.FindImageAsync(image.Id, either.Token).ConfigureAwait(false) ?? throw Gone(image);
                if (until(now))
                {
                    return now;
                }

                await Task.Delay(Pause, shop.Time, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new LinodeToolkitException(ImageDeskProblems.TooSlow(image.Label, image.Id, stage, shop.Patience.Limit));
        }
    }

    private static LinodeToolkitException Gone(CloudImage image) => new(ImageDeskProblems.Gone(image.Label, image.Id));

    private static string NumberOf(OwnImage image) => image.Image.Id[(image.Image.Id.IndexOf('/') + 1)..];
}
