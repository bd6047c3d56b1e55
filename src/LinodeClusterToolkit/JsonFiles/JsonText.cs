using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>JSON as it stands in files: a member a line, members in a fixed order, so that a change of one fact is a change of one line.</summary>
internal static class JsonText
{
    public const string Ending = ".json";

    private static readonly JsonWriterOptions Page = new()
    {
        Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>A whole file.</summary>
    /// <param name="value">What it holds.</param>
    /// <param name="type">Its form.</param>
    /// <param name="before">What stands there: members that the form does not know are kept, as a newer version may have written them.</param>
    public static byte[] Write<T>(T value, JsonTypeInfo<T> type, byte[]? before)
    {
        var text = Write(Page, json => JsonSerializer.Serialize(json, value, type));
        return before is not null && type.Kind == JsonTypeInfoKind.Object && Unknown(before, type) is { Count: > 0 } unknown
            ? WithUnknown(text, unknown)
            : text;
    }

    /// <summary>A line, its end included.</summary>
    public static byte[] WriteLine<T>(T value, JsonTypeInfo<T> type) => Write(OneLine, json => JsonSerializer.Serialize(json, value, type));

    /// <summary>Reads a whole file, or a line of one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="type">Its form.</param>
    /// <param name="path">Where it is, for problems.</param>
    /// <param name="line">Tells the number of its first line; null for 1.</param>
    /// <exception cref="LinodeToolkitException">LCT7110: it is something else.</exception>
    public static T Read<T>(ReadOnlySpan<byte> text, JsonTypeInfo<T> type, string path, Func<int>? line = null)
        where T : class
    {
        try
        {
            var plain = text.StartsWith(ByteOrderMark) ? text[ByteOrderMark.Length..] : text;
            return JsonSerializer.Deserialize(plain, type) ?? throw new JsonException("it is null");
        }
        catch (JsonException thrown)
        {
            var at = new SourcePosition(path, (line?.Invoke() ?? 1) + (int)(thrown.LineNumber ?? 0), 1 + (int)(thrown.BytePositionInLine ?? 0));
            throw new LinodeToolkitException(JsonProblems.Damaged(at, thrown.Message), thrown);
        }
    }

    private static List<JsonProperty> Unknown(byte[] before, JsonTypeInfo type)
    {
        // Read already when the value was, so it is sound; where it is not, whoever reads it next says so.
        var known = type.Properties.Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(before.AsMemory(before.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0));
        return
        [
            .. from member in document.RootElement.Clone().EnumerateObject()
               where !known.Contains(member.Name)
               select member,
        ];
    }

    private static byte[] WithUnknown(byte[] text, List<JsonProperty> unknown) => Write(Page, json =>
    {
        using var document = JsonDocument.Parse(text);
        json.WriteStartObject();
        foreach (var member in document.RootElement.EnumerateObject().Concat(unknown))
        {
            member.WriteTo(json);
        }

        json.WriteEndObject();
    });

    private static byte[] Write(JsonWriterOptions layout, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, layout))
        {
            write(json);
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
