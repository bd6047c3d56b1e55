using System.Diagnostics;
using System.Globalization;

namespace LinodeEmulator.Hosts.Machines.Linux;

/// <summary>A running system: systemd-nspawn and, below it, an init of its own.</summary>
internal sealed class Container : IDisposable
{
    /// <summary>With this nspawn ends when the system inside asked for a reboot.</summary>
    public const int Rebooted = 133;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(18);
    private readonly Process _process;
    private readonly Task _pumps;
    private readonly ControlGroups _groups;
    private readonly string _name;
    private int? _init;

    private Container(Process process, string name, ControlGroups groups, ConsoleLog console)
    {
        (_process, _name, _groups) = (process, name, groups);
        _pumps = Task.WhenAll(
            console.PumpAsync(process.StandardOutput.BaseStream), console.PumpAsync(process.StandardError.BaseStream));
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>The process of the system's init, as this machine sees it; none while it is only just starting. Before it is systemd itself its
    /// root may still be this machine's.</summary>
    public int? Init => _init ??= FindInit();

    /// <summary>The same, waited for; none when it has ended before it came.</summary>
    public async Task<int?> InitAsync()
    {
        while (Init is null && !_process.HasExited)
        {
            await Task.Delay(50);
        }

        return Init;
    }

    /// <summary>An empty folder that nspawn does not take away where /run is on a disk.</summary>
    private string Leftover => $"/run/systemd/nspawn/propagate/{_name}";

    public static Container Start(string root, string name, string networkNamespace, ControlGroups groups, ConsoleLog console)
    {
        // The shell joins the groups before it becomes nspawn; a session of its own keeps the terminal's signals away.
        const string Join = """
            n=$1; shift
            while [ $n -gt 0 ]; do echo $$ >"$1/cgroup.procs"; shift; n=$((n-1)); done
            exec setsid "$@" </dev/null
            """;
        var folders = groups.Make();
        var start = new ProcessStartInfo("/bin/sh", [
            "-c", Join, "sh", folders.Count.ToString(CultureInfo.InvariantCulture), .. folders,
            "systemd-nspawn", "--register=no", "--keep-unit", "--quiet", "--boot", $"--directory={root}",
            $"--network-namespace-path={networkNamespace}", $"--machine={name}", "--hostname=localhost", "--console=pipe", "--capability=all",
            "--link-journal=no", "--resolv-conf=off", "--timezone=off", "--system-call-filter=@swap @keyring bpf"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        Tool.Clean(start);
        return new Container(Process.Start(start)!, name, groups, console);
    }

    /// <summary>Waits for the end of it, and tells the exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        await Task.WhenAny(_pumps, Task.Delay(TimeSpan.FromSeconds(1)));
        return _process.ExitCode;
    }

    /// <summary>Asks the system to power off, and takes its power away when it does not come to an end, or at once when that is
    /// urgent.</summary>
    public async Task StopAsync(Func<bool> isUrgent)
    {
        var end = EndAsync();
        var (asked, since) = (TimeSpan.Zero, Stopwatch.StartNew());
        while (!end.IsCompleted && since.Elapsed < Patience && !isUrgent())
        {
            // An init that is only just starting misses the signal, so it gets it again.
            if (since.Elapsed >= asked && Init is { } init)
            {
                Native.Signal(init, Native.PowerOff);
                asked = since.Elapsed + TimeSpan.FromSeconds(2);
            }

            await Task.WhenAny(end, Task.Delay(100));
        }

        await CutAsync();
    }

    /// <summary>As when a plug is pulled: everything in the machine ends at once.</summary>
    public async Task CutAsync()
    {
        if (!_process.HasExited)
        {
            if (Init is { } init)
            {
                Native.Signal(init, Native.Kill);
            }

            Native.Signal(_process.Id, Native.Kill);
            await EndAsync();
        }

        _groups.KillAll();
        await _groups.RemoveAsync();
        if (Directory.Exists(Leftover))
        {
            Directory.Delete(Leftover);
        }
    }

    public void Dispose() => _process.Dispose();

    private int? FindInit()
    {
        try
        {
            var children = File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children");
            foreach (var child in children.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (File.ReadAllText($"/proc/{child}/comm").Trim() == "systemd")
                {
                    return int.Parse(child, CultureInfo.InvariantCulture);
                }
            }
        }
        catch (IOException)
        {
            // Ended meanwhile.
        }

        return null;
    }
}
