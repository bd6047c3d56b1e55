using System.Diagnostics;

namespace LinodeTool.Host;

/// <summary>Starts programs that outlive the tool.</summary>
internal static class Detached
{
    private const string Script = """
        out=$1 log=$2; shift 2
        trap '' HUP
        if command -v setsid >/dev/null 2>&1; then setsid "$@" </dev/null >"$out" 2>>"$log" & else set -m; "$@" </dev/null >"$out" 2>>"$log" & fi
        echo $!
        """;

    /// <summary>In a session of its own with all streams in files: Ctrl-C and the terminal's end do not reach it, and it holds no pipe open.</summary>
    /// <returns>Its process id.</returns>
    public static async Task<int> StartAsync(IReadOnlyList<string> command, string output, string log, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", output, log, .. command])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        cancellation.ThrowIfCancellationRequested();
        using var shell = Process.Start(start)!;

        // Not cut short: a program that was begun and whose id nobody has could not be ended by anyone.
        var pid = await shell.StandardOutput.ReadLineAsync(CancellationToken.None).ConfigureAwait(false);
        await shell.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return int.Parse(pid!, System.Globalization.CultureInfo.InvariantCulture);
    }
}
