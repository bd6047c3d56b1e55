using System.Diagnostics;
using System.IO.Enumeration;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>Files as they were read, each kept until it is another: used by one thread at a time, under the lock.</summary>
/// <remarks>
/// A file is known by its length and time. Times are coarse: a file that was written just before it was read may be written again and look the same,
/// so one so young counts only as long as no other process has written anything.
/// </remarks>
internal sealed class FileCache(string root)
{
    /// <summary>Coarser than the clock of any file system in use but those that count in seconds, where a person's hand is as slow.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a list of files may be behind what somebody does by hand; what processes do is seen at once.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>Where there are so many files that a look at all of them takes long: how many times as long as that.</summary>
    private const int Patience = 10;

    private readonly Dictionary<string, CachedFolder> folders = new(StringComparer.Ordinal);
    private long generation = -1;
    private long epoch;

    /// <summary>Is told the generation of the files when the lock was taken.</summary>
    public void See(long seen)
    {
        epoch += seen == generation ? 0 : 1;
        generation = seen;
    }

    /// <summary>Is told the generation this process has made.</summary>
    public void Own(long made) => generation = made;

    /// <summary>What a file holds; null where there is none.</summary>
    /// <param name="path">The file, below the root.</param>
    /// <param name="parse">Reads it, told its full name.</param>
    public object? Get(string path, Func<byte[], string, object> parse)
    {
        var (folder, name) = Split(path);
        var file = new FileInfo(Path.Combine(root, path));
        if (!file.Exists)
        {
            folder.Files.Remove(name);
            return null;
        }

        var stamp = new FileStamp(file.Length, file.LastWriteTimeUtc);
        if (!folder.Files.TryGetValue(name, out var known) || !IsCurrent(known, stamp))
        {
            folder.Files[name] = known = Read(file.FullName, stamp, parse);
        }

        return known.Value;
    }

    /// <summary>What the JSON files of a folder hold; hidden ones, and other people's, are left alone.</summary>
    public IEnumerable<object> All(string path, Func<byte[], string, object> parse)
    {
        var folder = Folder(path);
        if (folder.Swept == 0 || folder.Epoch != epoch || Stopwatch.GetElapsedTime(folder.Swept) > folder.Fresh)
        {
            var begun = Stopwatch.GetTimestamp();
            Sweep(folder, Path.Combine(root, path), parse);
            var patience = Patience * Stopwatch.GetElapsedTime(begun);
            (folder.Epoch, folder.Swept, folder.Fresh) = (epoch, Stopwatch.GetTimestamp(), patience > Fresh ? patience : Fresh);
        }

        return folder.Files.Where(file => IsListed(file.Key)).Select(file => file.Value.Value);
    }

    /// <summary>Keeps what this process has written itself.</summary>
    public void Keep(string path, object? value)
    {
        var (folder, name) = Split(path);
        var file = new FileInfo(Path.Combine(root, path));
        if (value is not null && file.Exists)
        {
            folder.Files[name] = new(value, new(file.Length, file.LastWriteTimeUtc), DateTime.UtcNow, epoch);
        }
        else
        {
            folder.Files.Remove(name);
        }
    }

    private (CachedFolder Folder, string Name) Split(string path)
    {
        var at = path.LastIndexOf('/');
        return (Folder(at < 0 ? "" : path[..at]), path[(at + 1)..]);
    }

    private CachedFolder Folder(string path)
    {
        if (!folders.TryGetValue(path, out var folder))
        {
            folders.Add(path, folder = new());
        }

        return folder;
    }

    private bool IsCurrent(CachedFile known, FileStamp stamp) =>
        known.Stamp == stamp && (known.Epoch == epoch || known.Stamp.Written + Grain < known.Seen);

    private CachedFile Read(string full, FileStamp stamp, Func<byte[], string, object> parse)
    {
        var seen = DateTime.UtcNow;
        return new(parse(File.ReadAllBytes(full), full), stamp, seen, epoch);
    }

    private void Sweep(CachedFolder folder, string full, Func<byte[], string, object> parse)
    {
        var there = folder.Files.Where(file => !IsListed(file.Key)).ToDictionary(StringComparer.Ordinal);
        var other = new List<(string Name, FileStamp Stamp)>();
        foreach (var (name, stamp) in List(full))
        {
            if (folder.Files.TryGetValue(name, out var known) && IsCurrent(known, stamp))
            {
                there.Add(name, known);
            }
            else
            {
                other.Add((name, stamp));
            }
        }

        var read = new (CachedFile? File, Exception? Thrown)[other.Count];
        Parallel.For(0, other.Count, at =>
        {
            try
            {
                read[at] = (Read(Path.Combine(full, other[at].Name), other[at].Stamp, parse), null);
            }
            catch (Exception thrown)
            {
                read[at] = (null, thrown);
            }
        });
        if (read.Select(one => one.Thrown).FirstOrDefault(thrown => thrown is not null) is { } failed)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failed);
        }

        for (var at = 0; at < other.Count; at++)
        {
            there.Add(other[at].Name, read[at].File!);
        }

        folder.Files = there;
    }

    private static IEnumerable<(string Name, FileStamp Stamp)> List(string full) => Directory.Exists(full)
        ? new FileSystemEnumerable<(string, FileStamp)>(
            full,
            (ref FileSystemEntry entry) => (entry.FileName.ToString(), new FileStamp(entry.Length, entry.LastWriteTimeUtc.UtcDateTime)),
            new() { AttributesToSkip = 0 })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => IsListed(entry.FileName) && !entry.IsDirectory,
        }
        : [];

    private static bool IsListed(ReadOnlySpan<char> name) => name.EndsWith(JsonText.Ending, StringComparison.Ordinal) && name[0] != '.';

    private readonly record struct FileStamp(long Length, DateTime Written);

    private sealed record CachedFile(object Value, FileStamp Stamp, DateTime Seen, long Epoch);

    private sealed class CachedFolder
    {
        public Dictionary<string, CachedFile> Files { get; set; } = new(StringComparer.Ordinal);

        /// <summary>When all its files were last looked at; 0 for never.</summary>
        public long Swept { get; set; }

        /// <summary>How long that is good for.</summary>
        public TimeSpan Fresh { get; set; }

        public long Epoch { get; set; }
    }
}
