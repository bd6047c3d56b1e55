using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;

namespace LinodeTool.Output;

/// <summary>Adds the command line to a fix: the library does not know the tool's verbs.</summary>
internal static class Fixes
{
    public static Problem Complete(Problem problem) =>
        CommandFor(problem) is { } command && !problem.Fixes.Any(fix => fix.Contains("linodetool", StringComparison.Ordinal))
        ? problem with { Fix = [.. problem.Fixes, command] }
        : problem;

    // A single command on a node has nowhere to go on from; of those in a run, the run says how to.
    private static bool IsOfNode(Problem problem) => problem.Code.StartsWith("LCT62", StringComparison.Ordinal);

    private static string? CommandFor(Problem problem) => problem.Code switch
    {
        "LCT2012" => "all keys: linodetool plan schema",
        "LCT4001" or "LCT4003" or "LCT4004" => "or any id from: linodetool regions | types | images | kernels [QUERY]",
        "LCT3004" when problem.Where?.Split("secret:") is [.., var name] => $"linodetool secret set {name} -",
        "LCT3025" => null, // no token is wanted
        "LCT4019" or "LCT4020" or "LCT4021" or "LCT4022" => "--force says that you mean it",
        "LCT6016" when problem.Where is { } gone => $"linodetool node replace {Shell.Quote(gone)}",
        "LCT4024" when problem.Where is { } name => $"linodetool cluster unprotect {Shell.Quote(name)}",
        "LCT6102" or "LCT6103" or "LCT6104" => null, // of several steps in one run: the run says how to go on
        "LCT4064" => "--force says that you mean it",
        "LCT4066" => "--as-is says that you mean it",
        "LCT4068" when problem.Where is { } image => $"linodetool image delete {Shell.Quote(image)}",
        "LCT7011" when problem.Where?.Split("cluster ") is [_, var held] =>
            $"linodetool cluster events {Shell.Quote(held)} --follow, or: linodetool cluster cancel {Shell.Quote(held)}",
        "LCT7102" or "LCT7107" or "LCT7108" => "then: linodetool cluster orphans, and: linodetool cluster import NAME --tag TAG --plan FILE",
        "LCT6212" or "LCT6213" => "linodetool node trust NODE 'ssh-ed25519 AAAA…'",
        _ => problem.Family switch
        {
            3 => "linodetool secret set personal-token -",
            6 when problem.Retryable && !IsOfNode(problem) => "run the same command again: it goes on where it stopped",
            9 => "report it with the log: linodetool --debug …",
            _ => null,
        },
    };
}
