using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Clusters.Exports;

/// <summary>What can go wrong with exports; family 1 is how it was asked for, 3 the secrets.</summary>
internal static class ExportProblems
{
    public static Problem NoSuchFormat(string format, IReadOnlyList<string> known) => new(
        "LCT1065", $"there is no format \"{format}\"",
        Fix: [.. Hints.Nearest(format, known, 1).Select(near => $"did you mean \"{near}\"?"), $"say one of: {string.Join(", ", known)}"]);

    public static Problem NoKey(string node, string store) => new(
        "LCT3025", $"the private key of {node} is not in {store}", Where: node, Why: "it is needed by whoever is to get in",
        Fix: ["use the secret store that the cluster was made with"]);
}
