using LinodeClusterToolkit;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class VolumeAttachCommand
{
    private static readonly Guide Guide = new(
        "To give a volume to a node of its cluster and region, and mount what is on it: where --mount says, or where the plan has it. " +
        "Nothing is ever formatted.",
        ["volume attach data-copy web-2 --mount /mnt/copy", "volume attach db-1-data db-1", "volume attach 700002 web-2 --dry-run"],
        ["volume detach", "volume list", "node ssh"]);

    public static Verb Create()
    {
        var name = Words.Required("volume", VolumeCommand.Name);
        var to = Words.Required("node", "Label, id, host name or region/group/ordinal");
        var mount = Words.Text("--mount", "DIR", "Mount it there, now and at each boot");
        var cluster = Words.Text("--cluster", "NAME", "Cluster they belong to, where names repeat");
        return new Verb("attach", "Attach a volume to a node", Guide, async context =>
        {
            DemandFolder(context.Value(mount));
            await context.PrepareAsync().ConfigureAwait(false);
            var volume = await context.Toolkit.GetVolumeAsync(context.Value(name), context.Value(cluster), context.Cancellation).ConfigureAwait(false);
            var node = await context.Toolkit.GetNodeAsync(context.Value(to), context.Value(cluster) ?? volume.Cluster, context.Cancellation)
                .ConfigureAwait(false);
            LinodeToolkit.DemandAttachable(volume, node);
            return context.DryRun
                ? VolumeCommand.Preview(context, VolumeDocument.From(volume) with { Node = node.Label, Mount = context.Value(mount) })
                : VolumeCommand.Show(context, await context.Toolkit.AttachVolumeAsync(
                    volume, node, context.Value(mount), context.Cancellation).ConfigureAwait(false));
        })
        {
            name, to, mount, cluster,
        };
    }

    private static void DemandFolder(string? folder)
    {
        if (folder is not null && (!folder.StartsWith('/') || folder.TrimEnd('/').Length == 0 || folder.Any(sign => char.IsWhiteSpace(sign) || sign == '#')))
        {
            throw new LinodeClusterToolkit.Diagnostics.LinodeToolkitException(
                UsageProblems.BadValue("--mount", folder, "an absolute folder without blanks, such as /mnt/data"));
        }
    }
}
