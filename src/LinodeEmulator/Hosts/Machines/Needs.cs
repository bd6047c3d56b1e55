using LinodeEmulator.Hosts.Machines.Linux;

namespace LinodeEmulator.Hosts.Machines;

/// <summary>What this machine must have before systems can boot on it.</summary>
internal static class Needs
{
    private static readonly (string Program, string Package)[] Programs =
    [
        ("systemd-nspawn", "systemd-container"), ("debootstrap", "debootstrap"), ("ip", "iproute2"), ("nft", "nftables"),
        ("nsenter", "util-linux"), ("losetup", "mount"), ("mke2fs", "e2fsprogs"), ("mkswap", "util-linux"),
    ];

    /// <summary>What is missing, as a sentence that says how to get it; null when nothing is.</summary>
    public static string? Missing()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "it needs Linux";
        }

        if (!Native.IsRoot)
        {
            return "it needs root: run it with sudo";
        }

        var absent = Programs.Where(known => !Tool.Exists(known.Program)).ToList();
        return absent.Count == 0
            ? null
            : $"it needs {string.Join(", ", absent.Select(known => known.Program))}: "
                + $"apt-get install {string.Join(' ', absent.Select(known => known.Package).Distinct())}";
    }
}
