using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>In what form the files of a folder are.</summary>
/// <param name="Format">Goes up with every form that older versions cannot read.</param>
internal sealed record FolderFormat(int Format);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FolderFormat))]
internal sealed partial class FolderJson : JsonSerializerContext;
