using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinodeEmulator.State;

namespace LinodeEmulator.Wire;

internal sealed record EntityWire([property: JsonConverter(typeof(EntityIdConverter))] string Id, string Type, string Label, string Url)
{
    public static EntityWire? Of(Entity? entity) => entity is null ? null : new EntityWire(entity.Id, entity.Type, entity.Label, entity.Url);
}

/// <summary>Ids of entities are numbers on the wire but for those of images.</summary>
internal sealed class EntityIdConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetInt64().ToString(CultureInfo.InvariantCulture) : reader.GetString()!;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(value);
        }
    }
}
