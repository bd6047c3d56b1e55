namespace LinodeClusterToolkit.Provisioning;

/// <summary>Points where parts of the graph meet: steps without work, declared by <see cref="Barriers"/>.</summary>
internal static class Milestone
{
    /// <summary>The cluster's Cloud Firewall can be named in a create call.</summary>
    public const string Firewall = "firewall in place";

    /// <summary>Every region is complete.</summary>
    public const string Plan = "plan ready";

    /// <summary>No node of the change set is left.</summary>
    public const string NodesGone = "nodes gone";

    /// <summary>The node exists and has its addresses.</summary>
    public static string Exists(string node) => $"{node} exists";

    /// <summary>The node may be started: disks and volumes are where they belong.</summary>
    public static string LaidOut(string node) => $"{node} laid out";

    /// <summary>The node is complete.</summary>
    public static string Ready(string node) => $"{node} ready";

    /// <summary>Enough nodes of the group are complete.</summary>
    public static string Group(string region, string group) => $"group {region}/{group} ready";

    /// <summary>Groups and balancers of the region are complete.</summary>
    public static string Region(string region) => $"region {region} ready";
}
