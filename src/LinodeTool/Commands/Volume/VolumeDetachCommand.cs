using LinodeClusterToolkit;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class VolumeDetachCommand
{
    private static readonly Guide Guide = new(
        "To take a volume away from its node, which unmounts it first and forgets it in /etc/fstab. One that the plan mounts, or that a program " +
        "uses, stays unless --force says that you mean it. Its data stays on it.",
        ["volume detach data-copy", "volume detach db-1-data --force", "volume detach 700002 --dry-run"],
        ["volume attach", "volume list", "cluster diff"])
    {
        ExitNotes = ["5: the plan mounts it", "7: a program on the node uses it", "9: not agreed to"],
    };

    public static Verb Create()
    {
        var name = Words.Required("volume", VolumeCommand.Name);
        var cluster = Words.Text("--cluster", "NAME", "Cluster it belongs to, where names repeat");
        var force = Words.Flag("--force", "Go on although the plan mounts it, or its node does not let go of it");
        return new Verb("detach", "Detach a volume from its node", Guide, async context =>
        {
            await context.PrepareAsync().ConfigureAwait(false);
            var volume = await context.Toolkit.GetVolumeAsync(context.Value(name), context.Value(cluster), context.Cancellation).ConfigureAwait(false);
            LinodeToolkit.DemandDetachable(volume, context.Has(force));
            if (context.DryRun)
            {
                return VolumeCommand.Preview(context, VolumeDocument.From(volume) with { Node = null, Mount = null });
            }

            await context.Asker.AgreeToDisturbAsync($"Detach {volume.Record.Label} from {volume.Node?.Label ?? "its node"}?").ConfigureAwait(false);
            return VolumeCommand.Show(
                context, await context.Toolkit.DetachVolumeAsync(volume, context.Has(force), context.Cancellation).ConfigureAwait(false));
        })
        {
            name, cluster, force,
        };
    }
}
