using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Remote;

/// <summary>A <c>known_hosts</c> file of OpenSSH: which keys stand for which host. Lines of others, and comments, stay as they are.</summary>
/// <remarks>Safe for use from many threads, and from several processes of a machine; a change is on the disk when its call ends. Hashed names are not looked into.</remarks>
public sealed class KnownHostsFile
{
    private static readonly ConcurrentDictionary<string, Lock> Gates = new(StringComparer.Ordinal);
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string path;
    private readonly Lock gate;

    /// <summary>The file at a path; it need not exist.</summary>
    public KnownHostsFile(string path)
    {
        this.path = Path.GetFullPath(path);
        gate = Gates.GetOrAdd(this.path, _ => new());
    }

    /// <summary>Puts these keys in place of all a host has.</summary>
    /// <param name="alias">The host's name or alias.</param>
    /// <param name="keys">Its keys; comments are left out.</param>
    /// <exception cref="LinodeToolkitException">The alias is none a line can hold, or the file cannot be written.</exception>
    public void Set(string alias, IReadOnlyList<SshPublicKey> keys)
    {
        if (!IsAlias(alias))
        {
            throw new LinodeToolkitException(RemoteProblems.BadHost(alias, "alias", alias));
        }

        Change(lines => Without(lines, alias).Concat(keys.Select(key => $"{alias} {key.Type} {key.Body}")));
    }

    /// <summary>Forgets a host.</summary>
    /// <exception cref="LinodeToolkitException">The file cannot be written.</exception>
    public void Remove(string alias)
    {
        if (Find(alias).Count > 0)
        {
            Change(lines => Without(lines, alias));
        }
    }

    /// <summary>The keys of a host; none where it is not known.</summary>
    /// <exception cref="LinodeToolkitException">The file cannot be read.</exception>
    public IReadOnlyList<SshPublicKey> Find(string alias)
    {
        lock (gate)
        {
            return [.. Lines().Where(line => HostsOf(line).Contains(alias, StringComparer.OrdinalIgnoreCase)).Select(KeyOf).OfType<SshPublicKey>()];
        }
    }

    /// <summary>Whether a line can hold the name and ssh reads nothing else into it.</summary>
    internal static bool IsAlias(string alias) =>
        alias.Length is > 0 and <= 255 && char.IsAsciiLetterOrDigit(alias[0])
        && alias.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or ':');

    private static IEnumerable<string> Without(IEnumerable<string> lines, string alias)
    {
        foreach (var line in lines)
        {
            var hosts = HostsOf(line);
            var others = hosts.Where(host => !host.Equals(alias, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (others.Length == hosts.Length)
            {
                yield return line;
            }
            else if (others.Length > 0)
            {
                yield return string.Join(',', others) + line[line.IndexOf(' ', StringComparison.Ordinal)..];
            }
        }
    }

    // Hosts with commas between, a blank, type, blank, body; comments begin with '#', lines for authorities and revoked keys with '@'.
    private static string[] HostsOf(string line) =>
        line.Length == 0 || line[0] is '#' or '@' || line.IndexOf(' ', StringComparison.Ordinal) is var end && end < 0 ? [] : line[..end].Split(',');

    private static SshPublicKey? KeyOf(string line)
    {
        try
        {
            return SshPublicKey.Parse(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..], "a line of known hosts");
        }
        catch (LinodeToolkitException)
        {
            return null;
        }
    }

    private void Change(Func<IEnumerable<string>, IEnumerable<string>> to)
    {
        lock (gate)
        {
            var folder = Path.GetDirectoryName(path)!;
            if (!Directory.Exists(folder))
            {
                PrivateFiles.EnsureFolder(folder);
            }

            using var turn = Take();
            var text = string.Concat(to(Lines()).Select(line => line + "\n"));
            PrivateFiles.Guard(path, () => Write(folder, text));
        }
    }

    // Several processes of a machine, such as workers, may share the file: each changes what the last one made of it. Whoever calls has no
    // asynchronous way to wait, and a write takes milliseconds.
    private FileStream Take()
    {
        var file = path + ".lock";
        for (var since = Stopwatch.StartNew(); since.Elapsed < Patience; Thread.Sleep(Pause))
        {
            if (PrivateFiles.TryHold(file) is { } held)
            {
                return held;
            }
        }

        throw new LinodeToolkitException(RemoteProblems.KnownHostsHeld(path, Patience));
    }

    // Whole or not at all, and there after a power cut: the old key may be deleted from the node next.
    private void Write(string folder, string text)
    {
        var beside = $"{path}~{Guid.NewGuid():N}";
        try
        {
            using (var file = PrivateFiles.Open(beside, FileMode.CreateNew))
            {
                file.Write(Utf8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }

        DurableFolder.Flush(folder);
    }

    private string[] Lines()
    {
        string[] lines = [];
        PrivateFiles.Guard(path, () => lines = File.Exists(path) ? File.ReadAllLines(path) : []);
        return lines;
    }
}
