using System.Diagnostics;

namespace EndToEnd.Tests;

internal sealed class BootingFactAttribute : FactAttribute
{
    private static readonly string[] Needed = ["systemd-nspawn", "debootstrap", "nft", "ssh", "script"];

    public BootingFactAttribute() => Skip = Environment.UserName != "root" ? "real nodes need root"
        : Needed.FirstOrDefault(program => !Folders.Any(folder => File.Exists(Path.Combine(folder, program)))) is { } absent
            ? $"real nodes need {absent}, which is not here"
            : null;

    private static IEnumerable<string> Folders => ["/usr/bin", "/usr/sbin", "/bin", "/sbin"];
}

/// <summary>A user whose emulator boots systems; it ends with the test, and takes them with it.</summary>
internal sealed class Seat(string cluster = "nodes") : IAsyncDisposable
{
    public string Home { get; } = Directory.CreateTempSubdirectory("linodetool-e2e-").FullName;

    public Running Start(params string[] args) => new(Described(Build.Tool, args));

    public async Task<Finished> RunAsync(params string[] args)
    {
        using var running = Start(args);
        return await running.EndAsync();
    }

    /// <summary>At a terminal of its own.</summary>
    public async Task<Finished> RunAtTerminalAsync(string line)
    {
        using var running = new Running(Described("/usr/bin/script", ["-qefc", $"{Build.Tool} {line}", "/dev/null"]));
        return await running.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("--emulator", "cluster", "delete", cluster, "--yes");
        (await RunAsync("emulator", "stop")).Ended(0);
        Directory.Delete(Home, recursive: true);
    }

    private ProcessStartInfo Described(string program, string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = Home };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["HOME"] = Home, ["LINODETOOL_HOME"] = Path.Combine(Home, "kept"), ["DOTNET_ROOT"] = Build.DotnetRoot, ["TERM"] = "xterm",
            ["LINODETOOL_EMULATOR"] = Build.Emulator, ["LINODETOOL_EMULATOR_HOSTS"] = "machines", ["LINODETOOL_REMOTE"] = "openssh",
        })
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
