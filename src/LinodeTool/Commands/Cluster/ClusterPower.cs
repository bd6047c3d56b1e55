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
    /// <param name="request">What is asked for.</param>
    /// <param name="phases">What is done, one after the other.</param>
    public static async Task<ExitCode> RunAsync(ToolContext context, PowerCall request, params PowerPhase[] phases)
    {
        await context.PrepareAsync().ConfigureAwait(false);
        var cluster = await context.Toolkit.GetClusterAsync(request.Name, context.Cancellation).ConfigureAwait(false);
        var name = cluster.Cluster.Name;
        string[] members = [.. cluster.Plan?.Members.Select(member => member.Cluster) ?? []];
        if (members.Length > 0 && request.Groups is not null)
        {
            throw new LinodeToolkitException(UsageProblems.OfOneCluster("--only", name, members));
        }

        if (request.Disturbs)
        {
            await context.Asker.AgreeToDisturbAsync($"{request.Verb} {Say.Count(cluster.Nodes.Count, "node")} of {Say.Plain(name)}?")
                .ConfigureAwait(false);
        }

        if (context.Has(context.Root.Globals.NoWait))
        {
            return await Background.StartAsync(context, members.Length > 0
                ? context.Line($"cluster wait {Shell.Quote(name)} --for {phases[^1].Ends}")
                : context.Line($"cluster events {Shell.Quote(name)} --follow")).ConfigureAwait(false);
        }

        string[] clusters = members.Length > 0 ? members : [name];
        var works = phases.SelectMany(phase => (phase.Backwards ? clusters.Reverse() : clusters).Select(phase.Work)).ToList();
        return works.Count == 1
            ? await ClusterSetRuns.OneAsync(context, works[0]).ConfigureAwait(false)
            : await ClusterSetRuns.EachAsync(context, works, context.CommandLine).ConfigureAwait(false);
    }
}

/// <summary>A call of start, stop or restart.</summary>
/// <param name="Name">Name of the cluster or set.</param>
/// <param name="Verb">What is asked for, as a question begins.</param>
/// <param name="Disturbs">Whether what is at work is disturbed.</param>
/// <param name="Groups">The groups it is about, or null for all.</param>
internal sealed record PowerCall(string Name, string Verb, bool Disturbs, IReadOnlySet<string>? Groups);

/// <summary>Something done to a cluster, or to each of a set.</summary>
/// <param name="Ends">The state it leads to.</param>
/// <param name="Backwards">Whether a set is gone through against the order of its start.</param>
/// <param name="Work">What is done to a cluster of that name.</param>
internal sealed record PowerPhase(string Ends, bool Backwards, Func<string, RunWork> Work);
