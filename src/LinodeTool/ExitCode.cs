using LinodeClusterToolkit.Diagnostics;

namespace LinodeTool;

/// <summary>What the process returns; the numbers are a promise to scripts.</summary>
internal enum ExitCode
{
    Done = 0,
    Bug = 1,
    Usage = 2,
    PlanInvalid = 3,
    NoAccess = 4,
    Name = 5,
    Network = 6,
    RunFailed = 7,
    TimedOut = 8,
    NotAgreed = 9,
    ChangesPending = 10,
    Machine = 12,
    Interrupted = 130,
    Terminated = 143,
}

internal static class ExitCodes
{
    /// <summary>The family of a problem's code gives the exit code.</summary>
    public static ExitCode For(Problem problem) => problem.Family switch
    {
        1 => ExitCode.Usage,
        2 => ExitCode.PlanInvalid,
        3 => ExitCode.NoAccess,
        4 => ExitCode.Name,
        5 => ExitCode.Network,
        6 => ExitCode.RunFailed,
        7 => ExitCode.Machine,
        8 => problem.Code.StartsWith("LCT81", StringComparison.Ordinal) ? ExitCode.NotAgreed : ExitCode.TimedOut,
        _ => ExitCode.Bug,
    };
}
