using System.Diagnostics;
using LinodeTool.Settings;

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
    /// <param name="command">Its words.</param>
    /// <param name="output">File for its output.</param>
    /// <param name="log">File for what it says besides.</param>
    /// <param name="self">This call, where the program is this tool and goes on with it: it gets the secrets this one was given.</param>
    /// <param name="cancellation">Before it has begun.</param>
    /// <returns>Its process id.</returns>
    public static async Task<int> StartAsync(
        IReadOnlyList<string> command, string output, string log, ToolHost? self, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", output, log, .. command])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start = self is null ? SecretVariables.Without(start) : SecretVariables.With(start, self);
        cancellation.ThrowIfCancellationRequested();
        using var shell = Process.Start(start)!;

        // Not cut short: a program that was begun and whose id nobody has could not be ended by anyone.
        var pid = await shell.StandardOutput.ReadLineAsync(CancellationToken.None).ConfigureAwait(false);
        await shell.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return int.Parse(pid!, System.Globalization.CultureInfo.InvariantCulture);
    }
}
