using System.Globalization;
using LinodeEmulator.Hosts.Machines.Linux;

namespace LinodeEmulator.Hosts.Machines.Storage;

/// <summary>A filesystem that holds still while its file is copied, wherever it is mounted; whoever writes to it waits so long.</summary>
internal sealed class Stillness(IReadOnlyList<string> frozen) : IAsyncDisposable
{
    /// <summary>All that is in the file of a disk or volume is on it, and stays so until this is disposed of.</summary>
    public static async Task<Stillness> OfAsync(string file)
    {
        var frozen = new List<string>();
        foreach (var device in Loops.Of(file))
        {
            var (major, minor) = Loops.Number(device);
            if (MountOf(string.Create(CultureInfo.InvariantCulture, $"{major}:{minor}")) is { } point && await IsFrozenAsync(point))
            {
                frozen.Add(point);
            }

            await Tool.TryAsync("blockdev", ["--flushbufs", device]);
        }

        return new Stillness(frozen);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var point in frozen)
        {
            await Tool.TryAsync("fsfreeze", ["--unfreeze", point]);
        }
    }

    private static async Task<bool> IsFrozenAsync(string point)
    {
        try
        {
            await Tool.RunAsync("fsfreeze", ["--freeze", point]);
            return true;
        }
        catch (IOException)
        {
            // Let go of in this moment, or a filesystem that cannot: what is copied is as after a loss of power.
            return false;
        }
    }

    // Here, or in the system of a machine, which is a namespace of its own and is reached through any process in it.
    private static string? MountOf(string number)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(path[6])).Prepend("/proc/self"))
        {
            try
            {
                var words = File.ReadLines($"{process}/mountinfo").Select(line => line.Split(' ')).FirstOrDefault(words => words[2] == number);
                if (words is not null)
                {
                    return $"{process}/root{Users.Plain(words[4])}";
                }
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // The process has ended.
            }
        }

        return null;
    }
}
