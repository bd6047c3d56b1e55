using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;
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

    public static Problem SetNotApplied(string name) => new(
        "LCT1560", "a plan of plans cannot be applied as a whole", Where: name, Fix: ["apply the plan of each of its clusters"]);

    public static Problem NothingToScale() => new(
        "LCT1561", "nothing is said that is to be more or fewer",
        Fix: ["linodetool cluster scale NAME GROUP=COUNT", "or --remove NODE, or --insert NODE"]);

    public static Problem NotInTime(string what, TimeSpan limit) => new(
        "LCT8001", $"{what} did not happen within {Output.Say.Span(limit)}; the work goes on",
            Fix: ["wait longer: --timeout 30m"]) { Retryable = true };

    public static Problem NoSecret(string name, IEnumerable<string> known) => new(
        "LCT4530", $"no secret \"{name}\"",
        Fix: [.. Hints.Nearest(name, known, 1).Select(near => $"did you mean \"{near}\"?"), $"linodetool secret set {name} -"]);

    public static Problem SecretThere(string name) => new(
        "LCT4531", $"there is a secret \"{name}\" already; it was kept", Where: name, Fix: ["--replace puts a new one in its place", "or choose another name"]);

    public static Problem SameStore(string scheme) => new(
        "LCT1534", $"secrets are in {scheme} already", Fix: ["name the store they are in, or the one they are to be in: --from, --to"]);

    public static Problem SameInventory(string name) => new(
        "LCT1547", $"records cannot be brought from {name} to {name}", Fix: ["name two: sqlite, json, or the address of a PostgreSQL database"]);

    public static Problem InventoryUnsound(int count) => new(
        "LCT7547", $"the records have {Output.Say.Count(count, "thing")} in them that should not be", Where: "inventory",
        Fix: ["linodetool cluster orphans      (what the account has, and the records have not)",
            "report this with a backup: linodetool inventory backup FILE"]);

    public static Problem SecretsDiffer(string to, IReadOnlyList<string> names) => new(
        "LCT4532", $"{Output.Say.Count(names.Count, "secret")} of {to} has another value there and was kept", Where: string.Join(", ", names.Take(5)),
        Fix: ["--replace writes these over it", "or delete the one that is wrong: linodetool secret delete NAME"]);

    public static Problem NotMadeHere(string name) => new(
        "LCT1533", $"{name} cannot be made here", Where: name, Why: "its value comes from the platform, or from a key of yours",
        Fix: [$"linodetool secret set {name} -", "linodetool secret generate NAME --kind ssh-key      (prints the public half)"]);

    public static Problem SecretsOutside(IReadOnlyList<SecretTrace> traces, IReadOnlyList<string> unread) => new(
        "LCT7546", traces.Count > 0
            ? $"{Output.Say.Count(traces.Select(trace => trace.Secret).Distinct().Count(), "secret")} found outside the store"
            : $"{Output.Say.Count(unread.Count, "file")} could not be read",
        Where: traces.Count > 0 ? traces[0].Place : unread[0], Why: unread.Count > 0 ? $"not read: {string.Join(", ", unread.Take(3))}" : null,
        Fix: traces.Count > 0
            ? ["remove what stands there", "and make the secret anew where it may have been seen: linodetool secret set NAME -"]
            : ["run it as the owner of these files"]);

    public static Problem PrivateKey(Problem refused, string publicKey) => refused with
    {
        Fix = [$"linodetool secret set default-root-ssh-public-key {publicKey}"],
    };

    public static Problem NoTerminal(string instead) => new(
        "LCT1529", "there is no terminal to open a shell at", Why: "standard input or output is not one", Fix: [$"give a command: {instead}"]);

    public static Problem OneSideOnNodes(string from, string to) => new(
        "LCT1530", $"one of {from} and {to} must be on a node, the other on this machine",
        Why: "what has a colon before its first slash is on a node: NODE:path, GROUP:path or '*:path'",
        Fix: ["linodetool cluster cp CLUSTER notes.txt NODE:/tmp/", "a file of this machine with a colon in its name: ./NAME"]);

    public static Problem ManyToHere(string place, int count) => new(
        "LCT1531", $"{place} is on {count} nodes; a copy to this machine is made from one", Fix: ["copy from each in turn: NODE:path"]);

    public static Problem NoSuchNodes(string cluster, string wanted, IReadOnlyList<string> groups) => new(
        "LCT4541", $"no node of cluster {cluster} {(wanted.Length > 0 ? $"fits {wanted}" : "is there")}",
        Fix: [.. groups.Count > 0 ? (IEnumerable<string>)[$"groups: {string.Join(", ", groups)}"] : [],
            $"linodetool node list --cluster {Shell.Quote(cluster)}"]);

    public static Problem NoneUp(string cluster) => new(
        "LCT4542", $"no node of cluster {cluster} that is meant is up", Fix: ["name one to try it all the same", "linodetool node why NODE"]);

    public static Problem Ended(string node, int code) => new("LCT6510", $"exit code {code}", Where: node);

    public static Problem FailedOnSome(string what, int failed, int all) => new(
        "LCT6511", $"{what} failed on {failed} of {Output.Say.Count(all, "node")}", Fix: ["remove the cause, then do it again for those"]);

    public static Problem SeveralSources() => new("LCT1527", "say once where the value comes from: VALUE, -, --from-file or --from-env");

    public static Problem SeveralRuns(IEnumerable<string> runs) => new(
        "LCT1532", $"these are steps of several runs: {string.Join(", ", runs)}", Fix: ["give those of one run at a time"]);

    public static Problem NotLastRun(string run, string cluster, string? last) => new(
        "LCT4543", $"run {run} is not the last one of cluster {cluster}", Where: run, Why: "what a later run did is not undone by an earlier one",
        Fix: [.. last is null ? (IEnumerable<string>)[] : [$"linodetool task list --run {last}"], $"linodetool cluster show {Shell.Quote(cluster)}"]);

    public static Problem NotFailed(string id, string step, string state, string? problem) => new(
        "LCT4544", $"step {id} ({step}) did not fail: it is {state}", Where: id, Why: problem,
        Fix: [state == "skipped" ? "retry the step that failed; what was skipped for it follows" : "linodetool task list --state failed"]);

    public static Problem NotBegun(string set, IEnumerable<string> clusters, string create) => new(
        "LCT4545", $"of {set} was not begun yet: {string.Join(", ", clusters)}", Where: set, Why: "no run is there to go on with",
        Fix: [$"{create}      (with the same --set values)"]);

    public static Problem NoRun(string what) => new("LCT4540", $"no {what}", Fix: ["linodetool task list", "linodetool cluster list"]);

    public static Problem NoWorker(string name, IEnumerable<string> known) => new(
        "LCT4546", $"no worker \"{name}\" is up", Where: name,
        Fix: [.. Hints.Nearest(name, known, 1).Select(near => $"did you mean \"{near}\"?"), "linodetool worker list"]);

    public static Problem NobodyWorks() => new(
        "LCT6513", "no worker is up: the run waits until one is", Why: "it is safe in the records meanwhile",
        Fix: ["linodetool worker start      (here, or on any machine with the same records and queue)"]) { Severity = Severity.Warning };

    public static Problem NotByItself(string cluster, string run, string verb, string state, string wanted, string next) => new(
        "LCT6512", $"{cluster} does not get to {wanted} by itself: {verb} (run {run}) {state}", Where: $"cluster {cluster}", Fix: [next]);

    public static Problem OfSeveralClusters(IReadOnlyList<string> clusters) => new(
        "LCT1548", "these nodes are of several clusters", Why: $"a run is on one cluster: {string.Join(", ", clusters)}",
        Fix: ["name those of one cluster at a time"]);

    public static Problem NothingToRoll(string line) => new(
        "LCT1549", "nothing is said that the nodes are to have done", Fix: [$"{line} --reboot", $"{line} --rebuild", $"{line} -- CMD"]);

    public static Problem OnlyWith(string option, string other) => new(
        "LCT1551", $"{option} means something only with {other}", Fix: [$"say {other} as well, or leave {option} out"]);

    public static Problem NoTopic(string word, IReadOnlyList<string> known) => new(
        "LCT1528", $"there is no help on \"{word}\"", Fix: [.. Hints.Nearest(word, known).Select(name => $"linodetool help {name}"),
            "linodetool help"]);
}
