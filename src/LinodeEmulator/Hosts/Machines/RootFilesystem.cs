using System.Security.Cryptography;
using System.Text;
using LinodeEmulator.Hosts.Machines.Linux;

namespace LinodeEmulator.Hosts.Machines;

/// <summary>The one Debian system that all nodes share, built once for each list of packages and kept.</summary>
internal sealed class RootFilesystem(IReadOnlyList<string> morePackages)
{
    private const string Cache = "/var/cache/linode-emulator";

    /// <summary>Another place for it, for those who cannot write below /var.</summary>
    private const string Variable = "LINODE_EMULATOR_ROOTFS_CACHE";

    private static readonly string[] Packages =
    [
        "systemd", "systemd-sysv", "dbus", "libpam-systemd", "udev", "openssh-server", "sudo", "nftables", "xfsprogs", "btrfs-progs", "e2fsprogs",
        "iproute2", "iputils-ping", "python3-minimal", "ca-certificates", "cloud-init", "procps", "netbase", "kmod", "util-linux-extra", "apt-utils",
        "gpgv", "less", "vim-tiny", "curl",
    ];

    private IReadOnlyList<string> All => [.. Packages.Union(morePackages, StringComparer.Ordinal)];

    private static string Folder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen ? chosen : Cache;

    public string Path => $"{Folder}/rootfs-{Hash()}";

    public bool IsThere => Directory.Exists(Path);

    /// <summary>Builds it where it is not there yet. Whoever comes while another builds waits for that one.</summary>
    public async Task<string> BuildAsync(CancellationToken cancel)
    {
        if (IsThere)
        {
            return Path;
        }

        Files.MakePrivateFolder(Folder);
        using var held = await LockAsync(cancel);
        if (IsThere)
        {
            return Path;
        }

        var (started, fresh) = (DateTime.UtcNow, $"{Path}.new");
        await Console.Error.WriteLineAsync("linode-emulator: builds the root filesystem of its machines, once (about a minute)");
        await Tool.TryAsync("rm", ["-rf", "--one-file-system", "--", fresh]);
        Directory.CreateDirectory(fresh);
        await Tool.RunAsync("/bin/sh", ["-s", "--", fresh, .. All], Script(), cancel);
        Directory.Move(fresh, Path);
        await Console.Error.WriteLineAsync(
            $"linode-emulator: {Path} is ready after {(DateTime.UtcNow - started).TotalSeconds:0} s");
        return Path;
    }

    private static async Task<FileStream> LockAsync(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return new FileStream($"{Folder}/build.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(500, cancel);
            }
        }
    }

    private static string Script()
    {
        using var stream = typeof(RootFilesystem).Assembly.GetManifestResourceStream("LinodeEmulator.Hosts.build.sh")
            ?? throw new InvalidOperationException("the program was built without its build.sh");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Script() + string.Join(' ', All))))[..12];
}
