using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;

namespace LinodeClusterToolkit.Configuration.Ansible;

/// <summary>What can go wrong with playbooks; family 2 is the plan, 6 the run, 7 this machine.</summary>
internal static class AnsibleProblems
{
    public static Problem NoAnsible() => new(
        "LCT7310", $"{AnsibleProgram.Name} is not on this machine", Where: AnsibleProgram.Name, Why: "the plan has playbooks run from here",
        Fix: ["install it (Debian: apt-get install ansible)", "or run the playbook on the nodes themselves: localansible: in place of ansible:"]);

    public static Problem PlaybookGone(ResolvedAction action) => new(
        "LCT2190", $"the playbook {action.File} is not there any more", Where: action.Name,
        Fix: ["put it back where it was when the plan was read", "or read the plan anew"]);

    public static Problem BadPlaybook(ResolvedAction action, string said) => new(
        "LCT2191", $"Ansible does not take the playbook {action.File}", Where: action.Name, Why: Complaint(said),
        Fix: [$"mend it; this shows the same: {AnsibleProgram.Name} --syntax-check {action.File}"]);

    public static Problem FolderTooBig(ResolvedAction action, long most) => new(
        "LCT2192", $"the folder of the playbook {action.File} holds more than {most / 1024 / 1024} MiB", Where: action.Name,
        Why: "all of it is copied to every node", Fix: ["give the playbook a folder of its own", "have large files fetched by a task"]);

    public static Problem CannotRun(ResolvedAction action, PlaybookResult result) => new(
        "LCT6260", $"{action.Name} did not run: Ansible ended with exit code {result.ExitCode}", Where: action.Name,
        Why: Complaint(result.Error) ?? Complaint(result.Output), Fix: ["mend what it names, and run the same command again"]);

    public static Problem SomeFailed(ResolvedAction action, int failed, int all) => new(
        "LCT6261", $"{action.Name} failed on {failed} of {all} nodes");

    public static Problem TaskFailed(ResolvedAction action, string node, TaskResult failed)
    {
        var task = $"task '{Short(failed.Task, 100)}' of {action.Name}";
        var why = string.Join(" | ", RemoteText.LastLines(failed.Message, 3).Concat(RemoteText.LastLines(failed.Detail)));
        return failed switch
        {
            { State: "unreachable" } => new("LCT6262", $"Ansible did not reach {node} for {task}", Where: node, Why: why,
                Fix: ["look whether the node is up, and try again"])
            {
                Retryable = true,
            },
            _ when LacksPython(failed) => new("LCT6263", $"no python3 on {node}, which {task} needs", Where: node, Why: why,
                Fix: ["install it before: a shell: action at an earlier transition that runs apt-get install -y python3-minimal",
                    "or take an image that has it"]),
            _ => new("LCT6264", $"{task} failed on {node}", Where: node, Why: why.Length > 0 ? why : "it printed nothing",
                Fix: ["mend the task or what it names, and run the same command again: it runs on those nodes alone that are not done"]),
        };
    }

    public static Problem TooLong(ResolvedAction action, string node, TimeSpan within, string? task) => new(
        "LCT6265", $"{action.Name} on {node} was ended after {within.TotalSeconds:0} s", Where: node,
        Why: task is null ? "no task had begun" : $"it was at task '{Short(task, 100)}'",
        Fix: ["give it more time (timeout:), and run the same command again"])
    {
        Retryable = true,
    };

    public static Problem CutShort(ResolvedAction action, string node, TaskResult? cause, string said) => new(
        "LCT6266", $"{action.Name} ended before it was done with {node}", Where: node,
        Why: cause is null ? Complaint(said) : $"task '{Short(cause.Task, 100)}' failed on {cause.Host}",
        Fix: ["mend that, and run the same command again"])
    {
        Retryable = true,
    };

    // A shell says 127 of a program that is not there, and names it.
    private static bool LacksPython(TaskResult failed) =>
        (failed.Code == 127 || failed.Message.Contains("interpreter", StringComparison.Ordinal))
        && (failed.Detail + failed.Message).Contains("python", StringComparison.OrdinalIgnoreCase)
        && (failed.Detail + failed.Message).Contains("not found", StringComparison.OrdinalIgnoreCase);

    private static string Short(string text, int most) => RemoteText.Cut(RemoteText.Printable(text).ReplaceLineEndings(" "), most);

    // What is wrong stands first, and then where, at length; warnings stand before it.
    private static string? Complaint(string said)
    {
        var lines = said.Split('\n').SkipWhile(line => !line.StartsWith("ERROR! ", StringComparison.Ordinal))
            .Select(line => line.Trim()).Where(line => line.Length > 0).Take(4).ToList();
        lines = lines.Count > 0 ? lines : [.. RemoteText.LastLines(said)];
        return lines.Count == 0 ? null : string.Join(" | ", lines.Select(line => Short(line, 300))).Replace("ERROR! ", "", StringComparison.Ordinal);
    }
}
