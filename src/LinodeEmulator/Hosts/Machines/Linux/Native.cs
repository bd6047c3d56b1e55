using System.ComponentModel;
using System.Runtime.InteropServices;

namespace LinodeEmulator.Hosts.Machines.Linux;

/// <summary>The few calls of the kernel and the C library that .NET has no words for.</summary>
internal static partial class Native
{
    public const int Kill = 9;

    /// <summary>SIGRTMIN+4: asks systemd to power off.</summary>
    public const int PowerOff = 38;

    private const ulong Bind = 0x1000;
    private const ulong Private = 1 << 18;
    private const ulong Shared = 1 << 20;
    private const int NewNetwork = 0x40000000;
    private const int DetachMount = 2;
    private const uint BlockDevice = 0x6000;

    public static bool IsRoot => OperatingSystem.IsLinux() && geteuid() == 0;

    public static void Mount(string source, string target, string type, string? options = null) =>
        Check(mount(source, target, type, 0, options), $"mount {source} on {target}");

    /// <summary>Has a folder be seen at another place too.</summary>
    public static void MountFolder(string source, string target) => Check(mount(source, target, "none", Bind, null), $"mount {source} on {target}");

    /// <summary>Makes a folder a mount of its own whose changes reach every copy of it. Each container starts with a copy of all mounts of this
    /// machine, and would else hold on to those of other containers for as long as it lives.</summary>
    public static void Share(string folder)
    {
        Check(mount(folder, folder, "none", Bind, null), $"mount {folder} on itself");
        Check(mount("none", folder, "none", Private, null), $"part {folder} from others");
        Check(mount("none", folder, "none", Shared, null), $"share {folder}");
    }

    /// <summary>Takes a mount away, at once where nobody uses it, else when nobody does any more. Nothing mounted there is fine.</summary>
    public static void Unmount(string target) => _ = umount2(target, 0) != 0 && umount2(target, DetachMount) != 0;

    public static bool Signal(int process, int signal) => kill(process, signal) == 0;

    public static void MakeBlockDevice(string path, int major, int minor)
    {
        var number = (((ulong)major & 0xfff) << 8) | ((ulong)minor & 0xff) | (((ulong)minor & ~0xffUL) << 12);
        Check(mknod(path, BlockDevice | 0b110_110_000, number), $"make {path}");
    }

    /// <summary>Does something on a thread of its own within a network namespace. Sockets made there stay there.</summary>
    public static T Within<T>(string namespacePath, Func<T> action)
    {
        T? result = default;
        Exception? wrong = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle(namespacePath);
                Check(setns((int)handle.DangerousGetHandle(), NewNetwork), $"enter {namespacePath}");
                result = action();
            }
            catch (Exception error)
            {
                wrong = error;
            }
        });
        thread.Start();
        thread.Join();
        return wrong is null ? result! : throw new IOException($"in {namespacePath}: {wrong.Message}", wrong);
    }

    private static void Check(int result, string what)
    {
        if (result != 0)
        {
            throw new IOException($"could not {what}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mount(string source, string target, string type, ulong flags, string? data);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int umount2(string target, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(int descriptor, int type);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mknod(string path, uint mode, ulong device);
}
