using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Configuration.Ansible;

/// <summary>Takes the end of a run apart: what it means for each node.</summary>
internal static class PlaybookEnds
{
    /// <summary>Whether Ansible itself could not work: then the nodes have nothing to do with it.</summary>
    public static bool NeverRan(PlaybookResult result) => result is { ExitCode: not (null or 0), Report: { Recap: null, Results.Count: 0 } };

    /// <summary>What went wrong on a node; null where all is well, also where no play of it is for that node.</summary>
    public static Problem? ProblemOf(ResolvedAction action, string node, TimeSpan within, PlaybookResult result)
    {
        var report = result.Report;
        if (report.FailureOf(node) is { } failed)
        {
            return AnsibleProblems.TaskFailed(action, node, failed);
        }

        if (result.ExitCode is null)
        {
            return AnsibleProblems.TooLong(action, node, within, report.LastTask);
        }

        // Others may have been let go on by all that failed; who was to come after them, or stopped with them, is not done.
        var wentThrough = report.Recap?.ContainsKey(node) == true && !report.EndedEarly;
        return result.ExitCode == 0 || wentThrough
            ? null
            : AnsibleProblems.CutShort(action, node, Cause(report), result.Error);
    }

    private static TaskResult? Cause(AnsibleReport report) => report.Results.LastOrDefault(result => result.State is "failed" or "unreachable");
}
