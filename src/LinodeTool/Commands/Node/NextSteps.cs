using LinodeClusterToolkit.Inventory;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

/// <summary>What to do next about a node, as command lines.</summary>
internal static class NextSteps
{
    /// <param name="context">The call.</param>
    /// <param name="node">The node.</param>
    /// <param name="cluster">Its cluster.</param>
    /// <param name="stands">How its last run stands.</param>
    /// <param name="log">The last lines of what was tried on it.</param>
    public static IReadOnlyList<string> For(
        ToolContext context, NodeRecord node, ClusterRecord cluster, Standing stands, IReadOnlyList<string> log)
    {
        var label = Shell.Quote(node.Label);
        string[] inside = node is { PublicIpv4: not null, HostKeys.Count: > 0, Configuration: not ConfigurationState.Recorded }
            ? [$"look inside: {context.Line($"node ssh {label}")}"]
            : [];
        return node.State switch
        {
            NodeState.Ready => [HasFailed(log) ? "what was tried on it last failed: its log says why" : "nothing: it is as its plan says", .. inside],
            not NodeState.Gone when stands.Lease is not null => [$"a run is at work on its cluster: {stands.Next(context)}", .. inside],
            NodeState.Failed => [$"remove the cause, then: {Again(context, label, cluster, stands)}", .. inside],
            NodeState.Gone => ["nothing: it is deleted"],
            NodeState.Deleting => [$"finish what was begun: {context.Line($"node delete {label}")}"],
            _ => [Again(context, label, cluster, stands), .. inside],
        };
    }

    // A log closes each thing that was tried with its outcome.
    private static bool HasFailed(IReadOnlyList<string> log) => log is [.., var last] && last.TrimStart().StartsWith("= LCT", StringComparison.Ordinal);

    // What the last run left is gone on with; after another one, the plan is asked for again, which single nodes have not.
    private static string Again(ToolContext context, string label, ClusterRecord cluster, Standing stands) => stands.IsOpen ? stands.Next(context)!
        : cluster.PlanText.Length > 0 ? context.Line($"cluster create {Shell.Quote(cluster.Name)} {Shell.Quote(cluster.PlanName)}")
        : $"{context.Line($"node delete {label}")}, and create it again";
}
