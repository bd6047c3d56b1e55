using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Makes images of files.</summary>
/// <param name="shop">What works with the cloud.</param>
/// <param name="marks">Whose images these will be.</param>
/// <param name="http">Sends the file: a client of its own, that knows no token. The address is a permission in itself.</param>
/// <param name="folder">Where what is packed for sending is kept until it is sent.</param>
internal sealed partial class ImageSender(Workshop shop, ImageMarks marks, Func<HttpClient> http, string folder)
{
    private const int MostTries = 4;
    private readonly ImageShelf shelf = new(shop, marks);

    /// <summary>Checks a file, sends it, and waits until nodes can be made from what came of it. The same file twice is one image.</summary>
    public async Task<OwnImage> SendAsync(ImageFileRequest request, IProgress<ImageProgress>? progress, CancellationToken cancellation)
    {
        var (region, file) = await CheckedAsync(request, progress, cancellation).ConfigureAwait(false);
        var order = new ImageUploadOrder(request.Label, region, [marks.Customer, ImageMarks.Source(file.Hash)])
        {
            Description = request.Description, CloudInit = request.CloudInit,
        };
        if (await ExistingAsync(order, cancellation).ConfigureAwait(false) is { } earlier)
        {
            return await ReadyAsync(earlier, cancellation).ConfigureAwait(false);
        }

        var (packed, isOurs) = await file.PackAsync(folder, progress, cancellation).ConfigureAwait(false);
        try
        {
            var upload = await BeginAsync(order, cancellation).ConfigureAwait(false);
            await PutAsync(upload, request.File, packed, progress, cancellation).ConfigureAwait(false);
            return await ReadyAsync(upload.Image, cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (isOurs)
            {
                File.Delete(packed);
            }
        }
    }

    /// <summary>How many bytes are in a file, once it is known that it can be sent.</summary>
    public async Task<long> CheckAsync(ImageFileRequest request, IProgress<ImageProgress>? progress, CancellationToken cancellation) =>
        (await CheckedAsync(request, progress, cancellation).ConfigureAwait(false)).File.RawBytes;

    private async Task<(string Region, ImageFile File)> CheckedAsync(
        ImageFileRequest request, IProgress<ImageProgress>? progress, CancellationToken cancellation)
    {
        ImageShelf.DemandGood(request.Label);
        if (!shop.Cloud.Abilities.ImageFiles)
        {
            throw new LinodeApiException(ApiFailure.Refused, V3Problems.NoImageUploads());
        }

        var catalog = await shop.Catalogs.GetAsync(false, cancellation).ConfigureAwait(false);
        return (ImageShelf.Storing(catalog, request.Region), await ImageFile.CheckAsync(request.File, progress, cancellation).ConfigureAwait(false));
    }

    /// <summary>The image that an earlier call made of the same file; one whose file never came is no good to anybody but whoever began it.</summary>
    private async Task<CloudImage?> ExistingAsync(ImageUploadOrder order, CancellationToken cancellation) =>
        await shelf.OursAsync(order.Label, cancellation).ConfigureAwait(false) switch
        {
            null => null,
            { Status: "pending_upload" } begun => throw new LinodeToolkitException(ImageDeskProblems.Begun(begun.Label, begun.Id)),
            var found when found.Tags.Contains(order.Tags[1]) => found,
            var other => throw new LinodeToolkitException(ImageDeskProblems.Taken(other.Label, other.Id)),
        };

    private async Task<ImageUpload> BeginAsync(ImageUploadOrder order, CancellationToken cancellation)
    {
        // What was begun by a call whose answer got lost is known by this mark, and nobody knows where its file should go: it is taken back.
        var once = order with { Tags = [.. order.Tags, $"lct-try:{Guid.NewGuid():N}"] };
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await shop.Cloud.BeginImageUploadAsync(once, cancellation).ConfigureAwait(false);
            }
            catch (LinodeApiException lost) when (lost.Failure == ApiFailure.AnswerLost && tries < MostTries)
            {
                await Task.Delay(CloudTimes.Landing, shop.Time, cancellation).ConfigureAwait(false);
                await foreach (var begun in shop.Cloud.ListOwnImagesAsync(new(once.Label, once.Tags[^1]), cancellation).ConfigureAwait(false))
                {
                    await shop.Cloud.DeleteImageAsync(begun.Id, cancellation).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task PutAsync(ImageUpload upload, string file, string packed, IProgress<ImageProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            await TryPutAsync(upload.To, file, packed, progress, cancellation).ConfigureAwait(false);
        }
        catch
        {
            // It was begun by this very call, and nothing will come of it any more.
            await shop.Cloud.DeleteImageAsync(upload.Image.Id, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async Task TryPutAsync(Uri to, string file, string packed, IProgress<ImageProgress>? progress, CancellationToken cancellation)
    {
        using var client = http();
        for (var tries = 1; ; tries++)
        {
            try
            {
                var from = File.OpenRead(packed);
                await using var untilEnd = from.ConfigureAwait(false);
                var watched = new WatchedStream(from, _ => progress?.Report(new("sending", from.Position, from.Length)));
                using var content = new StreamContent(watched, 1 << 20)
                {
                    Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream"), ContentLength = from.Length },
                };
                using var answer = await client.PutAsync(to, content, cancellation).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }

                if (answer.StatusCode < HttpStatusCode.InternalServerError || tries == MostTries)
                {
                    var said = await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
                    throw new LinodeToolkitException(ImageFileProblems.NotTaken(file, (int)answer.StatusCode, Message().Match(said).Groups[1].Value));
                }
            }
            catch (HttpRequestException cut) when (tries == MostTries)
            {
                throw new LinodeToolkitException(ImageFileProblems.NotSent(file, cut.Message));
            }
            catch (HttpRequestException)
            {
                // The whole file once more: what came of it before does not count.
            }

            await Task.Delay(CloudTimes.Landing, shop.Time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<OwnImage> ReadyAsync(CloudImage image, CancellationToken cancellation)
    {
        var there = shelf.Seen(await shelf.AvailableAsync(image, cancellation).ConfigureAwait(false));
        await shelf.OfferAsync(cancellation).ConfigureAwait(false);
        return there;
    }

    [GeneratedRegex("<Message>([^<]{1,300})</Message>")]
    private static partial Regex Message();
}
