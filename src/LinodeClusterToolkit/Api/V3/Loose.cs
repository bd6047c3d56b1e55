using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>
/// Values of the wire, whose JSON types nobody can rely on: numbers come as text or as <c>""</c>, texts that look like numbers as numbers.
/// </summary>
/// <typeparam name="T">What it is read as.</typeparam>
internal abstract class Loose<T> : JsonConverter<T>
{
    public sealed override bool HandleNull => true;

    public sealed override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        return Of(Loose.Text(value.RootElement));
    }

    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        throw new NotSupportedException("answers are only read");

    protected abstract T? Of(string? text);
}

/// <summary>What the loose values have in common.</summary>
internal static class Loose
{
    /// <summary>Text, number or flag as text; null where it is none of them.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    public static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static long? Whole(string? text) =>
        Number(text) is { } number && number == decimal.Truncate(number) && Math.Abs(number) <= long.MaxValue ? (long)number : null;
}

/// <summary><c>"web-1"</c>, or <c>42</c> for the label 42.</summary>
internal sealed class LooseText : Loose<string>
{
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    protected override string Of(string? text) => text ?? "";
}

/// <summary><c>7</c> or <c>"7"</c>; an answer without it cannot be used.</summary>
internal sealed class LooseId : Loose<long>
{
    protected override long Of(string? text) => Loose.Whole(text) ?? throw new JsonException("an id is no number");
}

/// <summary><c>7</c>, <c>"7"</c>, or <c>""</c> for none.</summary>
internal sealed class LooseOptionalId : Loose<long?>
{
    protected override long? Of(string? text) => Loose.Whole(text);
}

/// <summary><c>500</c>, <c>"500"</c>, or <c>""</c> for none.</summary>
internal sealed class LooseNumber : Loose<int?>
{
    protected override int? Of(string? text) => Loose.Whole(text) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;
}

/// <summary><c>19.95</c>, <c>"19.95"</c>, or <c>""</c> for none.</summary>
internal sealed class LooseAmount : Loose<decimal?>
{
    protected override decimal? Of(string? text) => Loose.Number(text);
}

/// <summary><c>1</c>, <c>"1"</c>, <c>true</c> and <c>"true"</c>; <c>""</c> for neither.</summary>
internal sealed class LooseFlag : Loose<bool?>
{
    protected override bool? Of(string? text) =>
        bool.TryParse(text, out var word) ? word : Loose.Number(text) is { } number ? number != 0 : null;
}

/// <summary><c>2017-05-20 17:06:40.0</c>, wall time of New York; <c>""</c> for none.</summary>
internal sealed class LooseTime : Loose<DateTimeOffset?>
{
    protected override DateTimeOffset? Of(string? text) => NewYorkTime.Read(text);
}

/// <summary>A secret that the API gives out.</summary>
internal sealed class SecretText : Loose<Sensitive>
{
    protected override Sensitive Of(string? text) => new(text ?? "");
}
