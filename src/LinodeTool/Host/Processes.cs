using System.Diagnostics;

namespace LinodeTool.Host;

/// <summary>Processes that are not our children.</summary>
internal static class Processes
{
    public static bool IsAlive(int pid)
    {
        using var process = Find(pid);
        return process is not null;
    }

    public static void Kill(int pid)
    {
        using var process = Find(pid);
        process?.Kill();
    }

    private static Process? Find(int pid)
    {
        try
        {
            var process = Process.GetProcessById(pid);
            return process.HasExited || IsZombie(pid) ? null : process;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>In a container whose first process reaps nobody, an ended process stays listed for ever.</summary>
    private static bool IsZombie(int pid)
    {
        try
        {
            return OperatingSystem.IsLinux() && File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true; // gone in between
        }
    }
}
