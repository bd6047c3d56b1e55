using System.Globalization;

namespace LinodeEmulator.Hosts.Machines.Linux;

/// <summary>The one setting of this machine that is changed: how many file watchers a user may have. Each system takes seven, and sixteen systems
/// would be the end. It is put back when the last emulator goes.</summary>
internal static class KernelLimits
{
    private const string Setting = "/proc/sys/fs/inotify/max_user_instances";
    private const string Before = Ground.Top + "/max_user_instances";
    private const int Needed = 8192;

    public static void Raise()
    {
        var now = Read(Setting);
        if (now < Needed)
        {
            if (!File.Exists(Before))
            {
                Files.WritePrivate(Before, now.ToString(CultureInfo.InvariantCulture));
            }

            File.WriteAllText(Setting, Needed.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Called by an emulator that has let go of everything else.</summary>
    public static void PutBack(int number)
    {
        var others = Enumerable.Range(0, Ground.Most).Where(other => other != number && File.Exists($"{Ground.Top}/{other}.lock"));
        if (!File.Exists(Before) || others.Any(IsHeld))
        {
            return;
        }

        // Whoever set it to something else meanwhile has the last word.
        if (Read(Setting) == Needed)
        {
            File.WriteAllText(Setting, File.ReadAllText(Before));
        }

        File.Delete(Before);
    }

    private static bool IsHeld(int number)
    {
        using var held = Ground.TryLock(number);
        return held is null;
    }

    private static int Read(string path) => int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture);
}
