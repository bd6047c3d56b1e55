using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Problems with the account's own images: how they are made, and by whom they may be changed.</summary>
internal static class ImageDeskProblems
{
    public static Problem BadLabel(string label) => new(
        "LCT4061", $"\"{label}\" cannot be the label of an image", Where: label, Why: "a label has 1 to 50 characters, on one line",
        Fix: ["take another label"]);

    public static Problem Taken(string label, string id) => new(
        "LCT4062", $"there is an image \"{label}\" already, made of something else", Where: id,
        Fix: ["take another label", "or delete that image first"]);

    public static Problem NotOurs(string label, string id) => new(
        "LCT4063", $"image \"{label}\" was not made by this toolkit, and is not changed by it", Where: id,
        Fix: ["change or delete it in Cloud Manager"]);

    public static Problem InUse(string label, string id, IReadOnlyList<string> clusters) => new(
        "LCT4064", $"image \"{label}\" is what {(clusters.Count == 1 ? "the plan of cluster" : "plans of clusters")} {string.Join(", ", clusters)} "
            + $"{(clusters.Count == 1 ? "makes" : "make")} nodes from", Where: id,
        Why: "nodes that stand do not need it; making more of them, or one of them anew, would", Fix: ["keep it", "or say that it is to go all the same"]);

    public static Problem NoSuchDisk(string node, string? asked, IReadOnlyList<string> disks) => new(
        "LCT4065", asked is null ? $"{node} has no one disk that it must boot from" : $"{node} has no disk \"{asked}\"", Where: node,
        Fix: disks.Count == 0 ? ["an image is made of a disk with a filesystem"] : [$"say which: {string.Join(", ", disks.Select(disk => $"\"{disk}\""))}"]);

    public static Problem NodeIsOff(string node) => new(
        "LCT4066", $"{node} is off, so nothing can be prepared on it", Where: node,
        Why: "an image is a copy of the whole disk: unless the node is prepared, what is made from it takes itself for this very node",
        Fix: ["start it first; it can be shut down again for the copy", "or have the image be one of this very node"]);

    public static Problem NoImagesThere(string region) => new(
        "LCT4067", $"{region} stores no images", Where: region, Why: "it has no Object Storage, which they are kept in",
        Fix: ["choose a region with Object Storage"]);

    public static Problem Begun(string label, string id) => new(
        "LCT4068", $"a file was to be sent for image \"{label}\", and has not come", Where: id,
        Why: "where it is to be sent is told once, to whoever began",
        Fix: ["wait, if that is still at work", "or delete the image and begin anew"]);

    public static Problem Running(string node) => new(
        "LCT6021", $"{node} runs while its disk is copied: what is being written may be in the image by half", Where: node,
        Fix: ["have it shut down for the copy, where that matters"]) { Severity = Severity.Warning };

    public static Problem AsItIs(string node) => new(
        "LCT6022", $"the image is one of {node} itself, with its keys and its name", Where: node,
        Why: "nothing is prepared on it first", Fix: ["make nodes of it by hand only: those of a plan would not be set up"]) { Severity = Severity.Warning };

    public static Problem TakesNoUserData(string node) => new(
        "LCT6023", $"the image of {node} will take no user data, so no plan can make nodes from it", Where: node,
        Why: "what the node was made from has no cloud-init", Fix: ["say so if it has been put there since"]) { Severity = Severity.Warning };

    public static Problem NotTidied(string node, string why) => new(
        "LCT6024", $"what {node} was prepared with could not be taken away again", Where: node, Why: why,
        Fix: ["leave it: it does nothing there, and goes with the next image of the node"]) { Severity = Severity.Warning };

    public static Problem Gone(string label, string id) => new(
        "LCT6025", $"image \"{label}\" is gone before it was there", Where: id,
        Why: "making it failed in the cloud, or somebody deleted it", Fix: ["make it again"]) { Retryable = true };

    public static Problem TooSlow(string label, string id, string stage, TimeSpan limit) => new(
        "LCT6026", $"image \"{label}\" was still {stage} after {limit.TotalMinutes:0} minutes", Where: id,
        Why: "the cloud is still at it", Fix: ["look at the image in a while", "or give the same command again: it goes on waiting"]) { Retryable = true };
}
