using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>Times of the wire, <c>2018-01-02T03:04:05</c>: UTC although nothing says so. What is no time is null.</summary>
internal sealed class UtcTime : JsonConverter<DateTimeOffset?>
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss";

    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, utc, out var moment) ? moment : null;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } moment)
        {
            writer.WriteStringValue(Text(moment));
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}

/// <summary>Ids that are numbers, numbers as text, or slugs such as <c>linode/debian12</c>; a slug is null.</summary>
internal sealed class LooseId : JsonConverter<long?>
{
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var number) ? number : null;
            case JsonTokenType.String:
                return long.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var text) ? text : null;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
    {
        if (value is { } id)
        {
            writer.WriteNumberValue(id);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}

/// <summary>The edge where a secret leaves for its one use: the body of a call.</summary>
internal sealed class RevealedSecret : JsonConverter<Sensitive>
{
    public override Sensitive? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? new(text) : null;

    public override void Write(Utf8JsonWriter writer, Sensitive value, JsonSerializerOptions options) => writer.WriteStringValue(value.Reveal());
}
