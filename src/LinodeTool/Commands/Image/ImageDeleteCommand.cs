using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ImageDeleteCommand
{
    private static readonly Guide Guide = new(
        "To delete an image that this toolkit has made, in all regions. Nodes made from it stay. At a terminal its label has to be typed; in scripts say --yes.",
        ["image delete golden-web", "image delete private/15 --yes", "image delete golden-web --dry-run"],
        ["image list", "image show"])
    {
        ExitNotes = ["5: it was made elsewhere, or the plan of a cluster makes nodes from it", "9: not agreed to"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Label, id or number of the image");
        var force = Words.Flag("--force", "Delete it although a plan makes nodes from it");
        return new Verb("delete", "Delete an image", Guide, async context =>
        {
            await context.PrepareAsync().ConfigureAwait(false);
            var image = await context.Toolkit.GetImageAsync(context.Value(name), context.Cancellation).ConfigureAwait(false);
            return await DeleteAsync(context, image, context.Has(force)).ConfigureAwait(false);
        })
        {
            name, force,
        };
    }

    private static async Task<ExitCode> DeleteAsync(ToolContext context, OwnImage image, bool force)
    {
        var document = OwnImageDocument.From(image) with
        {
            UsedBy = await context.Toolkit.FindImageUsesAsync(image, context.Cancellation).ConfigureAwait(false),
        };
        if (!context.DryRun)
        {
            // What will be refused is not asked about.
            if (image.IsOurs && (force || document.UsedBy.Count == 0))
            {
                await context.Asker.AgreeToLoseAsync(image.Image.Label, $"deleting image {image.Image.Label}", Lost(document)).ConfigureAwait(false);
            }

            var deleted = await context.Toolkit.DeleteImageAsync(image, force, context.Cancellation).ConfigureAwait(false);
            context.Messages.Note($"{image.Image.Id} is {(deleted ? "deleted" : "gone already")}");
        }

        context.View.One(document, OwnImageView.Shape, OwnImageView.Text);
        return ExitCode.Done;
    }

    private static IEnumerable<string> Lost(OwnImageDocument image)
    {
        yield return $"would be deleted: image {Say.Plain(image.Label)} ({image.Id}) in {string.Join(", ", image.Regions.Select(region => region.Region))}";
        foreach (var cluster in image.UsedBy ?? [])
        {
            yield return $"  the plan of cluster {Say.Plain(cluster)} makes nodes from it";
        }
    }
}
