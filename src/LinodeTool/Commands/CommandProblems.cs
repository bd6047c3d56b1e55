using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

/// <summary>What can go wrong in the verbs themselves.</summary>
internal static class CommandProblems
{
    public static Problem Unreadable(string file, string why, IReadOnlyList<string> near) => new(
        "LCT7540", $"{file} cannot be read", Why: why, Fix: [.. near.Select(name => $"did you mean {Shell.Quote(name)}?")]);

    public static Problem Unwritable(string file, string why) => new(
        "LCT7541", $"{file} cannot be written", Why: why, Fix: ["name a file in a folder you may write to"]);

    public static Problem OtherPlan(string cluster, string plan) => new(
        "LCT4510", $"cluster {cluster} exists and was made from another plan; nothing was changed",
        Fix: [$"bring it to this plan: linodetool cluster apply {Shell.Quote(cluster)} {Shell.Quote(plan)}",
            $"or give the new one another name: linodetool cluster create {Shell.Quote(cluster + "-2")} {Shell.Quote(plan)}"]);

    public static Problem NotInTime(string what, TimeSpan limit) => new(
        "LCT8001", $"{what} did not happen within {Output.Say.Span(limit)}; the work goes on",
            Fix: ["wait longer: --timeout 30m"]) { Retryable = true };

    public static Problem NoSecret(string name, IEnumerable<string> known) => new(
        "LCT4530", $"no secret \"{name}\"",
        Fix: [.. Hints.Nearest(name, known, 1).Select(near => $"did you mean \"{near}\"?"), $"linodetool secret set {name} -"]);

    public static Problem PrivateKey(Problem refused, string publicKey) => refused with
    {
        Fix = [$"linodetool secret set default-root-ssh-public-key {publicKey}"],
    };

    public static Problem SeveralSources() => new("LCT1527", "say once where the value comes from: VALUE, -, --from-file or --from-env");

    public static Problem NoRun(string what) => new("LCT4540", $"no {what}", Fix: ["linodetool task list", "linodetool cluster list"]);

    public static Problem NoTopic(string word, IReadOnlyList<string> known) => new(
        "LCT1528", $"there is no help on \"{word}\"", Fix: [.. Hints.Nearest(word, known).Select(name => $"linodetool help {name}"),
            "linodetool help"]);
}
