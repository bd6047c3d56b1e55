using System.Text.Json.Nodes;

namespace LinodeClusterToolkit.Tests.Secrets.Vault.Double;

/// <summary>The method AppRole: roles, secret ids that can be used up, logins.</summary>
internal sealed class DoubleRoles(DoubleTokens tokens, TimeProvider time)
{
    private readonly Dictionary<string, Role> roles = new(StringComparer.Ordinal);

    /// <summary>Answers what is asked of a path below the mount.</summary>
    public DoubleReply Answer(DoubleRequest request, string path) => path.Split('/') switch
    {
        ["login"] when request.IsWrite => Login(request),
        ["role"] when request.Verb == "LIST" => roles.Count == 0 ? DoubleReply.NotFound
            : DoubleReply.Data(new() { ["keys"] = new JsonArray([.. roles.Keys.Select(name => JsonValue.Create(name))]) }),
        ["role", var name] when request.IsWrite => Write(name, request),
        ["role", var name] when request.Verb == "DELETE" && roles.Remove(name) is var _ => DoubleReply.Nothing,
        ["role", var name, ..] when !roles.ContainsKey(name) => DoubleReply.NotFound,
        ["role", var name] => DoubleReply.Data(roles[name].Describe()),
        ["role", var name, "role-id"] => DoubleReply.Data(new() { ["role_id"] = roles[name].Id }),
        ["role", var name, "secret-id"] when request.IsWrite => NewSecret(roles[name], request),
        _ => DoubleReply.Error(404, $"unsupported path"),
    };

    private DoubleReply Write(string name, DoubleRequest request)
    {
        roles[name] = new Role
        {
            Id = roles.GetValueOrDefault(name)?.Id ?? Guid.NewGuid().ToString(),
            Policies = [.. request.Texts("token_policies"), .. request.Texts("policies")], // the second is the older name of the first
            Ttl = request.Duration("token_ttl"),
            MaxTtl = request.Duration("token_max_ttl"),
            IsBatch = request.Text("token_type") == "batch",
            SecretUses = request.Whole("secret_id_num_uses") ?? 0,
        };
        return DoubleReply.Nothing;
    }

    private DoubleReply NewSecret(Role role, DoubleRequest request)
    {
        var secret = Guid.NewGuid().ToString();
        var ttl = request.Duration("ttl");
        role.Secrets[secret] = new(role.SecretUses, ttl > TimeSpan.Zero ? time.GetUtcNow() + ttl : null);
        return DoubleReply.Data(new()
        {
            ["secret_id"] = secret,
            ["secret_id_accessor"] = Guid.NewGuid().ToString(),
            ["secret_id_num_uses"] = role.SecretUses,
            ["secret_id_ttl"] = (long)ttl.TotalSeconds,
        });
    }

    private DoubleReply Login(DoubleRequest request)
    {
        var (name, role) = roles.FirstOrDefault(pair => pair.Value.Id == request.Text("role_id"));
        if (role is null || request.Text("secret_id") is not { } id
            || !role.Secrets.TryGetValue(id, out var secret) || secret.End <= time.GetUtcNow())
        {
            return DoubleReply.Error(400, "invalid role or secret ID");
        }

        if (secret.Left == 1)
        {
            role.Secrets.Remove(id);
        }
        else if (secret.Left > 1)
        {
            role.Secrets[id] = secret with { Left = secret.Left - 1 };
        }

        var token = tokens.Make(
            ["default", .. role.Policies], role.Ttl, role.MaxTtl, !role.IsBatch, "auth/approle/login", new() { ["role_name"] = name });
        return DoubleReply.Auth(tokens.Auth(token));
    }

    private sealed record Secret(long Left, DateTimeOffset? End);

    private sealed class Role
    {
        public required string Id { get; init; }

        public required IReadOnlyList<string> Policies { get; init; }

        public TimeSpan Ttl { get; init; }

        public TimeSpan MaxTtl { get; init; }

        public bool IsBatch { get; init; }

        public long SecretUses { get; init; }

        public Dictionary<string, Secret> Secrets { get; } = new(StringComparer.Ordinal);

        public JsonObject Describe() => new()
        {
            ["bind_secret_id"] = true,
            ["secret_id_num_uses"] = SecretUses,
            ["token_max_ttl"] = (long)MaxTtl.TotalSeconds,
            ["token_policies"] = new JsonArray([.. Policies.Select(policy => JsonValue.Create(policy))]),
            ["token_ttl"] = (long)Ttl.TotalSeconds,
            ["token_type"] = IsBatch ? "batch" : "default",
        };
    }
}
