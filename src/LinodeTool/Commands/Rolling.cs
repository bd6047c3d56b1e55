using System.CommandLine;
using System.Globalization;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>Work on nodes in turns: shown, agreed to, done in view of the user, and concluded.</summary>
internal static class Rolling
{
    private const int Most = 1000;

    public static Option<string?> MaxUnavailable() => Words.Text("--max-unavailable", "N", "How many nodes may be away at once; 1 unless said");

    public static Option<bool> Force() => Words.Flag("--force", "Ask nothing of a node before it goes down: for one that does not answer");

    public static int Read(ToolContext context, Option<string?> option) => context.Value(option) is not { } text ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Most ? number
        : throw new LinodeToolkitException(UsageProblems.BadValue(option.Name, text, $"a whole number from 1 to {Most}"));

    /// <summary>Has it done to nodes that are named; all have to be of one cluster.</summary>
    public static async Task<ExitCode> NodesAsync(ToolContext context, IEnumerable<string> names, string? cluster, RollRequest request)
    {
        await context.PrepareAsync().ConfigureAwait(false);
        var nodes = await NodeFilter.NamedAsync(context, names, cluster).ConfigureAwait(false);
        var clusters = await context.Toolkit.GetClusterNamesAsync(context.Cancellation).ConfigureAwait(false);
        string[] theirs = [.. nodes.Select(node => clusters[node.ClusterId]).Distinct(StringComparer.Ordinal)];
        return theirs.Length == 1
            ? await RunAsync(context, theirs[0], request with { Nodes = [.. nodes.Select(node => node.Key)] }, detach: false).ConfigureAwait(false)
            : throw new LinodeToolkitException(CommandProblems.OfSeveralClusters(theirs));
    }

    public static async Task<ExitCode> RunAsync(ToolContext context, string cluster, RollRequest request, bool detach)
    {
        var preview = await context.Toolkit.PreviewRollAsync(cluster, request, context.Cancellation).ConfigureAwait(false);
        var document = RollDocument.From(preview);
        if (context.DryRun)
        {
            context.View.One(document, RollView.Shape, RollView.Text);
            return ExitCode.Done;
        }

        await AgreeAsync(context, preview, document).ConfigureAwait(false);
        if (detach || context.Has(context.Root.Globals.NoWait))
        {
            return await Background.StartAsync(context, context.Line($"cluster events {Shell.Quote(preview.Cluster)} --follow")).ConfigureAwait(false);
        }

        return await ClusterSetRuns.OneAsync(context, (observer, stop, leave) =>
            context.Toolkit.RollAsync(preview.Cluster, request, observer, stop, leave)).ConfigureAwait(false);
    }

    private static async Task AgreeAsync(ToolContext context, RollPreview preview, RollDocument document)
    {
        NodeRecord[] nodes = [.. preview.Rounds.SelectMany(round => round)];
        if (preview.Kind is RollKind.Rebuild or RollKind.Replace)
        {
            var typed = nodes.Length == 1 ? nodes[0].Label : $"{nodes.Length} nodes";
            await context.Asker.AgreeToLoseAsync(
                typed, $"{(preview.Kind == RollKind.Rebuild ? "rebuilding" : "replacing")} {Say.Count(nodes.Length, "node")}", RollView.Text(document))
                .ConfigureAwait(false);
            return;
        }

        if (context.Asker.CanAsk)
        {
            foreach (var line in RollView.Text(document))
            {
                context.Messages.Note(line);
            }
        }

        await context.Asker.AgreeToDisturbAsync($"{RollView.Does(preview.Kind, preview.Type)} {Say.Count(nodes.Length, "node")} of {Say.Plain(preview.Cluster)}?")
            .ConfigureAwait(false);
    }
}
