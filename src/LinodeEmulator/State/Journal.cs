using System.Text;
using System.Text.Json;

namespace LinodeEmulator.State;

/// <summary>The cloud on disk: a file of lines, each a row as it was after a change. What a request changed is written before its answer is sent, as
/// one batch that ends in an empty line; a batch torn by a kill is left out on reading. At each start the file is written anew, without what is no
/// longer so.</summary>
internal sealed class Journal : IDisposable
{
    private const long WorthRewriting = 64 << 20;

    private readonly string _path;
    private readonly Cloud _cloud;
    private FileStream _file;
    private long _rewrittenAt;

    private Journal(string path, Cloud cloud)
    {
        _path = path;
        _cloud = cloud;
        foreach (var table in cloud.Tables)
        {
            table.KeepsChanges = true;
        }

        _file = Rewrite();
    }

    internal sealed record Change(string Table, long Id, JsonElement? Row);

    public static Journal Open(string directory, Cloud cloud)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var path = Path.Combine(directory, "cloud.jsonl");
        if (File.Exists(path))
        {
            Read(path, cloud);
        }

        return new Journal(path, cloud);
    }

    /// <summary>Writes what changed since the last call.</summary>
    public void Save()
    {
        var batch = Batch(table => table.TakeChanges());
        if (batch.Length > 0)
        {
            Append(_file, batch);
            if (_file.Length > WorthRewriting && _file.Length > 4 * _rewrittenAt)
            {
                StartOver();
            }
        }
    }

    /// <summary>Forgets what was written, after the cloud has been emptied.</summary>
    public void StartOver()
    {
        _file.Dispose();
        _file = Rewrite();
    }

    public void Dispose() => _file.Dispose();

    private static void Append(FileStream file, StringBuilder batch)
    {
        file.Write(Encoding.UTF8.GetBytes(batch.Append('\n').ToString()));
        file.Flush();
    }

    private static void Read(string path, Cloud cloud)
    {
        var tables = cloud.Tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        var batch = new List<string>();
        foreach (var line in File.ReadLines(path))
        {
            if (line.Length > 0)
            {
                batch.Add(line);
                continue;
            }

            foreach (var change in batch.Select(text => JsonSerializer.Deserialize(text, StateJson.Default.Change)!))
            {
                tables[change.Table].Load(change.Id, change.Row);
            }

            batch.Clear();
        }

        cloud.Work.Restore();
    }

    private FileStream Rewrite()
    {
        var fresh = _path + ".new";
        using (var file = Create(fresh))
        {
            Append(file, Batch(table => table.Everything()));
            file.Flush(flushToDisk: true);
            _rewrittenAt = file.Length;
        }

        foreach (var table in _cloud.Tables)
        {
            foreach (var _ in table.TakeChanges())
            {
                // The whole table has just been written: what it still holds as changed is in there.
            }
        }

        File.Move(fresh, _path, overwrite: true);
        return new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private StringBuilder Batch(Func<ITable, IEnumerable<(long Id, string? Json)>> rows)
    {
        var batch = new StringBuilder();
        foreach (var table in _cloud.Tables)
        {
            foreach (var (id, json) in rows(table))
            {
                batch.Append("{\"table\":\"").Append(table.Name).Append("\",\"id\":").Append(id);
                batch.Append(json is null ? "" : ",\"row\":" + json).Append("}\n");
            }
        }

        return batch;
    }
}
