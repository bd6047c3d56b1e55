using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>
/// Reads <c>DATA</c>: what is empty is <c>{}</c> or <c>[]</c> whatever it holds otherwise, and one record may come in a list of its own.
/// </summary>
internal static class V3Data
{
    private static readonly JsonElement Nothing = Parse("{}");
    private static readonly JsonElement None = Parse("[]");

    /// <exception cref="JsonException">It cannot be read as that.</exception>
    public static T Read<T>(JsonElement data, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(Shaped(data, type.Kind == JsonTypeInfoKind.Enumerable), type) ?? throw new JsonException("DATA is null");

    private static JsonElement Shaped(JsonElement data, bool isList) => data.ValueKind switch
    {
        JsonValueKind.Object when isList => data.EnumerateObject().Any() ? Parse($"[{data.GetRawText()}]") : None,
        JsonValueKind.Array when !isList => data.GetArrayLength() > 0 ? data[0] : Nothing,
        JsonValueKind.Undefined => throw new JsonException("there is no DATA"),
        _ => data,
    };

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
