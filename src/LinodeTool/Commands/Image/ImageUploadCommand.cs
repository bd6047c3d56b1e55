using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Settings;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ImageUploadCommand
{
    private static readonly Guide Guide = new(
        "To make an image of a raw disk image on this machine, packed by gzip or not: up to 6 GB, and up to 5 GB packed. The file is read through before "
            + "anything is asked of the cloud. The same file under the same label makes no second image.",
        ["image upload system.img.gz --region us-east", "image upload appliance.raw --region frankfurt --cloud-init"],
        ["image list", "image replicate", "regions"])
    {
        ExitNotes = ["2: it is no raw disk image, is damaged or too big", "12: it cannot be read, or there is no room to pack it"],
    };

    public static Verb Create()
    {
        var file = Words.Required("file", "The disk image");
        var label = Words.Text("--label", "LABEL", "Label of the image; the file's name if not given");
        var region = Words.Text("--region", "REGION", "Region it is kept in; linode-cli's default if not given");
        var description = Words.Text("--description", "TEXT", "What it is, in words");
        var cloudInit = Words.Flag("--cloud-init", "The system in it has cloud-init, which plans need");
        return new Verb("upload", "Make an image of a file", Guide, async context =>
        {
            var path = context.Host.FullPath(context.Value(file));
            var place = context.Value(region) ?? LinodeCliConfig.Read(context.Host).Region ?? throw new LinodeToolkitException(
                UsageProblems.MissingArgument("region", "linodetool image upload", "linodetool image upload FILE --region REGION"));
            var request = new ImageFileRequest(path, context.Value(label) ?? LabelOf(path), place)
            {
                Description = context.Value(description) ?? "", CloudInit = context.Has(cloudInit),
            };
            await context.PrepareAsync().ConfigureAwait(false);
            return await RunAsync(context, request).ConfigureAwait(false);
        })
        {
            file, label, region, description, cloudInit,
        };
    }

    private static async Task<ExitCode> RunAsync(ToolContext context, ImageFileRequest request)
    {
        var told = new Told(context.Messages);
        if (context.DryRun)
        {
            var raw = await context.Toolkit.CheckImageFileAsync(request, told, context.Cancellation).ConfigureAwait(false);
            context.Messages.Note($"{Path.GetFileName(request.File)} would be image {request.Label}, {Say.Bytes(raw)} unpacked");
            return ExitCode.Done;
        }

        var image = await context.Toolkit.UploadImageAsync(request, told, context.Cancellation).ConfigureAwait(false);
        context.View.One(OwnImageDocument.From(image), OwnImageView.Shape, OwnImageView.Text);
        return ExitCode.Done;
    }

    // system.img.gz and system.raw are system.
    private static string LabelOf(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var end in new[] { ".gz", ".img", ".raw" })
        {
            name = name.EndsWith(end, StringComparison.OrdinalIgnoreCase) && name.Length > end.Length ? name[..^end.Length] : name;
        }

        return name;
    }

    /// <summary>Says how far it is each tenth of the way.</summary>
    private sealed class Told(Messages messages) : IProgress<ImageProgress>
    {
        private (string Stage, long Tenth) last = ("", -1);

        public void Report(ImageProgress value)
        {
            var now = (value.Stage, value.Total == 0 ? 10 : value.Done * 10 / value.Total);
            if (now != last)
            {
                last = now;
                messages.Note($"{value.Stage} {now.Item2 * 10}% of {Say.Bytes(value.Total)}");
            }
        }
    }
}
