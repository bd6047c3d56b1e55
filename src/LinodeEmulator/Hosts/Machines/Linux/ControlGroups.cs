using System.Globalization;

namespace LinodeEmulator.Hosts.Machines.Linux;

/// <summary>A control group of each machine's own, in every hierarchy there is. Without it all machines would share one, and stopping a service on
/// one of them would reach the children of others.</summary>
internal sealed class ControlGroups(string name)
{
    private const string Top = "linode-emulator";
    private static readonly Lazy<IReadOnlyList<string>> Hierarchies = new(Read);

    /// <summary>The groups of all machines of an emulator.</summary>
    public static ControlGroups OfEmulator(int number) => new($"{Top}/{number}");

    public ControlGroups Child(string child) => new($"{name}/{child}");

    /// <summary>Makes them and gives their folders.</summary>
    public IReadOnlyList<string> Make() => [.. Hierarchies.Value.Select(Make)];

    /// <summary>The processes in them and below them.</summary>
    public IReadOnlySet<int> Processes() => Hierarchies.Value
        .Select(hierarchy => $"{hierarchy}/{name}")
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "cgroup.procs", SearchOption.AllDirectories))
        .SelectMany(ReadLines)
        .Select(line => int.Parse(line, CultureInfo.InvariantCulture))
        .ToHashSet();

    public void KillAll()
    {
        foreach (var process in Processes())
        {
            Native.Signal(process, Native.Kill);
        }
    }

    /// <summary>Takes them away with all below them. A process that is still dying holds its group: then again a little later.</summary>
    public async Task RemoveAsync()
    {
        for (var tried = 0; tried < 40 && !TryRemove(); tried++)
        {
            await Task.Delay(50);
        }
    }

    private static IReadOnlyList<string> Read() =>
        [.. File.ReadLines("/proc/self/mounts")
            .Select(line => line.Split(' '))
            .Where(words => words[2] is "cgroup" or "cgroup2")
            .Select(words => words[1])];

    private string Make(string hierarchy)
    {
        var folder = hierarchy;
        foreach (var part in name.Split('/'))
        {
            folder += "/" + part;
            Directory.CreateDirectory(folder);

            // A set of processors is empty in a new group, and an empty one takes no process; children then copy their parent's.
            Copy(folder, "cpuset.cpus");
            Copy(folder, "cpuset.mems");
        }

        return folder;
    }

    private static void Copy(string folder, string file)
    {
        var path = $"{folder}/{file}";
        if (File.Exists(path) && File.Exists($"{folder}/../{file}") && File.ReadAllText(path).Trim().Length == 0)
        {
            try
            {
                File.WriteAllText(path, File.ReadAllText($"{folder}/../{file}"));
            }
            catch (IOException)
            {
                // In the newer hierarchy empty means: like the parent.
            }
        }
    }

    private static IEnumerable<string> ReadLines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (IOException)
        {
            return [];
        }
    }

    private bool TryRemove()
    {
        var left = false;
        foreach (var folder in Hierarchies.Value.Select(hierarchy => $"{hierarchy}/{name}").Where(Directory.Exists))
        {
            try
            {
                foreach (var below in Directory.GetDirectories(folder, "*", SearchOption.AllDirectories).OrderByDescending(path => path.Length))
                {
                    Directory.Delete(below);
                }

                Directory.Delete(folder);
            }
            catch (IOException)
            {
                left = true;
            }
        }

        return !left;
    }
}
