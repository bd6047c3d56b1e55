using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Problems with clusters and nodes as a whole; family 4 names, 3 tokens, 7 this machine.</summary>
internal static class ClusterProblems
{
    public static Problem NoSuch(string what, string name, IReadOnlyList<string> nearest) => new(
        "LCT4011", $"there is no {what} \"{name}\"",
        Fix: nearest.Count == 0 ? ["list what there is"] : [$"did you mean {string.Join(" or ", nearest.Select(near => $"\"{near}\""))}?"]);

    public static Problem Several(string what, string name, IReadOnlyList<string> fits) => new(
        "LCT4012", $"{what} \"{name}\" fits {fits.Count}", Fix: [$"say which: {string.Join(", ", fits.Take(5).Select(fit => $"\"{fit}\""))}"]);

    public static Problem Taken(string cluster) => new(
        "LCT4013", $"there is a cluster \"{cluster}\" already, made from another plan", Where: cluster,
        Fix: ["take another name", "or bring the existing cluster to this plan (apply)", "or delete it first"]);

    public static Problem BeingDeleted(string cluster) => new(
        "LCT4014", $"cluster \"{cluster}\" is being deleted", Where: cluster, Fix: ["delete it again to finish that, then create it"]);

    public static Problem ScopeMissing(IReadOnlyList<string> missing, IReadOnlyList<string> granted) => new(
        "LCT3003", $"the token may not do all this plan needs: {string.Join(", ", missing)} missing",
        Why: $"it is granted {(granted.Count == 0 ? "nothing" : string.Join(", ", granted))}",
        Fix: ["create a token with these scopes in Cloud Manager: API Tokens"]);

    public static Problem Protected(string cluster) => new(
        "LCT4024", $"cluster \"{cluster}\" is protected from deletion", Where: cluster, Why: "by its plan, or by somebody's request since",
        Fix: ["take the protection away first"]);

    public static Problem TooLate(string run, string step) => new(
        "LCT4026", $"'{step}' of run {run} is under way or done", Where: step, Fix: ["have the whole run stop, where it is at work"]);

    public static Problem RunOfOld(string cluster, string run) => new(
        "LCT4025", $"run {run} was begun by an older version, which did not write down what it was to do", Where: cluster,
        Fix: ["give the command that began it again"]);

    public static Problem OldCatalogue(DateTimeOffset asOf, Problem why) => new(
        "LCT5021", $"regions, types, images and prices are those of {asOf:yyyy-MM-dd}; the API could not be asked for today's",
        Why: why.What, Fix: why.Fix)
    {
        Severity = Severity.Warning,
    };

    public static Problem LabelInUse(string label, string cluster) => new(
        "LCT4016", $"cluster \"{cluster}\" has a node \"{label}\" already", Where: label,
        Fix: ["take another label", "or none: it is made from cluster, region and a running number"]);

    public static Problem BadNodeLabel(string label, string why) => new(
        "LCT4017", $"\"{label}\" cannot be the label of a node", Where: label, Why: why, Fix: ["take another label"]);

    public static Problem NotReachable(string node, NodeState state) => new(
        "LCT4018", $"{node} cannot be logged in to", Where: node, Why: $"it is {state.ToString().ToLowerInvariant()}, and has no address or no known host key",
        Fix: ["run the command that creates its cluster again: it finishes what is missing"]);

    public static Problem NeedsGroup(string group, string needed) => new(
        "LCT4019", $"group {group} depends on group {needed}, which is off", Where: group, Why: "by depends-on of its plan",
        Fix: [$"start {needed} too", "or start the whole cluster"]);

    public static Problem NeededByGroup(string group, string needed) => new(
        "LCT4020", $"group {needed} is needed by group {group}, which runs", Where: needed, Why: $"{group} depends on it by its plan",
        Fix: [$"stop {group} too", "or stop the whole cluster, which keeps to the order"]);

    public static Problem NeedsCluster(string cluster, string needed) => new(
        "LCT4021", $"cluster {cluster} starts after {needed}, which is not at work", Where: cluster, Why: "by the set of clusters both belong to",
        Fix: [$"start {needed} first", "or start the whole set, which keeps to the order"]);

    public static Problem NeededByCluster(string cluster, string needing) => new(
        "LCT4022", $"cluster {cluster} is needed by {needing}, which is at work", Where: cluster, Why: "by the set of clusters both belong to",
        Fix: [$"stop {needing} first", "or stop the whole set, which keeps to the order"]);

    public static Problem IsSet(string name) => new(
        "LCT4023", $"\"{name}\" is a set of clusters, not one", Where: name, Fix: ["name one of its clusters"]);

    public static Problem NothingTagged(string tag) => new(
        "LCT4027", $"no node of the account carries the tag \"{tag}\"", Where: tag, Fix: ["see which tags there are in Cloud Manager"]);

    public static Problem LoginOver(Uri login) => new(
        "LCT3014", "the OAuth token has run out, and what it is renewed with is no longer good", Where: login.ToString(),
        Why: "a refresh token is good once; another program may have used it, or access was revoked",
        Fix: ["log in again, and store oauth-token and oauth-refresh-token anew"]);

    public static Problem NameInUse(string cluster) => new(
        "LCT4028", $"there is a cluster \"{cluster}\" already", Where: cluster, Fix: ["take another name"]);

    public static Problem KnownAlready(string tag, string cluster) => new(
        "LCT4029", $"what carries the tag \"{tag}\" is cluster \"{cluster}\" here", Where: tag, Fix: ["use that name"]);

    public static Problem NobodyMeant(string cluster) => new(
        "LCT4030", $"no node of cluster \"{cluster}\" fits all that is said", Where: cluster, Fix: ["name other nodes, or another group"]);

    public static Problem BadClusterName(string name) => new(
        "LCT4015", $"\"{name}\" cannot be the name of a cluster",
        Why: "a name has 1 to 40 characters: letters, digits, '-', '_' and '.', with a letter or digit at both ends",
        Fix: ["take another name"]);
}
