using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;

namespace LinodeTool.Output;

/// <summary>The forms a result can be asked for in.</summary>
internal enum OutputFormat
{
    Table,
    Wide,
    Json,
    Yaml,
    Name,
}

/// <summary>How things of one kind are shown in every form.</summary>
internal sealed record Shape<T>(JsonTypeInfo<T> Json, Func<T, string> Name, IReadOnlyList<Column<T>> Columns);

/// <summary>Writes results, and nothing else, to standard output.</summary>
internal sealed class ResultView(TextWriter output, OutputFormat format, IReadOnlyList<string>? columns, bool header)
{
    public bool IsText => format is OutputFormat.Table or OutputFormat.Wide;

    /// <summary>True where the columns of a table were asked for.</summary>
    public bool HasColumns => columns is not null;

    public bool IsNames => format == OutputFormat.Name;

    public bool IsDocument => format is OutputFormat.Json or OutputFormat.Yaml;

    /// <summary>A list: rows, an array, or names.</summary>
    public void List<T>(IReadOnlyList<T> rows, Shape<T> shape)
    {
        switch (format)
        {
            case OutputFormat.Json:
                Write(Json(writer =>
                {
                    writer.WriteStartArray();
                    foreach (var row in rows)
                    {
                        JsonSerializer.Serialize(writer, row, shape.Json);
                    }

                    writer.WriteEndArray();
                }));
                break;
            case OutputFormat.Yaml:
                output.Write(Yaml.From(new JsonArray([.. rows.Select(row => JsonSerializer.SerializeToNode(row, shape.Json))])));
                break;
            case OutputFormat.Name:
                WriteLines(rows.Select(shape.Name));
                break;
            default:
                WriteLines(Table.Lines(rows, Chosen(shape.Columns), header));
                break;
        }
    }

    /// <summary>One thing: text for people, a document, or its name.</summary>
    public void One<T>(T item, Shape<T> shape, Func<T, IEnumerable<string>> text)
    {
        switch (format)
        {
            case OutputFormat.Json:
                Write(Json(writer => JsonSerializer.Serialize(writer, item, shape.Json)));
                break;
            case OutputFormat.Yaml:
                output.Write(Yaml.From(JsonSerializer.SerializeToNode(item, shape.Json)));
                break;
            case OutputFormat.Name:
                output.WriteLine(shape.Name(item));
                break;
            default:
                WriteLines(columns is null ? text(item) : Table.Lines([item], Chosen(shape.Columns), header));
                break;
        }
    }

    /// <summary>Text that is the same in every form, such as a schema or a script.</summary>
    public void Raw(string text) => output.Write(text.EndsWith('\n') ? text : text + "\n");

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private IReadOnlyList<Column<T>> Chosen<T>(IReadOnlyList<Column<T>> all) => columns is null
        ? [.. all.Where(column => format == OutputFormat.Wide || !column.Wide)]
        : [.. columns.Select(name => all.FirstOrDefault(column => column.Name == name) ?? throw new LinodeToolkitException(
            Unknown(name, [.. all.Select(column => column.Name)])))];

    private static Problem Unknown(string column, IReadOnlyList<string> known) =>
        UsageProblems.BadValue("--columns", column, $"names out of {string.Join(", ", known)}", known);

    private void Write(string text) => output.WriteLine(text);

    private void WriteLines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            output.WriteLine(line);
        }
    }
}
