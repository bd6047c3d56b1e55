namespace LinodeEmulator.Wire;

internal sealed record UserField(string Name, string Label)
{
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Example { get; init; }

    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Default { get; init; }

    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Oneof { get; init; }

    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Manyof { get; init; }
}

internal sealed record StackScriptWire(
    long Id, string Username, string Label, string Description, IReadOnlyList<string> Images, string Script, IReadOnlyList<UserField> UserDefinedFields, bool IsPublic, bool Mine,
    int DeploymentsTotal, int DeploymentsActive, int Ordinal, string LogoUrl, string RevNote, string UserGravatarId, string Created, string Updated);
