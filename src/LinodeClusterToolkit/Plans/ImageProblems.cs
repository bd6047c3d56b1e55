using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Plans;

/// <summary>What can be wrong with the account's own images as nodes are to be made from them.</summary>
internal static class ImageProblems
{
    public const string OpenCode = "LCT2151";
    public const string NotThereCode = "LCT2152";

    /// <summary>Nodes of it would stand open: nothing that is sent along closes them.</summary>
    /// <param name="image">Id of the image.</param>
    /// <param name="region">The region, where that is what speaks against it.</param>
    public static Problem Open(string image, string? region) => new(OpenCode,
        region is null ? $"{image} takes no user data" : $"a node of {image} in {region} is given no user data",
        Why: "that is what gives a node its own keys and closes it at its first boot; a StackScript, which does it elsewhere, runs on public images only",
        Fix: region is null
            ? ["make the image again, of a node whose own image has cloud-init", "or use a public image"]
            : ["choose a region with Metadata, and version 4 of the API", "or use a public image"]);

    public static Problem NotThere(string image, string status) => new(NotThereCode,
        $"{image} is {status.Replace('_', ' ')}", Why: "nodes can be made from an image that is available", Fix: ["wait until it is"]);
}
