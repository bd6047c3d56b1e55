using System.Globalization;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeTool.Grammar;
using LinodeTool.Settings;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class NodeCreateCommand
{
    private const int Most = 10_000;

    private static readonly Guide Guide = new(
        "To make one node, or some of a kind, without a plan. Names are matched liberally and what was understood is said; it never asks.",
        [
            "node create newark '1gb' 'ubuntu 16.04 lts'",
            "node create us-east g6-standard-1 debian12 --label db-1 --tag db",
            "--emulator node create frankfurt 4gb 'debian 12' --count 3",
        ],
        ["cluster create", "node list", "node ssh", "node delete", "regions", "types", "images"]);

    public static Verb Create()
    {
        var region = Words.Perhaps("region", "Region: id, city or legacy name");
        var type = Words.Perhaps("type", "Type: id, label or memory size");
        var image = Words.Perhaps("image", "Image: id, or words of its name");
        var label = Words.Text("--label", "LABEL", "Label; made from region and a counter if not given");
        var tag = Words.Many("--tag", "TAG", "Tag; give it several times for several");
        var count = Words.Text("--count", "N", "How many");
        var cluster = Words.Text("--cluster", "NAME", "Cluster they join");
        return new Verb("create", "Create nodes", Guide, async context =>
        {
            var defaults = new Lazy<LinodeCliConfig>(() => LinodeCliConfig.Read(context.Host));
            string Given(System.CommandLine.Argument<string?> argument, Func<LinodeCliConfig, string?> otherwise) =>
                context.Perhaps(argument) ?? otherwise(defaults.Value) ?? throw new LinodeToolkitException(
                    UsageProblems.MissingArgument(argument.Name, "linodetool node create", "linodetool node create REGION TYPE IMAGE"));

            var request = new NodeRequest(Given(region, cli => cli.Region), Given(type, cli => cli.Type), Given(image, cli => cli.Image))
            {
                Label = context.Value(label),
                Tags = context.Value(tag),
                Count = CountOf(context.Value(count)),
                Cluster = context.Value(cluster),
            };
            await context.PrepareAsync().ConfigureAwait(false);
            return await RunAsync(context, request).ConfigureAwait(false);
        })
        {
            region, type, image, label, tag, count, cluster,
        };
    }

    private static async Task<ExitCode> RunAsync(ToolContext context, NodeRequest request)
    {
        var preview = await context.Toolkit.PreviewNodesAsync(request, context.Cancellation).ConfigureAwait(false);
        context.Messages.Warn(preview.Warnings);
        foreach (var note in preview.Plan.Notes)
        {
            context.Messages.Note(note);
        }

        KeyKeeping.Demand(context, preview);
        if (context.DryRun)
        {
            context.View.One(PreviewDocument.From(preview), PreviewView.Shape, PreviewView.Text);
            return ExitCode.Done;
        }

        context.Asker.RefuseAboveLimit(preview.Cost.Monthly);
        if (context.Has(context.Root.Globals.NoWait))
        {
            return await Background.StartAsync(context, $"linodetool node list --cluster {Shell.Quote(preview.Cluster)}").ConfigureAwait(false);
        }

        var summary = await RunWatch.WatchAsync(context, null, (observer, stop, leave) =>
            context.Toolkit.CreateAsync(preview, observer, stop, leave)).ConfigureAwait(false);
        if (summary.Outcome == "done" || context.View.IsDocument)
        {
            var made = preview.Plan.Nodes.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
            var nodes = await Inventories.NodesAsync(context, new NodeQuery(Cluster: preview.Cluster)).ConfigureAwait(false);
            context.View.List([.. nodes.Where(node => made.Contains($"{node.Region}/{node.Group}/{node.Ordinal}"))], NodeView.Shape);
        }

        return RunWatch.Conclude(context, summary);
    }

    private static int CountOf(string? text) => text is null ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Most ? number
        : throw new LinodeToolkitException(UsageProblems.BadValue("--count", text, $"a whole number from 1 to {Most}"));
}
