using System.Text;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>What reads files, as they are or as a transaction is going to make them.</summary>
internal interface IFiles
{
    /// <summary>What a file holds; null where there is none.</summary>
    T? Get<T>(string path, DocumentKind<T> kind)
        where T : class;

    /// <summary>A file that is text as it stands; null where there is none.</summary>
    string? GetText(string path);

    /// <summary>Names of the folders in a folder, in order.</summary>
    IReadOnlyList<string> Folders(string path);

    /// <summary>Full name of a file or folder, for messages.</summary>
    string Full(string path);
}

/// <summary>The files as they are, all of one moment.</summary>
/// <param name="root">The folder.</param>
/// <param name="cache">What was read of it.</param>
internal sealed class FileView(string root, FileCache cache) : IFiles
{
    public T? Get<T>(string path, DocumentKind<T> kind)
        where T : class => (T?)cache.Get(path, (text, full) => Read(text, full, kind));

    public string? GetText(string path) => (string?)cache.Get(path, (text, full) => Encoding.UTF8.GetString(text));

    /// <summary>A file as it stands, not kept in memory; null where there is none.</summary>
    public byte[]? GetBytes(string path) => File.Exists(Full(path)) ? File.ReadAllBytes(Full(path)) : null;

    /// <summary>What all files of that kind in a folder hold, in no order.</summary>
    public IEnumerable<T> All<T>(string folder, DocumentKind<T> kind)
        where T : class => cache.All(folder, (text, full) => Read(text, full, kind)).Cast<T>();

    public IReadOnlyList<string> Folders(string path) => Directory.Exists(Full(path))
        ?
        [
            .. Directory.EnumerateDirectories(Full(path)).Select(folder => Path.GetFileName(folder)).Where(name => name[0] != '.')
                .Order(StringComparer.Ordinal),
        ]
        : [];

    /// <summary>The last line of each key, in the order of the keys' first lines.</summary>
    public OrderedDictionary<string, T> Lines<T>(string path, LineKind<T> kind)
        where T : class => (OrderedDictionary<string, T>?)cache.Get(path, (text, full) => ReadLines(text, full, kind)) ?? new(StringComparer.Ordinal);

    public string Full(string path) => Path.Combine(root, path);

    private static T Read<T>(byte[] text, string full, DocumentKind<T> kind)
        where T : class
    {
        var value = kind.Mend(JsonText.Read(text, kind.Type, full));
        if (kind.Key is not null && kind.FileOf(value) != Path.GetFileName(full))
        {
            throw new LinodeToolkitException(JsonProblems.NotItself(full, kind.Key(value), kind.FileOf(value)));
        }

        return value;
    }

    private static OrderedDictionary<string, T> ReadLines<T>(byte[] text, string full, LineKind<T> kind)
        where T : class
    {
        var lines = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        var number = 1;
        for (var rest = text.AsSpan(); rest.Length > 0; number++)
        {
            var end = rest.IndexOf((byte)'\n') is >= 0 and var at ? at : rest.Length;
            if (rest[..end].Trim(" \r\t"u8).Length > 0)
            {
                var here = number;
                var value = JsonText.Read(rest[..end], kind.Type, full, () => here);
                lines[kind.Key(value)] = value;
            }

            rest = rest[Math.Min(end + 1, rest.Length)..];
        }

        return lines;
    }
}
