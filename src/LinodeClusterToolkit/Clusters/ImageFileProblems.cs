using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Problems with files that images are to be made of, and with sending them.</summary>
internal static class ImageFileProblems
{
    public static Problem Unreadable(string file, string why) => new(
        "LCT7261", "the image file cannot be read", Where: file, Why: why, Fix: ["name a file that you may read"]);

    public static Problem NotPacked(string file, string why) => new(
        "LCT7262", "the image could not be packed for sending", Where: file, Why: why,
        Fix: ["make room on this machine's disk", "or pack it yourself with gzip"]);

    public static Problem NotRaw(string file, string kind) => new(
        "LCT1071", $"the file is {kind}, not a raw disk image", Where: file, Why: "the platform takes raw images only, packed by gzip",
        Fix: [$"make one of it: qemu-img convert -O raw {Path.GetFileName(file)} system.img"]);

    public static Problem NotWhole(string file) => new(
        "LCT1072", "the file ends before what was packed in it does, or is damaged", Where: file, Fix: ["fetch or pack it again"]);

    public static Problem TooBig(string file, string what, long bytes, long most) => new(
        "LCT1073", $"the image has {Gigabytes(bytes)} {what}, more than the {Gigabytes(most)} that the platform takes", Where: file,
        Fix: ["shrink the filesystem in it, and the image to its size"]);

    public static Problem NotTaken(string file, int status, string said) => new(
        "LCT5063", "the platform did not take the image file", Where: file, Why: said.Length > 0 ? $"{status}: {said}" : $"it answered {status}",
        Fix: ["look whether the file is a raw disk image, packed by gzip", "then send it again"]);

    public static Problem NotSent(string file, string why) => new(
        "LCT5064", "the image file could not be sent", Where: file, Why: why, Fix: ["look at the network, then send it again"]) { Retryable = true };

    private static string Gigabytes(long bytes) => $"{bytes / 1e9:0.0} GB";
}
