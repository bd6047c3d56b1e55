using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Clusters.Storage;

/// <summary>Problems with volumes that stand; family 4: nothing was changed.</summary>
internal static class VolumeProblems
{
    public static Problem NeverShrinks(string volume, long has, int wanted) => new(
        "LCT4080", $"volume {volume} has {has} GB and cannot be made {wanted} GB", Where: volume, Why: "volumes grow only",
        Fix: ["make a smaller volume, and copy what is on this one"]);

    public static Problem TooLarge(string volume, int wanted, int most) => new(
        "LCT4081", $"volume {volume} cannot be made {wanted} GB", Where: volume, Why: $"a volume has {most} GB at most",
        Fix: ["spread the data over several volumes"]);

    public static Problem Held(string volume, string node) => new(
        "LCT4082", $"volume {volume} is attached to {node}", Where: volume, Why: "a volume is attached to one node at a time",
        Fix: ["detach it there first"]);

    public static Problem FarAway(string volume, string node, string why) => new(
        "LCT4083", $"volume {volume} cannot be attached to {node}", Where: volume, Why: why,
        Fix: ["attach it to a node of its own cluster and region"]);

    public static Problem InPlan(string volume, string node, string mount) => new(
        "LCT4084", $"volume {volume} is what the plan mounts at {mount} of {node}", Where: volume,
        Why: "what works there would lose its data from under it", Fix: ["stop what uses it", "then detach it by force"]);

    public static Problem Missing(string volume) => new(
        "LCT4085", $"volume {volume} is in the records and not in the cloud", Where: volume,
        Fix: ["compare the cluster with the cloud (diff)"]);

    public static Problem LabelInUse(string label) => new(
        "LCT4086", $"there is a volume {label} already", Where: label, Fix: ["take another label"]);

    public static Problem BadLabel(string label) => new(
        "LCT4087", $"\"{label}\" cannot be the label of a volume",
        Why: "a label has 1 to 32 characters: a letter first, then letters, digits, '-' and '_', none of them doubled", Fix: ["take another label"]);
}
