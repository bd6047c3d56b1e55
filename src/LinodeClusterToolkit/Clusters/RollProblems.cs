using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Why nodes cannot have their turns.</summary>
internal static class RollProblems
{
    public static Problem NotUp(NodeRecord node) => new(
        "LCT4551", $"{node.Label} is not up", Where: node.Label, Why: $"its state is {node.State.ToString().ToLowerInvariant()}",
        Fix: ["start it first", "or name the nodes that are meant, without it"]);

    public static Problem TooSmall(NodeRecord node, string type, int needsMb, int hasMb) => new(
        "LCT4552", $"{node.Label} does not fit into {type}", Where: node.Label,
        Why: $"its disks take {needsMb} MB, and there is room for {hasMb} MB", Fix: ["take a larger type", "or rebuild it with smaller disks"]);

    public static Problem SameType(IReadOnlyList<string> nodes, string type) => new(
        "LCT4553", $"{string.Join(", ", nodes)}: {type} already", Where: nodes[0], Fix: ["take another type", "or reboot, where that is meant"]);

    public static Problem NobodyThere(string cluster) => new(
        "LCT4554", $"no node of cluster \"{cluster}\" is meant", Where: cluster, Why: "no node that stands fits what was said", Fix: ["list what there is"]);
}
