namespace LinodeClusterToolkit.Changes;

/// <summary>Points where parts of the graph meet: steps without work, declared by <see cref="Barriers"/>.</summary>
/// <remarks>A label holds no blank, so that no node can be named such that two of these are one.</remarks>
internal static class Milestone
{
    /// <summary>The cluster's Cloud Firewall can be named in a create call.</summary>
    public const string Firewall = "firewall in place";

    /// <summary>The script for first boots without cloud-init can be named in a create call.</summary>
    public const string BootScript = "boot script in place";

    /// <summary>Every node that could be created has its addresses.</summary>
    public const string Addresses = "all addresses known";

    /// <summary>Every region is complete.</summary>
    public const string Plan = "whole plan ready";

    /// <summary>No node of the change set is left.</summary>
    public const string NodesGone = "all nodes gone";

    /// <summary>The node exists and has its addresses.</summary>
    public static string Exists(string node) => $"{node} exists";

    /// <summary>The node may be started and take volumes: its disks and the configuration it boots from are there.</summary>
    public static string LaidOut(string node) => $"{node} laid out";

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

    /// <summary>Enough nodes of the group are complete.</summary>
    public static string Group(string region, string group) => $"group {region}/{group} ready";

    /// <summary>Groups and balancers of the region are complete.</summary>
    public static string Region(string region) => $"region {region} ready";
}
