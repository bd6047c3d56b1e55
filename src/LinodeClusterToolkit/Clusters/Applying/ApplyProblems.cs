using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Clusters.Applying;

/// <summary>Problems of bringing a cluster to another plan.</summary>
internal static class ApplyProblems
{
    public static Problem Refused(PlannedChange change) => new(
        "LCT2095", $"{change.What} {change.Label}: {change.Fact} cannot go from {change.From ?? "nothing"} to {change.To ?? "nothing"}", Where: change.Key,
        Why: change.Why, Fix: [ChangeRules.All.First(rule => rule.Id == change.Rule).How]);

    public static Problem Unseen(string cluster, IReadOnlyList<string> what) => new(
        "LCT3025", $"the token may not read {string.Join(", ", what)}", Where: cluster, Why: "what cannot be seen cannot be held against a plan",
        Fix: ["create a token that may read them in Cloud Manager: API Tokens"]);

    public static Problem Moved(string cluster) => new(
        "LCT4046", $"{cluster} is not as it was when the changes were shown", Where: cluster, Why: "somebody or something changed it since",
        Fix: ["have them shown again"]);

    public static Problem StillThere(string node) => new(
        "LCT4047", $"{node} is there; only a node that was taken out can come back", Where: node, Fix: ["ask for a number of nodes to have more of them"]);

    public static Problem NoModel(string cluster, string group) => new(
        "LCT4048", $"it is not known what a new node of {group} is like", Where: cluster,
        Why: "the cluster was made by an older version, or its nodes were made one by one", Fix: ["apply its plan once, then scale it"]);
}
