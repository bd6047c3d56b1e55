using System.Collections.Frozen;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Names that a plan may not give to accounts and groups, because the system or the toolkit has them.</summary>
internal static class AccountNames
{
    private const string Toolkit = "lct-";

    /// <summary>Groups that every Debian system has and that lend a right somebody may want to lend.</summary>
    /// <remarks>Those that make root of whoever is in them (disk, shadow, kmem …) are left out.</remarks>
    public static readonly FrozenSet<string> UsualGroups =
        ["adm", "audio", "cdrom", "dialout", "plugdev", "staff", "sudo", "systemd-journal", "users", "video", "www-data"];

    // Accounts and groups of Debian's base-passwd, of systemd, and of packages that come with an image or early after it.
    private static readonly FrozenSet<string> OfSystem =
    [
        .. UsualGroups,
        "backup", "bin", "crontab", "daemon", "dip", "disk", "dnsmasq", "fax", "floppy", "games", "gnats", "halt", "input", "irc", "kmem", "kvm",
        "list", "lp", "mail", "man", "messagebus", "netdev", "news", "nobody", "nogroup", "ntp", "ntpsec", "operator", "polkitd", "postfix",
        "postdrop", "proxy", "render", "root", "sasl", "sgx", "shadow", "shutdown", "src", "ssh", "sshd", "sync", "sys", "syslog", "tape",
        "tcpdump", "tty", "utmp", "uucp", "uuidd", "voice", "wheel", "_apt", "_chrony", "_rpc", "_ssh",
    ];

    /// <summary>Why no account or group of a plan may have a name, or null where it may.</summary>
    /// <param name="name">The name.</param>
    /// <param name="admin">The account of the toolkit, or null where that is the one being named.</param>
    public static string? WhyTaken(string name, string? admin) =>
        name == admin ? "it is the account the toolkit works with (ssh: admin)"
        : name.StartsWith(Toolkit, StringComparison.Ordinal) ? $"names that begin with {Toolkit} are the toolkit's own"
        : OfSystem.Contains(name) || name.StartsWith("systemd-", StringComparison.Ordinal) ? "the system has an account or group of this name"
        : null;
}
