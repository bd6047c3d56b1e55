using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Plans;

/// <summary>What can be wrong with filesystems and the places they are mounted at.</summary>
internal static class StorageProblems
{
    public const string BadMountCode = "LCT2045";
    public const string MountTwiceCode = "LCT2046";
    public const string NotMountableCode = "LCT2047";
    public const string TooSmallCode = "LCT2048";

    public static Problem BadMount(string path, string why) =>
        new(BadMountCode, $"nothing can be mounted at \"{path}\"", Why: why, Fix: ["choose a place of its own, such as /mnt/data or /srv/data"]);

    public static Problem MountNotShort(string path, string shortest) => new(BadMountCode, $"\"{path}\" is not the shortest way to say it",
        Why: "the same place could be meant twice without anybody noticing", Fix: [$"write {shortest}"]);

    public static Problem MountTwice(string path, string first) => new(MountTwiceCode, $"a second thing is mounted at \"{path}\"",
        Why: $"the first is on {first}", Fix: ["choose another place"]);

    public static Problem MountHides(string path, string hidden) => new(MountTwiceCode,
        $"\"{path}\" would hide \"{hidden}\", which is mounted before it",
        Why: "disks are mounted in their order, volumes after them", Fix: ["change their order", "or choose another place"]);

    public static Problem NotMountable(string what) =>
        new(NotMountableCode, $"{what} cannot be mounted", Fix: ["take mount out", "or say fs: ext4, xfs or btrfs"]);

    public static Problem BootDiskMounted() => new(NotMountableCode, "the boot disk cannot be mounted elsewhere",
        Why: "it is the node's own /", Fix: ["take mount out", "or make a disk of its own for it"]);

    public static Problem TooSmall(string filesystem, int needs, long has) =>
        new(TooSmallCode, $"{filesystem} needs {needs} MB, the disk has {has} MB", Fix: ["make the disk larger", "or say fs: ext4"]);
}
