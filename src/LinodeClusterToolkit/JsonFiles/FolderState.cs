using System.Globalization;
using System.Text;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>How far the files are: read and written under the lock alone.</summary>
/// <param name="Generation">Another after every commit, so that a process sees whether what it has read still stands.</param>
/// <param name="Applied">How much of the log stands in the files, as long as the machine does not go down.</param>
/// <param name="Boot">The machine's boot that is true for; what was written before it may be lost.</param>
internal sealed record FolderState(long Generation, long Applied, string Boot)
{
    /// <summary>The boot of this machine; null where it cannot be told from another.</summary>
    public static string? ThisBoot { get; } = FindBoot();

    /// <summary>Whether the log has nothing that the files may lack.</summary>
    public bool IsSettled(long log) => log == 0 || (Boot == ThisBoot && Applied == log);

    public static FolderState Read(string path)
    {
        // Lost, or of another form: one that no process has seen, and a log that is played from its beginning.
        return File.Exists(path) && File.ReadAllText(path).Split(' ', '\n') is [var generation, var applied, var boot, ..]
            && long.TryParse(generation, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(applied, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? new(number, length, boot)
            : new(DateTime.UtcNow.Ticks, 0, "");
    }

    /// <summary>Writes it in one go, always as long as before: a process that is killed leaves the old or the new one.</summary>
    public void Write(string path)
    {
        var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Generation:D20} {Applied:D20} {Boot}\n"));
        using var file = PrivateFiles.Open(path, FileMode.OpenOrCreate);
        file.Write(text);
        file.SetLength(text.Length);
    }

    private static string? FindBoot()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
