using System.Collections.Concurrent;
using System.Text;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Remote;

/// <summary>One text file a node, readable by its owner alone, with what ran there. Safe for use from many threads.</summary>
/// <param name="folder">Where the files are; made where missing.</param>
public sealed class NodeLog(string folder)
{
    // Enough for what a person reads; a log itself has no end.
    private const int MostRead = 512 * 1024;
    private readonly ConcurrentDictionary<string, Lock> gates = new(StringComparer.Ordinal);

    /// <summary>The file of a node, whether it exists or not.</summary>
    public string FileOf(string node) =>
        Path.Combine(folder, $"{(KnownHostsFile.IsAlias(node) ? node : Convert.ToHexStringLower(Encoding.UTF8.GetBytes(node)))}.log");

    /// <summary>The last lines of a node's log; none where nothing ever ran on it.</summary>
    /// <param name="node">Its name.</param>
    /// <param name="lines">Most lines.</param>
    /// <exception cref="LinodeToolkitException">The file cannot be read.</exception>
    public IReadOnlyList<string> Tail(string node, int lines)
    {
        var file = FileOf(node);
        IReadOnlyList<string> last = [];
        PrivateFiles.Guard(file, () => last = File.Exists(file) ? [.. End(file).TrimEnd('\n').Split('\n').TakeLast(lines)] : []);
        return last;
    }

    /// <summary>Adds text to a node's log, in one piece.</summary>
    /// <exception cref="LinodeToolkitException">The file cannot be written, or is open to others.</exception>
    internal void Append(string node, string text)
    {
        var file = FileOf(node);
        lock (gates.GetOrAdd(file, _ => new()))
        {
            PrivateFiles.EnsureFolder(folder);
            PrivateFiles.EnsureFile(file);
            PrivateFiles.Guard(file, () =>
            {
                using var log = PrivateFiles.Open(file, FileMode.Append);
                log.Write(Encoding.UTF8.GetBytes(text));
            });
        }
    }

    // A line that was cut in two at the beginning is left out.
    private static string End(string file)
    {
        using var log = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var skipped = Math.Max(0, log.Length - MostRead);
        log.Position = skipped;
        using var reader = new StreamReader(log, Encoding.UTF8);
        var text = reader.ReadToEnd();
        return skipped == 0 ? text : text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }
}
