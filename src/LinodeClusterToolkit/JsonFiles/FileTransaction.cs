using System.Text;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>Changes of files that are going to be made together; what was changed in it reads as changed.</summary>
/// <param name="view">The files as they are.</param>
internal sealed class FileTransaction(FileView view) : IFiles
{
    private readonly Dictionary<string, Staged> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StagedLines> lines = new(StringComparer.Ordinal);
    private readonly Stack<Action> undo = new();

    public T? Get<T>(string path, DocumentKind<T> kind)
        where T : class => files.TryGetValue(path, out var staged) ? (T?)staged.Value : view.Get(path, kind);

    public string? GetText(string path) => files.TryGetValue(path, out var staged) ? (string?)staged.Value : view.GetText(path);

    public IReadOnlyList<string> Folders(string path)
    {
        var below = path + "/";
        return
        [
            .. files.Where(file => file.Value.Value is not null && file.Key.StartsWith(below, StringComparison.Ordinal))
                .Select(file => file.Key[below.Length..].Split('/')).Where(parts => parts.Length > 1).Select(parts => parts[0])
                .Concat(view.Folders(path)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    public string Full(string path) => view.Full(path);

    /// <summary>Makes a file hold that.</summary>
    public void Put<T>(string path, T value, DocumentKind<T> kind)
        where T : class
    {
        var before = Bytes(path);
        Stage(path, before, JsonText.Write(value, kind.Type, before), value);
    }

    /// <summary>Makes a file be that text.</summary>
    public void PutText(string path, string text) => Stage(path, Bytes(path), Encoding.UTF8.GetBytes(text), text);

    /// <summary>Takes a file away; false where there is none.</summary>
    public bool Delete(string path)
    {
        if (Bytes(path) is null)
        {
            return false;
        }

        Set(path, new(null, null));
        return true;
    }

    /// <summary>The last line under a key; null where there is none.</summary>
    public T? Line<T>(string path, LineKind<T> kind, string key)
        where T : class => lines.TryGetValue(path, out var staged) && staged.Last.TryGetValue(key, out var value)
            ? (T?)value
            : view.Lines(path, kind).GetValueOrDefault(key);

    /// <summary>Adds a line to a file; it takes the place of the one under its key.</summary>
    public void AddLine<T>(string path, LineKind<T> kind, T value)
        where T : class
    {
        var file = Lines(path);
        var key = kind.Key(value);
        var had = file.Last.TryGetValue(key, out var before);
        file.Last[key] = value;
        file.Text.Add(JsonText.WriteLine(value, kind.Type));
        file.Keep ??= () =>
        {
            var known = view.Lines(path, kind);
            foreach (var (last, now) in file.InOrder)
            {
                known[last] = (T)now;
            }

            return known;
        };
        file.InOrder.Add((key, value));
        undo.Push(() =>
        {
            file.Text.RemoveAt(file.Text.Count - 1);
            file.InOrder.RemoveAt(file.InOrder.Count - 1);
            if (had)
            {
                file.Last[key] = before!;
            }
            else
            {
                file.Last.Remove(key);
            }
        });
    }

    /// <summary>The line that is going to be the last of a file; null where it has none.</summary>
    public byte[]? LastLine(string path) => Lines(path).Text is [.., var last] ? last : SortedLines.LastIn(view.Full(path));

    /// <summary>Adds a line to a file whose lines are not kept in memory.</summary>
    public void AddText(string path, byte[] line)
    {
        var file = Lines(path);
        file.Text.Add(line);
        undo.Push(() => file.Text.RemoveAt(file.Text.Count - 1));
    }

    /// <summary>Where it stands, to come back to.</summary>
    public int Mark() => undo.Count;

    /// <summary>Takes back what was changed since.</summary>
    public void BackTo(int mark)
    {
        while (undo.Count > mark)
        {
            undo.Pop()();
        }
    }

    /// <summary>All it changes: first what is added, since that is what can still be taken back.</summary>
    public List<FileChange> Changes() =>
    [
        .. from file in lines
           where file.Value.Text.Count > 0
           select new FileChange(ChangeKind.Add, file.Key, file.Value.All(), file.Value.Length),
        .. from file in files
           select new FileChange(file.Value.Content is null ? ChangeKind.Delete : ChangeKind.Put, file.Key, file.Value.Content ?? []),
    ];

    /// <summary>What the changed files hold now, for whoever reads them next; to be asked for before they are changed.</summary>
    public List<(string Path, object? Value)> Values() =>
    [
        .. files.Select(file => (file.Key, file.Value.Value)),
        .. lines.Where(file => file.Value.Text.Count > 0).Select(file => (file.Key, file.Value.Keep?.Invoke())),
    ];

    private byte[]? Bytes(string path) => files.TryGetValue(path, out var staged) ? staged.Content : view.GetBytes(path);

    private void Stage(string path, byte[]? before, byte[] content, object value)
    {
        if (before is null || !before.AsSpan().SequenceEqual(content))
        {
            Set(path, new(content, value));
        }
    }

    private void Set(string path, Staged now)
    {
        var had = files.TryGetValue(path, out var before);
        files[path] = now;
        undo.Push(() =>
        {
            if (had)
            {
                files[path] = before!;
            }
            else
            {
                files.Remove(path);
            }
        });
    }

    private StagedLines Lines(string path)
    {
        if (!lines.TryGetValue(path, out var file))
        {
            var (length, isWhole) = SortedLines.EndOf(view.Full(path));
            lines.Add(path, file = new(length, isWhole ? [] : "\n"u8.ToArray()));
        }

        return file;
    }

    private sealed record Staged(byte[]? Content, object? Value);

    /// <param name="Length">How long the file is.</param>
    /// <param name="Start">What ends its last line, where somebody's editor left that out.</param>
    private sealed record StagedLines(long Length, byte[] Start)
    {
        public List<byte[]> Text { get; } = [];

        public List<(string Key, object Value)> InOrder { get; } = [];

        public Dictionary<string, object> Last { get; } = new(StringComparer.Ordinal);

        public Func<object>? Keep { get; set; }

        public byte[] All()
        {
            using var all = new MemoryStream();
            all.Write(Start);
            Text.ForEach(line => all.Write(line));
            return all.ToArray();
        }
    }
}
