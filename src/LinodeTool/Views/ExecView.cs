using LinodeClusterToolkit.Clusters;
using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>What a command came to on one node; without an exit code where it did not run to its end.</summary>
internal sealed record ExecDocument(string Node, int? ExitCode, string? Stdout, string? Stderr, long? Ms, bool Recorded, ErrorBody? Error)
{
    public static ExecDocument From(NodeOutcome outcome) => outcome.Result is { } result
        ? new(
            outcome.Node.Label, result.IsRecorded ? null : result.ExitCode, result.Output, result.Error, (long)result.Took.TotalMilliseconds,
            result.IsRecorded, null)
        : new(outcome.Node.Label, null, null, null, null, false, ErrorBody.From(outcome.Problem!));
}

internal static class ExecView
{
    public static Shape<ExecDocument> Shape => new(ToolJson.Default.ExecDocument, run => run.Node,
    [
        new("node", run => run.Node),
        new("exit_code", run => run.ExitCode is { } code ? $"{code}" : run.Recorded ? "recorded" : null) { Right = true },
        new("ms", run => run.Ms is { } ms ? FormattableString.Invariant($"{ms}") : null) { Right = true },
        new("stdout", run => run.Stdout?.TrimEnd('\n')),
        new("stderr", run => run.Stderr?.TrimEnd('\n')),
        new("error", run => run.Error is { } error ? $"{error.Code} {error.What}" : null),
    ]);
}
