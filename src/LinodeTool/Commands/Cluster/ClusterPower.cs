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

    /// <summary>Asks, has it done in view of the user to the cluster, or to each of a set in its order, and concludes.</summary>
    /// <param name="context">The call.</param>
    /// <param name="name">Name of the cluster or set.</param>
    /// <param name="verb">What is asked for.</param>
    /// <param name="asks">Whether it disturbs.</param>
    /// <param name="backwards">Whether a set is gone through against the order of its start.</param>
    /// <param name="work">What is done to a cluster of that name.</param>
    public static async Task<ExitCode> RunAsync(
        ToolContext context, string name, string verb, bool asks, bool backwards, Func<string, RunWork> work)
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

        var members = await context.Toolkit.GetMembersAsync(cluster.Cluster.Name, context.Cancellation).ConfigureAwait(false);
        if (members.Count > 0)
        {
            return await ClusterSetRuns.EachAsync(context, backwards ? members.Reverse() : members, member =>
                RunWatch.WatchAsync(context, null, work(member.Cluster))).ConfigureAwait(false);
        }

        var summary = await RunWatch.WatchAsync(context, null, work(cluster.Cluster.Name)).ConfigureAwait(false);
        if (summary is { Nodes: 0, Outcome: "done" })
        {
            context.Messages.Note($"{cluster.Cluster.Name} has no node to {verb.ToLowerInvariant()}; nothing to do");
        }

        if (summary.Outcome == "done" || context.View.IsDocument)
        {
            context.View.One(RunDocument.From(summary), RunView.Shape, RunView.Text);
        }

        return RunWatch.Conclude(context, summary, context.CommandLine);
    }
}
