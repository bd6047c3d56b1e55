using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace LinodeClusterToolkit.Tests.Secrets.Vault.Double;

internal sealed record DoubleToken(string Id, string Accessor, IReadOnlyList<string> Policies, DateTimeOffset Made, string Path)
{
    public TimeSpan FirstTtl { get; init; }

    /// <summary>When it ends; null for one that never does.</summary>
    public DateTimeOffset? End { get; set; }

    /// <summary>How long it can live whatever it is renewed by; zero for the system's own limit.</summary>
    public TimeSpan MaxTtl { get; init; }

    public bool Renewable { get; init; }

    public JsonObject? Meta { get; init; }
}

/// <summary>Tokens and what becomes of them.</summary>
internal sealed class DoubleTokens(TimeProvider time)
{
    private static readonly TimeSpan SystemMax = TimeSpan.FromHours(768);
    private readonly Dictionary<string, DoubleToken> tokens = new(StringComparer.Ordinal);

    public int Count => tokens.Count;

    public static string NewId(string kind) => kind + Convert.ToBase64String(RandomNumberGenerator.GetBytes(18)).Replace('+', 'A').Replace('/', 'B');

    public DoubleToken Make(IReadOnlyList<string> policies, TimeSpan ttl, TimeSpan max, bool renewable, string path, JsonObject? meta = null)
    {
        var now = time.GetUtcNow();
        var limit = max > TimeSpan.Zero ? max : SystemMax;
        var lasts = policies.Contains("root") && ttl == TimeSpan.Zero ? TimeSpan.Zero : ttl == TimeSpan.Zero || ttl > limit ? limit : ttl;
        var token = new DoubleToken(NewId("hvs."), NewId(""), policies, now, path)
        {
            FirstTtl = lasts,
            End = lasts == TimeSpan.Zero ? null : now + lasts,
            MaxTtl = max,
            Renewable = renewable && lasts > TimeSpan.Zero,
            Meta = meta,
        };
        return tokens[token.Id] = token;
    }

    public DoubleToken? Find(string? id) =>
        id is not null && tokens.TryGetValue(id, out var token) && !(token.End <= time.GetUtcNow()) ? token : null;

    public void Revoke(string id) => tokens.Remove(id);

    public void RevokeAllBut(string id)
    {
        foreach (var other in tokens.Keys.Where(key => key != id).ToList())
        {
            tokens.Remove(other);
        }
    }

    public DoubleReply Renew(DoubleToken token, TimeSpan increment)
    {
        if (!token.Renewable)
        {
            return DoubleReply.Error(400, "lease is not renewable");
        }

        var now = time.GetUtcNow();
        var limit = token.Made + (token.MaxTtl > TimeSpan.Zero ? token.MaxTtl : SystemMax);
        var wanted = now + (increment > TimeSpan.Zero ? increment : token.FirstTtl);
        token.End = wanted < limit ? wanted : limit;
        return DoubleReply.Auth(Auth(token));
    }

    public long Ttl(DoubleToken token) => token.End is { } end ? (long)(end - time.GetUtcNow()).TotalSeconds : 0;

    public JsonObject Auth(DoubleToken token) => new()
    {
        ["client_token"] = token.Id,
        ["accessor"] = token.Accessor,
        ["policies"] = Array(token.Policies),
        ["token_policies"] = Array(token.Policies),
        ["metadata"] = token.Meta?.DeepClone(),
        ["lease_duration"] = token.End is { } end ? (long)Math.Ceiling((end - time.GetUtcNow()).TotalSeconds) : 0, // what was granted just now
        ["renewable"] = token.Renewable,
        ["entity_id"] = "",
        ["token_type"] = "service",
        ["orphan"] = true,
        ["mfa_requirement"] = null,
        ["num_uses"] = 0,
    };

    public JsonObject Lookup(DoubleToken token) => new()
    {
        ["accessor"] = token.Accessor,
        ["creation_time"] = token.Made.ToUnixTimeSeconds(),
        ["creation_ttl"] = (long)token.FirstTtl.TotalSeconds,
        ["display_name"] = token.Path.Split('/')[1],
        ["entity_id"] = "",
        ["expire_time"] = token.End is { } end ? end.UtcDateTime.ToString("O") : null,
        ["explicit_max_ttl"] = (long)token.MaxTtl.TotalSeconds,
        ["id"] = token.Id,
        ["issue_time"] = token.Made.UtcDateTime.ToString("O"),
        ["meta"] = token.Meta?.DeepClone(),
        ["num_uses"] = 0,
        ["orphan"] = true,
        ["path"] = token.Path,
        ["policies"] = Array(token.Policies),
        ["renewable"] = token.Renewable,
        ["ttl"] = Ttl(token),
        ["type"] = "service",
    };

    private static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
