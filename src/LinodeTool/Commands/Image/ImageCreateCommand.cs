using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ImageCreateCommand
{
    private static readonly Guide Guide = new(
        "To keep a node's disk as an image that other nodes are made from: image: LABEL in a plan. The node is prepared over SSH first, so that each "
            + "node made from the image gets a name and keys of its own. It runs on while it is copied, unless --stop. "
            + "The same command again makes no second image.",
        ["image create web-1", "image create web-1 --label golden-web --stop", "image create db-1 --label db-copy --as-is --dry-run"],
        ["image list", "image replicate", "image delete", "cluster create"])
    {
        ExitNotes = ["5: the label is that of another image, or the node is off", "12: another process is at work on the node's cluster"],
    };

    public static Verb Create()
    {
        var name = Words.Required("node", "Label, id, host name or region/group/ordinal");
        var label = Words.Text("--label", "LABEL", "Label of the image; the node's own if not given");
        var description = Words.Text("--description", "TEXT", "What it is, in words");
        var disk = Words.Text("--disk", "DISK", "Label or id of the disk; the one it boots from if not given");
        var stop = Words.Flag("--stop", "Shut the node down for the copy, and boot it again");
        var asIs = Words.Flag("--as-is", "Prepare nothing: the image is one of this very node");
        var cloudInit = Words.Flag("--cloud-init", "The system has cloud-init, whatever it was made from");
        var cluster = Words.Text("--cluster", "NAME", "Cluster the node belongs to, where names repeat");
        return new Verb("create", "Make an image of a node", Guide, async context =>
        {
            await context.PrepareAsync().ConfigureAwait(false);
            var node = await context.Toolkit.GetNodeAsync(context.Value(name), context.Value(cluster), context.Cancellation).ConfigureAwait(false);
            return await RunAsync(context, new ImageRequest(node, context.Value(label) ?? node.Label)
            {
                Description = context.Value(description) ?? "",
                Disk = context.Value(disk),
                Stop = context.Has(stop),
                AsIs = context.Has(asIs),
                CloudInit = context.Has(cloudInit) ? true : null,
            }).ConfigureAwait(false);
        })
        {
            name, label, description, disk, stop, asIs, cloudInit, cluster,
        };
    }

    private static async Task<ExitCode> RunAsync(ToolContext context, ImageRequest request)
    {
        var preview = await context.Toolkit.PreviewImageAsync(request, context.Cancellation).ConfigureAwait(false);
        if (preview.Existing is null)
        {
            context.Messages.Warn(preview.Warnings);
        }

        if (context.DryRun)
        {
            context.View.One(ImagePreviewDocument.From(preview), OwnImageView.Preview, OwnImageView.PreviewText);
            return ExitCode.Done;
        }

        if (preview is { Existing: null, IsRunning: true } && request.Stop)
        {
            await context.Asker.AgreeToDisturbAsync($"Shut {request.Node.Label} down until it is copied?").ConfigureAwait(false);
        }

        var made = await context.Toolkit.CreateImageAsync(preview, Tell, context.Cancellation).ConfigureAwait(false);
        context.View.One(OwnImageDocument.From(made), OwnImageView.Shape, OwnImageView.Text);
        return ExitCode.Done;

        void Tell(string step, Problem? problem)
        {
            context.Messages.Note(step);
            if (problem is not null)
            {
                context.Messages.Warn([problem]);
            }
        }
    }
}
