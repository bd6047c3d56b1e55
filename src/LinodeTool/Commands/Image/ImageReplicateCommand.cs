using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ImageReplicateCommand
{
    private static readonly Guide Guide = new(
        "To have an image in more regions, so that nodes are made from it there without it being fetched first. It stays where it is.",
        ["image replicate golden-web frankfurt", "image replicate private/15 us-ord eu-central --dry-run"],
        ["image show", "image create", "regions"])
    {
        ExitNotes = ["5: a region stores no images, or the image was made elsewhere", "7: it was still on its way when the wait ended"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Label, id or number of the image");
        var regions = Words.Several("region", "Region: id, city or legacy name");
        return new Verb("replicate", "Have an image in more regions", Guide, async context =>
        {
            await context.PrepareAsync().ConfigureAwait(false);
            var image = await context.Toolkit.GetImageAsync(context.Value(name), context.Cancellation).ConfigureAwait(false);
            var catalog = await context.Toolkit.GetCatalogAsync(cancellation: context.Cancellation).ConfigureAwait(false);
            string[] wanted = [.. context.Value(regions).Select(region => catalog.FindRegion(region).OrThrow().Id)];
            if (!context.DryRun)
            {
                context.Messages.Note($"bringing {image.Image.Label} to {string.Join(", ", wanted)}");
                image = await context.Toolkit.ReplicateImageAsync(image, wanted, context.Cancellation).ConfigureAwait(false);
            }

            context.View.One(OwnImageDocument.From(image), OwnImageView.Shape, OwnImageView.Text);
            return ExitCode.Done;
        })
        {
            name, regions,
        };
    }
}
