using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ImageShowCommand
{
    private static readonly Guide Guide = new(
        "To see one image of the account: its size, the regions it is in, and which clusters' plans make nodes from it.",
        ["image show golden-web", "image show private/15 -o json"],
        ["image list", "image replicate", "image delete"]);

    public static Verb Create()
    {
        var name = Words.Required("name", "Label, id or number of the image");
        return new Verb("show", "Show an image", Guide, async context =>
        {
            await context.PrepareAsync().ConfigureAwait(false);
            var image = await context.Toolkit.GetImageAsync(context.Value(name), context.Cancellation).ConfigureAwait(false);
            var document = OwnImageDocument.From(image) with
            {
                UsedBy = await context.Toolkit.FindImageUsesAsync(image, context.Cancellation).ConfigureAwait(false),
            };
            context.View.One(document, OwnImageView.Shape, OwnImageView.Text);
            return ExitCode.Done;
        })
        {
            name,
        };
    }
}
