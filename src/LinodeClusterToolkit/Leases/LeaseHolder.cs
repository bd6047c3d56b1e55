using System.Diagnostics;
using System.Globalization;

namespace LinodeClusterToolkit.Leases;

/// <summary>A process that works on clusters.</summary>
/// <param name="Machine">Name of its machine, for people.</param>
/// <param name="Place">Where its number means something: one boot of a machine, or one container on it.</param>
/// <param name="Process">Its number there.</param>
/// <param name="Begun">When it began: numbers are given out again.</param>
public sealed record LeaseHolder(string Machine, string Place, int Process, string Begun)
{
    /// <summary>This process.</summary>
    internal static LeaseHolder Self { get; } = new(Environment.MachineName, ThisPlace(), Environment.ProcessId, BegunAt(Environment.ProcessId) ?? "");

    /// <summary>True where whoever asks can see that it has ended; false also where that cannot be told.</summary>
    internal bool IsKnownDeadBy(LeaseHolder asker) => Place == asker.Place && this != asker && BegunAt(Process) != Begun;

    /// <summary>As the fields are kept in one column.</summary>
    internal string Text => string.Join('|', Machine, Place, Process.ToString(CultureInfo.InvariantCulture), Begun);

    internal static LeaseHolder Parse(string text) => text.Split('|') is [var machine, var place, var process, var begun]
        ? new(machine, place, int.Parse(process, CultureInfo.InvariantCulture), begun)
        : throw new FormatException($"'{text}' names no holder of a lease");

    private static string ThisPlace()
    {
        try
        {
            // The namespace too: in two containers of one machine the same number means two processes.
            return $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()} {new FileInfo("/proc/self/ns/pid").LinkTarget}";
        }
        catch (IOException)
        {
            return Environment.MachineName;
        }
    }

    private static string? BegunAt(int process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // The kernel's own count since its boot, the 22nd field: a time of day made of it is another whenever the clock is set.
                var stat = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return fields[0] == "Z" ? null : fields[19];
            }

            using var found = System.Diagnostics.Process.GetProcessById(process);
            return found.HasExited ? null : found.StartTime.ToUniversalTime().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
