using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Tells where a filesystem can be mounted without hiding what a running system needs.</summary>
internal static class MountPoints
{
    private const string Programs = "programs of the system are there";
    private const string Kernel = "the running system has its own things there";
    private const string State = "the system keeps its state there";
    private const string Homes = "the homes of accounts are there, and with them the keys that let people in";
    private const string Scratch = "everybody writes there, which the root of a new filesystem does not allow";

    /// <summary>Places that stay as they are, with everything below them.</summary>
    private static readonly (string Path, string Why)[] Trees =
    [
        ("/boot", "the kernel is there"), ("/etc", "the settings of the system are there"), ("/home", Homes), ("/root", Homes),
        ("/proc", Kernel), ("/sys", Kernel), ("/dev", Kernel), ("/run", Kernel), ("/var/run", Kernel), ("/var/lock", Kernel), ("/lost+found", Kernel),
        ("/bin", Programs), ("/sbin", Programs), ("/lib", Programs), ("/lib32", Programs), ("/lib64", Programs), ("/libx32", Programs),
        ("/usr", Programs), ("/tmp", Scratch), ("/var/tmp", Scratch), ("/var/lib/apt", State), ("/var/lib/cloud", State), ("/var/lib/dpkg", State),
        ("/var/lib/systemd", State),
    ];

    /// <summary>Places below which there is room, but that must not be hidden as a whole.</summary>
    private static readonly (string Path, string Why)[] Whole =
    [
        ("/", "the boot disk is there"), ("/var", State), ("/var/lib", State), ("/var/cache", State), ("/var/spool", State),
    ];

    /// <summary>What is wrong with an absolute path as a place to mount something at, or null.</summary>
    public static Problem? Fault(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Contains(".."))
        {
            return StorageProblems.BadMount(path, "it goes back on its way with ..");
        }

        var shortest = "/" + string.Join('/', parts.Where(part => part != "."));
        return WhyNot(shortest) is { } why ? StorageProblems.BadMount(path, why)
            : shortest != path ? StorageProblems.MountNotShort(path, shortest)
            : null;
    }

    /// <summary>Whether a path is another one or lies below it.</summary>
    public static bool IsWithin(string path, string other) => path == other || path.StartsWith(other + "/", StringComparison.Ordinal);

    private static string? WhyNot(string path) =>
        Whole.Where(one => path == one.Path).Concat(Trees.Where(one => IsWithin(path, one.Path))).Select(one => one.Why).FirstOrDefault();
}
