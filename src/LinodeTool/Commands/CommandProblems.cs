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

    public static Problem NotText(string file) => new(
        "LCT2591", $"{file} is not UTF-8 text", Fix: ["save it as UTF-8, or check that it is the file you mean"]);

    public static Problem TooLong(string file) => new("LCT2592", $"{file} is longer than a plan may be (1 MiB)",
        Fix: ["check that it is the file you mean"]);

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

    public static Problem BadSecretName(string name) => new(
        "LCT1524", $"\"{name}\" cannot be the name of a secret", Why: "a name starts with a letter or digit and goes on with a-z 0-9 . _ / -",
        Fix: ["linodetool help secret set"]);

    public static Problem PrivateKey(string shown, string? publicKey) => new(
        "LCT1021", $"{shown} is a private key; nothing was stored",
        Fix: [$"linodetool secret set default-root-ssh-public-key {publicKey ?? "FILE.pub"}"]);

    public static Problem NotPublicKey(string shown) => new(
        "LCT1525", $"{shown} is neither an SSH public key nor a file with one; nothing was stored",
        Fix: ["linodetool secret set default-root-ssh-public-key ~/.ssh/id_ed25519.pub", "no key yet? ssh-keygen -t ed25519"]);

    public static Problem EmptySecret(string name) => new("LCT1526", $"the value for {name} is empty; nothing was stored",
        Fix: [$"linodetool secret set {name} -"]);

    public static Problem SeveralSources() => new("LCT1527", "say once where the value comes from: VALUE, -, --from-file or --from-env");

    public static Problem NoRun(string what) => new("LCT4540", $"no {what}", Fix: ["linodetool task list", "linodetool cluster list"]);

    public static Problem NoTopic(string word, IReadOnlyList<string> known) => new(
        "LCT1528", $"there is no help on \"{word}\"", Fix: [.. Hints.Nearest(word, known).Select(name => $"linodetool help {name}"),
            "linodetool help"]);
}
