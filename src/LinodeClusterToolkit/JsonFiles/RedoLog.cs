using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>What was decided and may not stand in the files yet, or not for good: a record a commit, flushed before anybody is told.</summary>
/// <remarks>
/// Raw shape of a record, where counts are of bytes:
/// <code>
/// record 412
/// put 380 clusters/web.1f2e3d4c/nodes/us-east.db.1.json
/// …
/// add 150 9120 changes.jsonl
/// …
/// end 9f86d081…
/// </code>
/// </remarks>
internal sealed class RedoLog(string path, FolderDisk disk)
{
    public string Path { get; } = path;

    public long Length => new FileInfo(Path) is { Exists: true } file ? file.Length : 0;

    /// <summary>Adds a record; decided once this returns. Where it fails, nothing of it is left.</summary>
    public long Append(IReadOnlyList<FileChange> changes)
    {
        var start = Length;
        var made = start == 0 && !File.Exists(Path);
        using (var file = PrivateFiles.Open(Path, FileMode.OpenOrCreate))
        {
            try
            {
                file.Position = start;
                disk.Say("write half of the record");
                Write(file, changes);
                disk.Say("flush the record");
                file.Flush(flushToDisk: true);
            }
            catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
            {
                file.SetLength(start);
                throw;
            }
        }

        if (made)
        {
            DurableFolder.Flush(System.IO.Path.GetDirectoryName(Path)!);
        }

        return Length;
    }

    public void Cut(long length)
    {
        disk.Say("cut the log");
        if (Length > length)
        {
            using var file = PrivateFiles.Open(Path, FileMode.OpenOrCreate);
            file.SetLength(length);
        }
    }

    /// <summary>The records from a place on; one that is torn at the end was never decided, and is cut off by whoever plays them.</summary>
    /// <param name="from">Where to begin.</param>
    /// <param name="end">Where the last whole one ends.</param>
    /// <returns>The changes, each with the end of its record.</returns>
    public List<(FileChange Change, long End)> Read(long from, out long end)
    {
        var log = File.Exists(Path) ? File.ReadAllBytes(Path) : [];
        var changes = new List<(FileChange, long)>();
        for (end = from; end < log.Length;)
        {
            var rest = log.AsSpan((int)end);
            var head = rest.IndexOf((byte)'\n');
            if (head < 0)
            {
                break;
            }

            var body = Number(rest[..head], "record ", end);
            var whole = head + 1 + body + Trailer;
            if (whole > rest.Length)
            {
                break;
            }

            if (!IsSealed(rest[(head + 1)..], body))
            {
                // The end of a torn one may be there and the middle not; in one that others follow, that cannot be.
                if (whole == rest.Length)
                {
                    break;
                }

                throw Broken(end);
            }

            var (start, until) = (end, end + whole);
            changes.AddRange(ReadBody(rest.Slice(head + 1, body), start).Select(change => (change, until)));
            end = until;
        }

        return changes;
    }

    private const int Trailer = 4 + 64 + 1;

    private static void Write(Stream to, IReadOnlyList<FileChange> changes)
    {
        var heads = changes.Select(change => Encoding.UTF8.GetBytes(FormattableString.Invariant(change.Kind switch
        {
            ChangeKind.Put => $"put {change.Content.Length} {change.Path}\n",
            ChangeKind.Add => $"add {change.Content.Length} {change.Offset} {change.Path}\n",
            _ => (FormattableString)$"delete 0 {change.Path}\n",
        }))).ToArray();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new BufferedStream(to, 1 << 18); // not closed: the file is still to be flushed
        var body = heads.Sum(head => (long)head.Length) + changes.Sum(change => (long)change.Content.Length);
        buffer.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"record {body}\n")));
        for (var at = 0; at < heads.Length; at++)
        {
            foreach (var part in new[] { heads[at], changes[at].Content })
            {
                hash.AppendData(part);
                buffer.Write(part);
            }
        }

        buffer.Write(Encoding.UTF8.GetBytes($"end {Convert.ToHexStringLower(hash.GetHashAndReset())}\n"));
        buffer.Flush();
    }

    private static bool IsSealed(ReadOnlySpan<byte> record, int body) =>
        record.Slice(body, Trailer).SequenceEqual(
            Encoding.UTF8.GetBytes($"end {Convert.ToHexStringLower(SHA256.HashData(record[..body]))}\n"));

    private List<FileChange> ReadBody(ReadOnlySpan<byte> body, long at)
    {
        var changes = new List<FileChange>();
        while (body.Length > 0)
        {
            var line = Encoding.UTF8.GetString(body[..body.IndexOf((byte)'\n')]);
            body = body[(body.IndexOf((byte)'\n') + 1)..];
            var kind = line.Split(' ')[0];
            var parts = line.Split(' ', kind == "add" ? 4 : 3);
            var length = int.Parse(parts[1], CultureInfo.InvariantCulture);
            changes.Add(new(
                kind switch
                {
                    "put" => ChangeKind.Put,
                    "add" => ChangeKind.Add,
                    "delete" => ChangeKind.Delete,
                    _ => throw Broken(at),
                },
                parts[^1], body[..length].ToArray(), kind == "add" ? long.Parse(parts[2], CultureInfo.InvariantCulture) : 0));
            body = body[length..];
        }

        return changes;
    }

    private int Number(ReadOnlySpan<byte> line, string word, long at) =>
        Encoding.UTF8.GetString(line) is var text && text.StartsWith(word, StringComparison.Ordinal)
        && int.TryParse(text.AsSpan(word.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Broken(at);

    private LinodeToolkitException Broken(long at) => new(JsonProblems.BrokenLog(
        Path, $"no record of this toolkit stands at byte {at.ToString(CultureInfo.InvariantCulture)}; records written before it are in the files"));
}
