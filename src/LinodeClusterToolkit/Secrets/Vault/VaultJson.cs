using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Secrets.Vault;

internal sealed record ErrorsReply(IReadOnlyList<string>? Errors);

internal sealed record ReadReply(ReadData? Data);

/// <summary>A version; the data of one that was deleted are null.</summary>
internal sealed record ReadData(JsonElement? Data, VersionData? Metadata);

internal sealed record VersionData(long Version, string? CreatedTime);

internal sealed record WriteReply(VersionData? Data);

internal sealed record WriteBody(WriteFields Data, WriteChoice Options);

internal sealed record WriteFields(string Value, string Write);

internal sealed record WriteChoice(long Cas);

internal sealed record ListReply(ListData? Data);

internal sealed record ListData(IReadOnlyList<string>? Keys);

internal sealed record AppRoleBody(string RoleId, string SecretId);

internal sealed record TokenBody(string Token);

internal sealed record NoBody;

internal sealed record AuthReply(AuthData? Auth);

internal sealed record AuthData(string? ClientToken, long LeaseDuration, bool Renewable);

internal sealed record LookupReply(LookupData? Data);

internal sealed record LookupData(long Ttl, bool Renewable);

internal sealed record WrapReply(WrapData? Data);

internal sealed record WrapData(string? CreationPath, string? SecretId);

/// <summary>JSON of the wire; unknown members are passed over.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AppRoleBody))]
[JsonSerializable(typeof(AuthReply))]
[JsonSerializable(typeof(ErrorsReply))]
[JsonSerializable(typeof(ListReply))]
[JsonSerializable(typeof(LookupReply))]
[JsonSerializable(typeof(NoBody))]
[JsonSerializable(typeof(ReadReply))]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(WrapReply))]
[JsonSerializable(typeof(WriteBody))]
[JsonSerializable(typeof(WriteReply))]
internal sealed partial class VaultJson : JsonSerializerContext;
