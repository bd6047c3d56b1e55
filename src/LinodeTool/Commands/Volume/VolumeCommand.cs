using System.Globalization;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>What the verbs of volumes share.</summary>
internal static class VolumeCommand
{
    public const string Name = "Label, id or key";

    /// <summary>A size in GB, such as 40 or 40GB.</summary>
    public static int SizeOf(string text)
    {
        var number = text.Trim().ToUpperInvariant();
        number = number.EndsWith("GB", StringComparison.Ordinal) ? number[..^2] : number.EndsWith('G') ? number[..^1] : number;
        return int.TryParse(number.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size
            : throw new LinodeToolkitException(UsageProblems.BadValue("SIZE", text, "a number of GB, such as 40 or 40GB"));
    }

    /// <summary>Shows what became of a volume, and says what is left to do.</summary>
    public static ExitCode Show(ToolContext context, VolumeOutcome outcome)
    {
        if (outcome.NeedsReboot && outcome.Volume.Node is { } node)
        {
            context.Messages.Note(
                $"{node.Label} does not see the new size before it is booted again ({context.Line($"node reboot {Shell.Quote(node.Label)}")}); "
                + "then give the same command once more");
        }

        if (outcome.Undone is { } why)
        {
            context.Messages.Note($"nothing was done inside the node: {Say.Plain(why)}");
        }

        if (outcome.IsRecorded)
        {
            context.Messages.Note("recorded, nothing ran: there are no machines behind these nodes");
        }

        context.View.One(VolumeDocument.From(outcome), VolumeViews.Shape, VolumeViews.Text);
        return ExitCode.Done;
    }

    /// <summary>Shows a volume as it would be.</summary>
    public static ExitCode Preview(ToolContext context, VolumeDocument volume)
    {
        context.View.One(volume, VolumeViews.Shape, VolumeViews.Text);
        return ExitCode.Done;
    }
}
