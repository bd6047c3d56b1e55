using LinodeClusterToolkit;
using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class VolumeCloneCommand
{
    private static readonly Guide Guide = new(
        "To copy a volume with what is on it, before something risky or to give another node the same data. The copy has the size of the " +
        "original, is attached to nothing, and belongs to the cluster: it goes with it. The same command again finds the copy.",
        ["volume clone db-1-data --label db-1-before", "volume clone 700001 --label data-copy --dry-run", "volume clone db-1-data --label b -o json"],
        ["volume attach", "volume list", "node snapshot"])
    {
        ExitNotes = ["5: the label is in use", "9: not agreed to, or more than the limit"],
    };

    public static Verb Create()
    {
        var name = Words.Required("volume", VolumeCommand.Name);
        var label = Words.Text("--label", "LABEL", "Label of the copy, unique in the account (needed)");
        var cluster = Words.Text("--cluster", "NAME", "Cluster it belongs to, where names repeat");
        return new Verb("clone", "Copy a volume", Guide, async context =>
        {
            var wanted = context.Value(label) ?? throw new LinodeClusterToolkit.Diagnostics.LinodeToolkitException(
                UsageProblems.MissingArgument("--label", "volume clone", "linodetool volume clone VOLUME --label LABEL"));
            LinodeToolkit.DemandVolumeLabel(wanted);
            await context.PrepareAsync().ConfigureAwait(false);
            var volume = await context.Toolkit.GetVolumeAsync(context.Value(name), context.Value(cluster), context.Cancellation).ConfigureAwait(false);
            return await CloneAsync(context, volume, wanted).ConfigureAwait(false);
        })
        {
            name, label, cluster,
        };
    }

    private static async Task<ExitCode> CloneAsync(ToolContext context, VolumeView volume, string label)
    {
        if (context.DryRun)
        {
            return VolumeCommand.Preview(
                context, new(null, label, volume.Cluster, volume.Record.Region, volume.Record.Size, null, null, null, null, ""));
        }

        var monthly = VolumeView.MonthlyOf((int)(volume.Record.Size ?? 0));
        await context.Asker.AgreeToAddAsync($"Copy {volume.Record.Label} to {label} for {Say.Money(monthly)} a month?", monthly)
            .ConfigureAwait(false);
        return VolumeCommand.Show(
            context, await context.Toolkit.CloneVolumeAsync(volume, label, context.Cancellation).ConfigureAwait(false));
    }
}
