using System.Text;
using System.Text.Json.Serialization.Metadata;
using LinodeClusterToolkit.JsonFiles;

namespace LinodeClusterToolkit.Inventory;

/// <summary>Changes of state as lines of one file for a context, so that their numbers stand in their order; only ever added to.</summary>
/// <param name="scope">Folder of the context.</param>
internal sealed class JsonChanges(string scope)
{
    private static readonly JsonTypeInfo<StateChange> Form = JsonForm.Of<StateChange>(RecordJson.Default);

    private readonly string path = scope + "changes.jsonl";

    public void Add(FileTransaction to, IEnumerable<StateChange> changes)
    {
        foreach (var change in changes)
        {
            var last = to.LastLine(path) is { } line ? Number(line, to.Full(path)) : 0;
            to.AddText(path, JsonText.WriteLine(change with { Number = last + 1 }, Form));
        }
    }

    public List<StateChange> List(FileView view, ChangeQuery query)
    {
        // A line that is wanted holds these words; they are looked at closely where it does.
        byte[][] holds =
        [
            .. new[] { query.ClusterId?.ToString("D"), query.NodeKey is { } key && IsPlain(key) ? key : null }
                .OfType<string>().Select(Encoding.UTF8.GetBytes),
        ];
        return
        [
            .. from change in SortedLines.After(view.Full(path), Form, change => change.Number, query.After, holds)
               where (query.ClusterId is null || change.ClusterId == query.ClusterId) && (query.NodeKey is null || change.NodeKey == query.NodeKey)
               select change,
        ];
    }

    public long Last(FileView view) => SortedLines.LastIn(view.Full(path)) is { } line ? Number(line, view.Full(path)) : 0;

    private static long Number(byte[] line, string full) => JsonText.Read(line, Form, full).Number;

    // Others may stand there in another form than their own.
    private static bool IsPlain(string key) => key.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '/' or '-' or '_' or '.');
}
