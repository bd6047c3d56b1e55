using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Configuration;

/// <summary>What can go wrong inside nodes, besides what the way there brings.</summary>
internal static class ConfigurationProblems
{
    public static Problem NoVolume(string node, string volume) => new(
        "LCT6250", $"volume {volume} of {node} is not in the records", Where: node, Why: "it was not created, or it was deleted since",
        Fix: ["run the same command again: it makes what is missing"])
    {
        Retryable = true,
    };

    // A first boot comes once: the same command finds the same end, until the node is another.
    public static Problem FirstBootFailed(string node, Problem ended) => ended with
    {
        Code = "LCT6251",
        Fix =
        [
            $"a first boot does not come twice: delete {node}, and create the cluster again, which makes a new one",
            "where its script is wrong, the plan changes with it: bring the cluster to that plan (apply), or delete the cluster first",
        ],
    };
}
