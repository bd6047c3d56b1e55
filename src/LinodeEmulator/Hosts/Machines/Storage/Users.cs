using System.Globalization;
using System.Text.RegularExpressions;
using LinodeEmulator.Hosts.Machines.Linux;

namespace LinodeEmulator.Hosts.Machines.Storage;

/// <summary>Makes a system let go of a drive that is pulled out: what is mounted from it goes, and swapping on it ends.</summary>
internal static partial class Users
{
    public static async Task RemoveAsync(int init, AttachedDrive drive)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"{drive.Number.Major}:{drive.Number.Minor}");
        var points = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{init}/mountinfo"))
            .Select(line => line.Split(' '))
            .Where(words => words[2] == number)
            .Select(words => Plain(words[4]))
            .Reverse();
        foreach (var point in points)
        {
            // In its namespace of processes too: there umount reads what is mounted.
            await Tool.TryAsync(
                "nsenter",
                [
                    $"--target={init.ToString(CultureInfo.InvariantCulture)}", "--mount", "--pid", "--root", "--wd=/",
                    "umount", "--lazy", "--", point,
                ]);
        }

        await StopSwappingAsync([drive]);
    }

    /// <summary>A path as the kernel's list of mounts writes it, in plain signs.</summary>
    public static string Plain(string path) => Octal().Replace(path, sign => ((char)Convert.ToInt32(sign.Groups[1].Value, 8)).ToString());

    /// <summary>Swap areas are the kernel's: they outlive the system that asked for them.</summary>
    public static async Task StopSwappingAsync(IEnumerable<AttachedDrive> drives)
    {
        var active = File.ReadAllText("/proc/swaps");
        foreach (var drive in drives.Where(drive => active.Contains($"/{Path.GetFileName(drive.Device)} ", StringComparison.Ordinal)
            || active.Contains($"/{drive.Drive.Name} ", StringComparison.Ordinal)))
        {
            await Tool.TryAsync("swapoff", [drive.Device]);
        }
    }

    [GeneratedRegex(@"\\([0-7]{3})")]
    private static partial Regex Octal();
}
