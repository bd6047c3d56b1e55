using LinodeClusterToolkit;
using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class VolumeResizeCommand
{
    private static readonly Guide Guide = new(
        "To make a volume larger, and the ext, xfs or btrfs filesystem on it while it stays mounted. Volumes never shrink. Where the node's " +
        "kernel sees the new size only after a boot, that is said: boot it, and give the same command again.",
        ["volume resize web-us-east-01-data 40GB", "volume resize db-1-data 200 --dry-run", "volume resize 700001 80 -y -o json"],
        ["volume list", "volume clone", "node reboot"])
    {
        ExitNotes = ["5: it is larger already", "9: not agreed to, or more than the limit"],
    };

    public static Verb Create()
    {
        var name = Words.Required("volume", VolumeCommand.Name);
        var size = Words.Required("size", "New size in GB, such as 40GB; 16,384 at most");
        var cluster = Words.Text("--cluster", "NAME", "Cluster it belongs to, where names repeat");
        return new Verb("resize", "Make a volume larger", Guide, async context =>
        {
            var wanted = VolumeCommand.SizeOf(context.Value(size));
            await context.PrepareAsync().ConfigureAwait(false);
            var volume = await context.Toolkit.GetVolumeAsync(context.Value(name), context.Value(cluster), context.Cancellation).ConfigureAwait(false);
            return await ResizeAsync(context, volume, wanted).ConfigureAwait(false);
        })
        {
            name, size, cluster,
        };
    }

    private static async Task<ExitCode> ResizeAsync(ToolContext context, VolumeView volume, int wanted)
    {
        LinodeToolkit.DemandSize(volume, wanted);
        if (context.DryRun)
        {
            return VolumeCommand.Preview(context, VolumeDocument.From(volume) with { SizeGb = wanted });
        }

        var (before, after) = (VolumeView.MonthlyOf((int)(volume.Record.Size ?? 0)), VolumeView.MonthlyOf(wanted));
        if (after > before)
        {
            await context.Asker.AgreeToAddAsync(
                $"Make {volume.Record.Label} {wanted} GB, which cannot be taken back, for {Say.Money(after - before)} a month more?", after - before)
                .ConfigureAwait(false);
        }

        return VolumeCommand.Show(
            context, await context.Toolkit.ResizeVolumeAsync(volume, wanted, context.Cancellation).ConfigureAwait(false));
    }
}
