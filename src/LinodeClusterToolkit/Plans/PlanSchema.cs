using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LinodeClusterToolkit.Plans.Keys;

namespace LinodeClusterToolkit.Plans;

/// <summary>The plan language as a JSON Schema, for editors; made from the declarations the reader itself uses.</summary>
public static class PlanSchema
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Variable = "^\\{[A-Za-z_][A-Za-z0-9_-]*\\}$";

    /// <summary>The schema (draft-07) as indented JSON.</summary>
    public static string Write()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            Write(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
        json.WriteString("title", "Cluster plan, version 1");
        WriteKeys(json, RootKeys.Plan);
        json.WriteStartObject("definitions");
        foreach (var shape in ShapesBelow(RootKeys.Plan).Distinct())
        {
            json.WriteStartObject(shape.Name);
            WriteKeys(json, shape);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteKeys(Utf8JsonWriter json, PlanShape shape)
    {
        json.WriteString("description", shape.Description);
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        foreach (var (name, key) in shape.Keys.Where(key => !key.Only2017).SelectMany(key => key.Names.Select(name => (name, key))))
        {
            json.WriteStartObject(name);
            json.WriteString("description", Description(name, key));
            WriteKind(json, key.Kind);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (shape.Keys.Any(key => key.Required))
        {
            json.WriteStartArray("required");
            foreach (var key in shape.Keys.Where(key => key.Required))
            {
                json.WriteStringValue(key.Name);
            }

            json.WriteEndArray();
        }
    }

    private static string Description(string name, PlanKey key) =>
        (name == key.Name ? key.Description : $"Another name of {key.Name}.")
        + (key.Later ? key.Now.Count == 0 ? " Not acted on yet." : $" Acted on so far: {string.Join(", ", key.Now)}." : "");

    private static void WriteKind(Utf8JsonWriter json, KeyKind kind)
    {
        switch (kind)
        {
            case VersionKind version:
                json.WriteNumber("const", version.Version);
                break;
            case ValueKind:
                Types(json, "string", "number", "boolean");
                break;
            case SectionKind section:
                json.WriteString("$ref", $"#/definitions/{section.Shape.Name.Replace(" ", "%20", StringComparison.Ordinal)}");
                break;
            case ListKind list:
                json.WriteString("type", "array");
                WriteChild(json, "items", list.Item);
                break;
            case NamesKind names:
                json.WriteString("type", "object");
                if (names.Name is { Pattern: { } named })
                {
                    json.WriteStartObject("propertyNames");
                    Pattern(json, named);
                    json.WriteEndObject();
                }

                WriteChild(json, "additionalProperties", names.Value);
                break;
            case EitherKind either:
                WriteEither(json, either.Kinds);
                break;
            case WholeKind whole:
                WriteOr(json, () =>
                {
                    json.WriteString("type", "integer");
                    json.WriteNumber("minimum", whole.Least);
                    json.WriteNumber("maximum", whole.Most);
                });
                break;
            case FlagKind:
                WriteOr(json, () => Words(json, "yes", "no", "on", "off", "true", "false"), () => json.WriteString("type", "boolean"));
                break;
            case WordKind word:
                WriteOr(json, () => Words(json, word.Words));
                break;
            case SizeKind:
                WriteOr(json, () => Pattern(json, "^[0-9]+(\\.[0-9]+)? ?(%|[MGTmgt][iI]?[bB]|[MGTmgt])$"));
                break;
            case DurationKind:
                WriteOr(json, () => Pattern(json, "^([0-9]+h)?([0-9]+m)?([0-9]+s)?$"));
                break;
            case TextKind { Pattern: { } pattern }:
                WriteOr(json, () => Pattern(json, pattern));
                break;
            default:
                Types(json, "string", "number");
                break;
        }
    }

    /// <summary>The kind itself, or a variable in its place.</summary>
    private static void WriteOr(Utf8JsonWriter json, params Action[] kinds)
    {
        json.WriteStartArray("anyOf");
        foreach (var kind in kinds.Append(() => Pattern(json, Variable)))
        {
            json.WriteStartObject();
            kind();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEither(Utf8JsonWriter json, IEnumerable<KeyKind> kinds)
    {
        json.WriteStartArray("anyOf");
        foreach (var kind in kinds)
        {
            json.WriteStartObject();
            WriteKind(json, kind);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteChild(Utf8JsonWriter json, string name, KeyKind kind)
    {
        json.WriteStartObject(name);
        WriteKind(json, kind);
        json.WriteEndObject();
    }

    private static void Types(Utf8JsonWriter json, params string[] types)
    {
        json.WriteStartArray("type");
        Array.ForEach(types, json.WriteStringValue);
        json.WriteEndArray();
    }

    private static void Words(Utf8JsonWriter json, params string[] words)
    {
        json.WriteStartArray("enum");
        Array.ForEach(words, json.WriteStringValue);
        json.WriteEndArray();
    }

    private static void Pattern(Utf8JsonWriter json, string pattern)
    {
        json.WriteString("type", "string");
        json.WriteString("pattern", pattern);
    }

    private static IEnumerable<PlanShape> ShapesBelow(PlanShape shape) =>
        shape.Keys.SelectMany(key => ShapesIn(key.Kind)).SelectMany(below => ShapesBelow(below).Prepend(below));

    private static IEnumerable<PlanShape> ShapesIn(KeyKind kind) => kind switch
    {
        SectionKind section => [section.Shape],
        ListKind list => ShapesIn(list.Item),
        NamesKind names => ShapesIn(names.Value),
        EitherKind either => either.Kinds.SelectMany(ShapesIn),
        _ => [],
    };
}
