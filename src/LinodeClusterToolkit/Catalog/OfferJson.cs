using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Catalog;

/// <summary>An offer as JSON, for a cache file; the lists shipped with the library are written the same way.</summary>
internal static class OfferJson
{
    // Raised when the shape changes, so that a file of another release is never half understood.
    private const int Format = 1;

    /// <summary>Writes the whole offer.</summary>
    public static void Write(Stream to, LinodeOffer offer) =>
        JsonSerializer.Serialize(to, new OfferFile(Format, offer), OfferJsonContext.Default.OfferFile);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is not JSON, lacks a part, or was written in another format.</exception>
    public static LinodeOffer Read(Stream from)
    {
        var file = JsonSerializer.Deserialize(from, OfferJsonContext.Default.OfferFile);
        return file is { Format: Format }
            ? file.Offer
            : throw new JsonException($"the catalogue has format {file?.Format.ToString() ?? "null"}, not {Format}");
    }
}

internal sealed record OfferFile(int Format, LinodeOffer Offer);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(WordSetConverter)])]
[JsonSerializable(typeof(OfferFile))]
[JsonSerializable(typeof(IReadOnlyList<Region>))]
[JsonSerializable(typeof(IReadOnlyList<NodeType>))]
[JsonSerializable(typeof(IReadOnlyList<Image>))]
[JsonSerializable(typeof(IReadOnlyList<Kernel>))]
[JsonSerializable(typeof(HashSet<string>))]
internal sealed partial class OfferJsonContext : JsonSerializerContext;

/// <summary>The serializer can make sets, but not the read-only ones our records hold.</summary>
internal sealed class WordSetConverter : JsonConverter<IReadOnlySet<string>>
{
    public override IReadOnlySet<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, OfferJsonContext.Default.HashSetString)!;

    public override void Write(Utf8JsonWriter writer, IReadOnlySet<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var word in value)
        {
            writer.WriteStringValue(word);
        }

        writer.WriteEndArray();
    }
}
