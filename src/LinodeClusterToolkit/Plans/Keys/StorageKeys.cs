namespace LinodeClusterToolkit.Plans.Keys;

/// <summary>The keys of a storage plan.</summary>
internal static class StorageKeys
{
    public static readonly PlanShape Item = new("storage item", "A disk of the node, or a volume attached to it.",
    [
        new("label", new TextKind("^[A-Za-z0-9._ -]{1,48}$", "a label of 1 to 48 letters, digits, blanks, dots, hyphens or underscores"),
            "Its name; for a volume, the end of its label in the account.") { Required = true },
        new("size", new SizeKind(), "Its size; a percentage is of the type's disk.") { Required = true },
        new("type", new WordKind("disk", "blockstore"), "disk for local storage, blockstore for a block storage volume."),
        new("fs", new WordKind("ext4", "ext3", "swap", "raw", "xfs", "btrfs"),
            "Filesystem; ext4 where it is not said, for a volume only if it is mounted."),
        new("boot", Kinds.Flag, "yes for the one disk that gets the image."),
        new("mount", new TextKind("^/[A-Za-z0-9_./+@:-]{0,199}$", "an absolute path of letters, digits and _ . + @ : -, at most 200 of them"),
            "Where it is mounted, now and at every boot."),
        new("device", new TextKind("^/dev/sd[a-h]$", "a device from /dev/sda to /dev/sdh"),
            "Its device, said to be sure: it must be the one its place in the list gives."),
    ]);
}
