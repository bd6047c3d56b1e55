using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Problems met while things are made and removed; family 6: the run ends with failed steps and can be resumed.</summary>
internal static class ProvisioningProblems
{
    public static Problem Foreign(string what, string label, string why) => new(
        "LCT6011", $"the account has {what} \"{label}\" that is not the one wanted", Where: label, Why: why,
        Fix: ["rename or remove the other one", "or give what you create another name"]);

    public static Problem TooSlow(string subject, string stage, TimeSpan limit) => new(
        "LCT6012", $"{subject} was still {stage} after {Span(limit)}", Where: subject,
        Why: "the cloud has not reported an end", Fix: ["look at it in Cloud Manager", "then resume the run"])
    {
        Retryable = true,
    };

    public static Problem DidNotBoot(string node) => new(
        "LCT6014", $"{node} does not boot", Where: node, Why: "it was off again after a boot was asked for",
        Fix: ["look at its console in Cloud Manager (Lish)", "then resume the run"]);

    public static Problem Vanished(string subject) => new(
        "LCT6013", $"{subject} is gone from the cloud", Where: subject,
        Why: "it was deleted by somebody else, or its creation failed", Fix: ["resume the run: it makes a new one"])
    {
        Retryable = true,
    };

    public static Problem GoneInTurn(string node) => new(
        "LCT6016", $"{node} is gone from the cloud", Where: node, Why: "it was deleted by somebody else",
        Fix: ["have another node take its place (replace)"]);

    public static Problem Slipped(IReadOnlyList<(string Node, IReadOnlyList<Slip> Slips)> nodes) => new(
        "LCT6015",
        nodes.Count == 1 ? $"{nodes[0].Node} does not stand as it was made" : $"{nodes.Count} nodes do not stand as they were made",
        Where: string.Join(", ", nodes.Select(one => one.Node)),
        Why: string.Join("; ", nodes.Select(one => $"{one.Node} {string.Join(" and ", one.Slips.Distinct().Select(Standing.Say))}")),
        Fix: ["see who else works on the account", "then retry: what is missing is made again"]);

    public static LinodeApiException As(this Problem problem, ApiFailure failure) => new(failure, problem);

    private static string Span(TimeSpan span) => span.TotalSeconds < 120 ? $"{span.TotalSeconds:0} s" : $"{span.TotalMinutes:0.#} minutes";
}
