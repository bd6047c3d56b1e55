using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Output;

namespace LinodeTool.Consent;

/// <summary>Why nothing was done although nothing is wrong; exit code 9.</summary>
internal static class ConsentProblems
{
    public static Problem Declined(string what) => new("LCT8101", $"not agreed to; {what}");

    public static Problem NeedsYes(string what) => new(
        "LCT8102", $"{what} needs agreement, and nobody can be asked here", Fix: ["say it on the command line: --yes"]);

    public static Problem OverLimit(decimal monthly, decimal limit) => new(
        "LCT8103", $"it would cost {Say.Money(monthly)} a month, more than the limit of {Say.Money(limit)}; nothing was created",
        Fix: ["raise --max-monthly-cost, or ask for less"]);
}
