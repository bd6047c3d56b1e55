using System.CommandLine;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>What start, stop and restart have in common: whom they are about, consent, and how they end.</summary>
internal static class ClusterPower
{
    public static Option<string[]> Only() => Words.Many("--only", "GROUP", "Only this group; may be repeated");

    public static IReadOnlySet<string>? Groups(ToolContext context, Option<string[]> only) =>
        context.Value(only) is { Count: > 0 } groups ? groups.ToHashSet(StringComparer.Ordinal) : null;

    /// <summary>on or off, where it was said.</summary>
    public static bool IsOff(ToolContext context, Option<string?> option) => context.Value(option) switch
    {
        null or "on" => false,
        "off" => true,
        var other => throw new LinodeToolkitException(UsageProblems.BadValue(option.Name, other, "on or off", ["on", "off"])),
    };

    /// <summary>Asks, has it done in view of the user, and concludes.</summary>
    public static async Task<ExitCode> RunAsync(ToolContext context, string name, string verb, bool asks, RunWork work)
    {
        await context.PrepareAsync().ConfigureAwait(false);
        var cluster = await context.Toolkit.GetClusterAsync(name, context.Cancellation).ConfigureAwait(false);
        if (asks)
        {
            await context.Asker.AgreeToDisturbAsync($"{verb} {Say.Count(cluster.Nodes.Count, "node")} of {Say.Plain(cluster.Cluster.Name)}?")
                .ConfigureAwait(false);
        }

        if (context.Has(context.Root.Globals.NoWait))
        {
            return await Background.StartAsync(context, $"linodetool cluster events {Shell.Quote(cluster.Cluster.Name)} --follow").ConfigureAwait(false);
        }

        var summary = await RunWatch.WatchAsync(context, null, work).ConfigureAwait(false);
        if (summary.Outcome == "done" || context.View.IsDocument)
        {
            context.View.One(RunDocument.From(summary), RunView.Shape, RunView.Text);
        }

        return RunWatch.Conclude(context, summary, context.CommandLine);
    }
}
