using System.Globalization;
using System.Text;

namespace LinodeClusterToolkit.Secrets;

/// <summary>Looks for the values of all stored secrets where they must not stand.</summary>
/// <param name="store">Where they are.</param>
/// <param name="passedOver">Whether a file or folder is not to be looked into: the store's own, and what is other customers'.</param>
internal sealed class SecretSearch(ISecretStore store, Func<string, bool> passedOver)
{
    private const int Piece = 1 << 20;

    // Public by nature; it stands in logs and on nodes.
    private static readonly string[] Open = [KnownSecrets.DefaultRootSshPublicKey];

    /// <summary>Files that hold secrets on request.</summary>
    public IReadOnlyList<string> Exported { get; init; } = [];

    /// <summary>Looks in files, in all files below folders, and in the command lines of all processes that this user may see.</summary>
    /// <param name="places">Files and folders; what is not there is passed over.</param>
    /// <param name="cancellation">Ends the search.</param>
    public async Task<SecretAudit> LookAsync(IEnumerable<string> places, CancellationToken cancellation)
    {
        var secrets = new SortedDictionary<string, Security.Sensitive>(StringComparer.Ordinal);
        foreach (var name in (await store.ListAsync(cancellation).ConfigureAwait(false)).Except(Open))
        {
            if (await store.FindAsync(name, cancellation).ConfigureAwait(false) is { } value)
            {
                secrets[name] = value;
            }
        }

        var hidden = secrets.Where(secret => secret.Value.Reveal().Length >= Security.SecretForms.Shortest).ToList();
        var needles = new SecretNeedles(hidden);
        var (files, bytes, processes, traces, unread) = (0, 0L, 0, new List<SecretTrace>(), new List<string>());
        foreach (var file in places.SelectMany(Files).Distinct(StringComparer.Ordinal).Where(file => !passedOver(file)))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                bytes += await LookIntoAsync(file, needles, traces, cancellation).ConfigureAwait(false);
                files++;
            }
            catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
            {
                // One that has just gone holds nothing any more.
                unread.AddRange(File.Exists(file) ? [file] : (IEnumerable<string>)[]);
            }
        }

        foreach (var (process, line) in CommandLines())
        {
            processes++;
            traces.AddRange(needles.In(line).Select(found => new SecretTrace(found.Key, process, found.Value)));
        }

        return new(hidden.Count, files, bytes, processes, traces, [.. secrets.Keys.Except(hidden.Select(secret => secret.Key))], unread) { Exported = Exported };
    }

    private static IEnumerable<string> Files(string place) => File.Exists(place) ? [Path.GetFullPath(place)]
        : Directory.Exists(place) ? Directory.EnumerateFiles(Path.GetFullPath(place), "*", new EnumerationOptions
        {
            RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device,
        })
        : [];

    // Piece by piece, each with the end of the one before it, so that nothing is missed where they meet.
    private static async Task<long> LookIntoAsync(string file, SecretNeedles needles, List<SecretTrace> traces, CancellationToken cancellation)
    {
        var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var untilEnd = stream.ConfigureAwait(false);
        var (kept, told) = (Math.Max(0, needles.Longest - 1), new HashSet<string>(StringComparer.Ordinal));
        var buffer = new byte[Piece + kept];
        for (var (held, begin) = (0, 0L); await stream.ReadAtLeastAsync(buffer.AsMemory(held), 1, false, cancellation).ConfigureAwait(false) is > 0 and var read;)
        {
            foreach (var (name, at) in needles.In(Encoding.Latin1.GetString(buffer, 0, held + read)))
            {
                if (told.Add(name))
                {
                    traces.Add(new(name, file, begin + at));
                }
            }

            var keep = Math.Min(kept, held + read);
            buffer.AsSpan(held + read - keep, keep).CopyTo(buffer);
            (held, begin) = (keep, begin + held + read - keep);
        }

        return stream.Position;
    }

    private static IEnumerable<(string Process, string Line)> CommandLines()
    {
        if (!OperatingSystem.IsLinux())
        {
            yield break;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => Path.GetFileName(folder).All(char.IsAsciiDigit)))
        {
            string line, name;
            try
            {
                (line, name) = (File.ReadAllText(Path.Combine(folder, "cmdline"), Encoding.Latin1), File.ReadAllText(Path.Combine(folder, "comm")).Trim());
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                continue; // it has ended, or is somebody else's
            }

            yield return (string.Create(CultureInfo.InvariantCulture, $"process {Path.GetFileName(folder)} ({name})"), line);
        }
    }
}
