using System.Globalization;
using LinodeEmulator.Hosts.Machines.Linux;
using LinodeEmulator.Hosts.Machines.Storage;

namespace LinodeEmulator.Hosts.Machines;

/// <summary>Takes away what an emulator left that was killed: whatever bears a number that nobody holds. Everything is found by its own name, so
/// nothing of anybody else's is touched.</summary>
internal static class Sweep
{
    /// <summary>Every number but those of emulators that live.</summary>
    public static async Task AllAsync()
    {
        foreach (var number in Directory.EnumerateDirectories(Ground.Top).Select(Path.GetFileName).Where(IsNumber).Select(Number).ToList())
        {
            if (Ground.TryLock(number) is { } held)
            {
                using (held)
                {
                    await OneAsync(number);
                }
            }
        }
    }

    /// <summary>All that bears this number. For its holder only.</summary>
    public static async Task OneAsync(int number)
    {
        var runtime = Ground.RuntimeOf(number);
        var groups = ControlGroups.OfEmulator(number);
        groups.KillAll();
        for (var waited = 0; waited < 50 && groups.Processes().Count > 0; waited++)
        {
            await Task.Delay(50);
        }

        var record = $"{runtime}/folder";
        var folder = File.Exists(record) ? File.ReadAllText(record) : null;
        var isTemporary = File.Exists($"{runtime}/temporary");
        foreach (var mount in MountsIn(runtime))
        {
            Native.Unmount(mount);
        }

        foreach (var device in folder is null ? [] : Loops.Below(folder))
        {
            await Tool.TryAsync("swapoff", [device]);
            await Loops.DetachAsync(device);
        }

        await TakeDownNetworkAsync($"le{number}");
        await groups.RemoveAsync();
        if (folder is not null && isTemporary && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        if (Directory.Exists(runtime))
        {
            Directory.Delete(runtime, recursive: true);
        }
    }

    /// <summary>The deepest first.</summary>
    public static IReadOnlyList<string> MountsIn(string folder) =>
        [.. File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')[1])
            .Where(path => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal)).OrderByDescending(path => path.Length)];

    private static async Task TakeDownNetworkAsync(string name)
    {
        await Tool.TryAsync("ip", ["link", "del", name]);
        if (Directory.Exists("/run/netns"))
        {
            foreach (var space in Directory.EnumerateFiles("/run/netns").Select(path => Path.GetFileName(path)!)
                .Where(space => space == name || space.StartsWith(name + "-", StringComparison.Ordinal)))
            {
                await Tool.TryAsync("ip", ["netns", "del", space]);
            }
        }
    }

    private static bool IsNumber(string? name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static int Number(string? name) => int.Parse(name!, CultureInfo.InvariantCulture);
}
