using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class VolumeListCommand
{
    private static readonly Guide Guide = new(
        "To see the block storage volumes of clusters: how large they are, which node has them, and where the plan mounts them.",
        ["volume list --cluster ha-wordpress", "volume list -o json", "volume list --columns label,size,node --no-header"],
        ["volume resize", "volume clone", "cluster show"]);

    public static Verb Create()
    {
        var cluster = Words.Text("--cluster", "NAME", "Only volumes of this cluster");
        return new Verb("list", "List volumes", Guide, async context =>
        {
            var volumes = new List<VolumeDocument>();
            await foreach (var volume in context.Toolkit.ListVolumesAsync(context.Value(cluster), context.Cancellation).ConfigureAwait(false))
            {
                volumes.Add(VolumeDocument.From(volume));
            }

            context.View.List(volumes, VolumeViews.Shape);
            return ExitCode.Done;
        })
        {
            cluster,
        };
    }
}
