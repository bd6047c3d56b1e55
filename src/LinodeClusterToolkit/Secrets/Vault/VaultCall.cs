using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>A request before it has a token.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path below <c>/v1/</c>, without query.</param>
internal sealed record VaultCall(HttpMethod Method, string Path)
{
    /// <summary>With its question mark, or empty.</summary>
    public string Query { get; init; } = "";

    public byte[]? Body { get; private init; }

    /// <summary>What stands in the body that no message may show.</summary>
    public IReadOnlyList<Sensitive> Hidden { get; private init; } = [];

    /// <summary>As messages name it.</summary>
    public string Name => $"{Method} {Path}";

    public static VaultCall Get(string path) => new(HttpMethod.Get, path);

    public static VaultCall Delete(string path) => new(HttpMethod.Delete, path);

    /// <summary>A listing, as a plain GET: not every proxy lets the method LIST pass.</summary>
    public static VaultCall List(string path) => new(HttpMethod.Get, path.TrimEnd('/') + "/") { Query = "?list=true" };

    public static VaultCall Post<T>(string path, T body, JsonTypeInfo<T> type, params IReadOnlyList<Sensitive> hidden) =>
        new(HttpMethod.Post, path) { Body = JsonSerializer.SerializeToUtf8Bytes(body, type), Hidden = hidden };
}
