using System.Collections.Frozen;
using System.Diagnostics;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>Finds programs of this machine, and says how they are started: without a shell, and with an environment that holds no secret.</summary>
internal static class LocalProgram
{
    // What ssh, and a proxy command of the user's, need to know. The token and whatever else the toolkit was given stay here.
    private static readonly FrozenSet<string> Passed = FrozenSet.ToFrozenSet(
        [
            "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TERM", "LANG", "LC_ALL", "LC_CTYPE", "XDG_RUNTIME_DIR", "KRB5CCNAME",
            "http_proxy", "https_proxy", "no_proxy",
        ],
        StringComparer.Ordinal);

    // In a session of its own no program gets the terminal's Ctrl-C, which is for us to handle, and none can ask anything there.
    private static readonly string? Apart = Find("setsid");

    /// <summary>The full path of a program, or null where there is none.</summary>
    public static string? Find(string program) => program.Contains(Path.DirectorySeparatorChar)
        ? File.Exists(program) ? Path.GetFullPath(program) : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>How to start it, with all three streams in our hands.</summary>
    /// <param name="program">Its full path.</param>
    /// <param name="words">Its arguments.</param>
    /// <param name="variables">What it finds in its environment besides.</param>
    public static ProcessStartInfo Of(string program, IEnumerable<string> words, params IEnumerable<(string Name, string Value)> variables)
    {
        var start = Apart is null ? new ProcessStartInfo(program, words) : new ProcessStartInfo(Apart, [program, .. words]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var name in start.Environment.Keys.Where(name => !Passed.Contains(name)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
