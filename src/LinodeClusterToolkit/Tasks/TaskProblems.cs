using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tasks;

/// <summary>What can go wrong with graphs and their runs.</summary>
internal static class TaskProblems
{
    // A graph is built by this library from a checked plan, so a wrong one is its own fault: family 9.
    public static Problem DuplicateName(string step) => new("LCT9101", $"two steps are named '{step}'", Where: step);

    public static Problem UnknownName(string step, string wanted, IReadOnlyList<string> near) => new(
        "LCT9102", $"step '{step}' waits for or holds up '{wanted}', which does not exist", Where: step,
        Why: near.Count == 0 ? null : $"nearest are: {string.Join(", ", near)}");

    public static Problem Cycle(IReadOnlyList<string> chain) => new(
        "LCT9103", $"steps wait for each other: {string.Join(" → ", chain)}", Where: chain[0]);

    public static Problem ImpossibleMinimum(string step, int atLeast, int among) => new(
        "LCT9104", $"'{step}' wants at least {atLeast} of {among} steps", Where: step);

    public static Problem BelowMinimum(string step, int done, int atLeast, int among) => new(
        "LCT6101", $"only {done} of at least {atLeast} ended well for '{step}'", Where: step,
        Why: $"{among - done} of {among} steps it comes after failed or were skipped",
        Fix: ["retry the failed steps", "or lower the minimum in the plan"]);

    public static Problem NotRun(string step, string because) => new(
        "LCT6102", $"not run since '{because}' failed", Where: step, Fix: [$"retry '{because}'"]);

    public static Problem Cancelled(string step) => new(
        "LCT6103", $"'{step}' was cancelled", Where: step, Fix: [$"retry '{step}' to have it run after all"]);

    public static Problem LeftFailed(string step, string? why) => new(
        "LCT6104", $"'{step}' was left as it failed before", Where: step, Why: why, Fix: [$"retry '{step}' too"]);

    /// <summary>What an exception comes down to; one this library did not throw on purpose is a bug or a surprise of the platform.</summary>
    public static Problem From(string step, Exception thrown) => thrown is LinodeToolkitException known
        ? known.Problem
        : new("LCT9001", $"step '{step}' ended in {thrown.GetType().Name}: {thrown.Message}", Where: step,
            Why: "a failure nobody foresaw: most likely a bug of the toolkit", Fix: ["report it, with the run's log"]);
}
