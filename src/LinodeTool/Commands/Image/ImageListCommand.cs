using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ImageListCommand
{
    private static readonly Guide Guide = new(
        "To see the account's own images: those this toolkit has made, and those made elsewhere. What other customers of a shared account have made with "
            + "it is not among them.",
        ["image list", "image list -o wide", "image list -o name"],
        ["image show", "image create", "images"]);

    public static Verb Create() => new("list", "List the account's own images", Guide, async context =>
    {
        await context.PrepareAsync().ConfigureAwait(false);
        var images = await context.Toolkit.ListImagesAsync(context.Cancellation).ConfigureAwait(false);
        context.View.List([.. images.Select(OwnImageDocument.From)], OwnImageView.Shape);
        return ExitCode.Done;
    });
}
