using System.Globalization;
using LinodeEmulator.Hosts.Machines.Linux;

namespace LinodeEmulator.Hosts.Machines.Storage;

/// <summary>Files as block devices.</summary>
internal static class Loops
{
    /// <summary>Makes a device of a file and gives its path.</summary>
    public static async Task<string> AttachAsync(string file) => (await Tool.RunAsync("losetup", ["--find", "--show", file])).Trim();

    /// <summary>Lets it go; what still uses it holds it until its own end.</summary>
    public static Task DetachAsync(string device) => Tool.TryAsync("losetup", ["--detach", device]);

    /// <summary>Takes in that the file has grown.</summary>
    public static Task RefreshAsync(string device) => Tool.RunAsync("losetup", ["--set-capacity", device]);

    /// <summary>The devices whose files lie below a folder. A file that was deleted meanwhile is still told by its name.</summary>
    public static IReadOnlyList<string> Below(string folder) =>
        [.. Directory.EnumerateDirectories("/sys/block", "loop*")
            .Where(device => Backing(device)?.StartsWith(folder + "/", StringComparison.Ordinal) == true)
            .Select(device => "/dev/" + Path.GetFileName(device))];

    /// <summary>The devices that a file is behind.</summary>
    public static IReadOnlyList<string> Of(string file) =>
        [.. Directory.EnumerateDirectories("/sys/block", "loop*").Where(device => Backing(device) == file)
            .Select(device => "/dev/" + Path.GetFileName(device))];

    public static (int Major, int Minor) Number(string device)
    {
        var parts = File.ReadAllText($"/sys/block/{Path.GetFileName(device)}/dev").Trim().Split(':');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static string? Backing(string device)
    {
        try
        {
            return File.ReadAllText($"{device}/loop/backing_file").Trim();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
