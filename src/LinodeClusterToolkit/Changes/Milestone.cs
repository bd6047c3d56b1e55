using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Changes;

/// <summary>Points where parts of the graph meet: steps without work, declared by <see cref="Barriers"/>.</summary>
/// <remarks>A label holds no blank, so that no node can be named such that two of these are one.</remarks>
internal static class Milestone
{
    /// <summary>The cluster's Cloud Firewall can be named in a create call.</summary>
    public const string Firewall = "firewall in place";

    /// <summary>Every node that could be created has its addresses.</summary>
    public const string Addresses = "all addresses known";

    /// <summary>Every region is complete.</summary>
    public const string Plan = "whole plan ready";

    /// <summary>Nothing of the plan is left to be done.</summary>
    public const string Finished = "whole plan past planready";

    /// <summary>All else has ended, well or not.</summary>
    public const string Ended = "all else ended";

    /// <summary>No group that is going down is at work any more.</summary>
    public const string AllDrained = "all groups drained";

    /// <summary>No node of the change set is left.</summary>
    public const string NodesGone = "all nodes gone";

    /// <summary>The script for first boots of this key can be named in a create call.</summary>
    public static string Stored(BootScript script) => $"{script.Key} in place";

    /// <summary>The node exists and has its addresses.</summary>
    public static string Exists(string node) => $"{node} exists";

    /// <summary>The node may be started and take volumes: its disks and the configuration it boots from are there.</summary>
    public static string LaidOut(string node) => $"{node} laid out";

    /// <summary>The platform knows whether to boot the node again when it powers off by itself.</summary>
    public static string Watched(string node) => $"{node} watched";

    /// <summary>The node runs, if its plan says so.</summary>
    public static string Booted(string node) => $"{node} booted";

    /// <summary>The node's volumes are attached.</summary>
    public static string Equipped(string node) => $"{node} equipped";

    /// <summary>The node answers by SSH, and is known to be the right one.</summary>
    public static string Reachable(string node) => $"{node} reachable";

    /// <summary>The node is closed but for what it is meant to answer.</summary>
    public static string Secured(string node) => $"{node} secured";

    /// <summary>All that its plan says of the inside of the node is done.</summary>
    public static string Configured(string node) => $"{node} configured";

    /// <summary>The node is complete.</summary>
    public static string Ready(string node) => $"{node} ready";

    /// <summary>The node knows the names of all others, and may talk to those it is meant to talk to.</summary>
    public static string Joined(string node) => $"{node} joined";

    /// <summary>The node's actions of a transition are done.</summary>
    public static string Past(Transition at, string node) => $"{node} past {Word(at)}";

    /// <summary>The node can take its part in its cluster.</summary>
    public static string Assembled(string node) => $"{node} assembled";

    /// <summary>The node does its work, as far as its plan has signs for that.</summary>
    public static string Started(string node) => $"{node} started";

    /// <summary>The node is off.</summary>
    public static string Off(string node) => $"{node} off";

    /// <summary>The turn of the node may begin: those before it have ended well.</summary>
    public static string TurnBegins(string node) => $"turn of {node}";

    /// <summary>Host keys that the node had are forgotten, and connections to it ended.</summary>
    public static string Forgotten(string node) => $"{node} forgotten";

    /// <summary>Nothing is left of what was on the node; it can be made anew.</summary>
    public static string Cleared(string node) => $"{node} cleared";

    /// <summary>What was to be altered on the node in its turn is.</summary>
    public static string Altered(string node) => $"{node} altered";

    /// <summary>The node is at work again, and its turn over.</summary>
    public static string TurnEnded(string node) => $"turn of {node} ended";

    /// <summary>Nothing is left to be done before the node may go.</summary>
    public static string Released(string node) => $"{node} released";

    /// <summary>A volume that stays is as large as it is to be.</summary>
    public static string Grown(string volume) => $"volume {volume} grown";

    /// <summary>A volume that was loose is attached to its node again.</summary>
    public static string Hung(string volume) => $"volume {volume} in place";

    /// <summary>Nothing on its node uses a volume any more that is to go.</summary>
    public static string Left(string volume) => $"volume {volume} left";

    /// <summary>A volume that is to go is attached to nothing.</summary>
    public static string Taken(string volume) => $"volume {volume} taken off";

    /// <summary>The node has let us in again by the rules it has from now on.</summary>
    public static string Proven(string node) => $"{node} proven";

    /// <summary>Volumes that were added to a node that stays are attached.</summary>
    public static string Enlarged(string node) => $"{node} enlarged";

    /// <summary>Enough nodes of the group can take their part.</summary>
    public static string Group(string region, string group) => $"group {region}/{group} ready";

    /// <summary>Actions of the group's nodes at this transition may begin.</summary>
    public static string Gate(Transition at, string region, string group) => $"group {region}/{group} at {Word(at)}";

    /// <summary>Enough nodes of the group have their actions of this transition done, and where it is the start, do their work.</summary>
    public static string Past(Transition at, string region, string group) => $"group {region}/{group} past {Word(at)}";

    /// <summary>Nodes of the group that were to go down are off, or need not be waited for.</summary>
    public static string Stopped(string region, string group) => $"group {region}/{group} stopped";

    /// <summary>All groups of the region have started.</summary>
    public static string Cluster(string region) => $"cluster {region} started";

    /// <summary>Groups and balancers of the region are complete.</summary>
    public static string Region(string region) => $"region {region} ready";

    private static string Word(Transition at) => at.ToString().ToLowerInvariant();
}
