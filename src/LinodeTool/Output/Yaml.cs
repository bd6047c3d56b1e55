using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LinodeTool.Output;

/// <summary>Prints a JSON document as YAML; what could be read as anything but text is quoted.</summary>
internal static partial class Yaml
{
    public static string From(JsonNode? node)
    {
        var text = new StringBuilder();
        switch (node)
        {
            case JsonObject { Count: > 0 } or JsonArray { Count: > 0 }:
                Block(text, node, 0, inline: false);
                break;
            default:
                text.Append(Flow(node)).Append('\n');
                break;
        }

        return text.ToString();
    }

    /// <param name="text">Grows.</param>
    /// <param name="node">A mapping or sequence that is not empty.</param>
    /// <param name="indent">Columns to the left.</param>
    /// <param name="inline">True where the first line continues a dash.</param>
    private static void Block(StringBuilder text, JsonNode node, int indent, bool inline)
    {
        if (node is JsonObject mapping)
        {
            foreach (var (key, value) in mapping)
            {
                Start(text, indent, ref inline);
                text.Append(Scalar(key)).Append(':');
                Value(text, value, value is JsonArray ? indent : indent + 2);
            }
        }
        else
        {
            foreach (var item in node.AsArray())
            {
                Start(text, indent, ref inline);
                text.Append('-');
                if (item is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
                {
                    text.Append(' ');
                    Block(text, item, indent + 2, inline: true);
                }
                else
                {
                    text.Append(' ').Append(Flow(item)).Append('\n');
                }
            }
        }
    }

    private static void Value(StringBuilder text, JsonNode? value, int indent)
    {
        if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            text.Append('\n');
            Block(text, value, indent, inline: false);
        }
        else
        {
            text.Append(' ').Append(Flow(value)).Append('\n');
        }
    }

    private static void Start(StringBuilder text, int indent, ref bool inline)
    {
        if (!inline)
        {
            text.Append(' ', indent);
        }

        inline = false;
    }

    private static string Flow(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        JsonValue value when value.TryGetValue<string>(out var word) => Scalar(word),
        _ => node.ToJsonString(),
    };

    private static string Scalar(string word) =>
        PlainWord().IsMatch(word) && !Special().IsMatch(word) ? word : JsonValue.Create(word).ToJsonString();

    [GeneratedRegex(@"^[A-Za-z_/][A-Za-z0-9_./@+() -]*(?<! )\z")]
    private static partial Regex PlainWord();

    [GeneratedRegex(@"^(true|false|null|yes|no|on|off|y|n)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Special();
}
