using System.Globalization;
using System.Text.Json.Nodes;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>How freely API v3 takes the types of what it answers with.</summary>
internal static class Loose
{
    /// <summary>A text that looks like a number comes as one: a Linode called <c>42</c> has the label 42.</summary>
    public static JsonNode Text(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (text[0] != '0' || text.Length == 1)
            ? number
            : text;

    public static JsonNode Flag(bool flag) => flag ? 1 : 0;

    /// <summary>A number that is not set is an empty text.</summary>
    public static JsonNode Number(long? number) => number is { } known ? known : "";

    public static JsonArray Rows(IEnumerable<JsonObject> rows) => new([.. rows]);
}
