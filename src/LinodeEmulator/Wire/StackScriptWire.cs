using System.Text.Json.Serialization;

namespace LinodeEmulator.Wire;

/// <summary>A field that a StackScript asks for; without a default it must be given.</summary>
internal sealed record UserField(string Name, string Label, string Example)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Default { get; init; }

    [JsonPropertyName("oneOf")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OneOf { get; init; }

    [JsonPropertyName("manyOf")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ManyOf { get; init; }
}

internal sealed record StackScriptWire(
    long Id, string Username, string Label, string Description, IReadOnlyList<string> Images, string Script,
    IReadOnlyList<UserField> UserDefinedFields, bool IsPublic, bool Mine,
    int DeploymentsTotal, int DeploymentsActive, int Ordinal, string LogoUrl, string RevNote, string UserGravatarId, string Created, string Updated);
