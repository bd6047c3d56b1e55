using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Configuration;

/// <summary>What can go wrong inside nodes, besides what the way there brings.</summary>
internal static class ConfigurationProblems
{
    public static Problem NoVolume(string node, string volume) => new(
        "LCT6250", $"volume {volume} of {node} is not in the records", Where: node, Why: "it was not created, or it was deleted since",
        Fix: ["run the same command again: it makes what is missing"])
    {
        Retryable = true,
    };

    public static Problem NoHostKey(string node) => new(
        "LCT6256", $"{node} did not tell the host key it made", Where: node, Why: "what it printed did not arrive whole",
        Fix: ["retry: the node tells it again"])
    {
        Retryable = true,
    };

    public static Problem ShutOut(string node, IReadOnlyList<string> from) => new(
        "LCT6257", $"{node} does not answer from here by the rules the plan has for SSH: from {string.Join(", ", from)}", Where: node,
        Why: "this machine is in none of these networks, as the node sees it",
        Fix: ["the node goes back to the rules before within a minute, and the cluster's firewall was not touched", "put this machine's own network into the plan's ssh: from"]);

    public static Problem NodeOff(string node) => new(
        "LCT6252", $"{node} is off: it keeps its old key, which stays in force", Where: node, Fix: ["start it, and change its key again"]);

    public static Problem NoKey(string name) => new(
        "LCT6253", $"the secret store has no admin key of {name}, so that a new one cannot be brought to its nodes", Where: name,
        Why: "it was made with another store, or nodes were taken up that were made elsewhere", Fix: ["name the store that has it"]);

    public static Problem KeyChanged(string name) => new(
        "LCT6254", $"somebody else changed the admin key of {name} meanwhile; nothing is lost", Where: name,
        Fix: ["look who else works with this secret store, and change it again"]);

    public static Problem OldKeyOpens(string node, string fingerprint) => new(
        "LCT6255", $"{node} still takes its old key {fingerprint}, though that was taken out of its file", Where: node,
        Why: "another file of keys may hold it, or a command that sshd asks for keys",
        Fix: ["see AuthorizedKeysFile and AuthorizedKeysCommand in the words of sshd -T, remove the key there, and change it again"]);

    // A first boot comes once: the same command finds the same end, until the node is another.
    public static Problem FirstBootFailed(string node, Problem ended) => ended with
    {
        Code = "LCT6251",
        Fix =
        [
            $"a first boot does not come twice: delete {node}, and create the cluster again, which makes a new one",
            "where its script is wrong, the plan changes with it: bring the cluster to that plan (apply), or delete the cluster first",
        ],
    };
}
