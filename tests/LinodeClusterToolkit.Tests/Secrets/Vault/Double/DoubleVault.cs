using System.Text.Json.Nodes;

namespace LinodeClusterToolkit.Tests.Secrets.Vault.Double;

/// <summary>A Vault without a network: namespaces with their mounts, tokens, policies, seal and quota. One request at a time.</summary>
internal sealed class DoubleVault
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly DoubleTokens tokens;
    private readonly DoublePolicies policies = new();
    private readonly DoubleRoles roles;
    private readonly DoubleWrapping wrapping;
    private readonly DoubleSystem system;
    private readonly Dictionary<string, IDoubleEngine> mounts = new(StringComparer.Ordinal);
    private readonly HashSet<string> namespaces = [""];

    public DoubleVault(TimeProvider time)
    {
        this.time = time;
        tokens = new(time);
        roles = new(tokens, time);
        wrapping = new(time);
        system = new(time, policies, mounts, namespaces);
        RootToken = tokens.Make(["root"], TimeSpan.Zero, TimeSpan.Zero, false, "auth/token/root").Id;
        mounts["secret"] = new DoubleKeyValue(time);
    }

    public string RootToken { get; }

    public bool IsSealed
    {
        get => system.IsSealed;
        set => system.IsSealed = value;
    }

    /// <summary>What kind of node this is for sys/health: 200 for an active one, 429, 472 or 473 for the others.</summary>
    public int Health
    {
        get => system.Health;
        set => system.Health = value;
    }

    /// <summary>How many tokens there are, that of root among them.</summary>
    public int Tokens
    {
        get
        {
            lock (gate)
            {
                return tokens.Count;
            }
        }
    }

    /// <summary>Revokes every token but that of root.</summary>
    public void RevokeAll()
    {
        lock (gate)
        {
            tokens.RevokeAllBut(RootToken);
        }
    }

    public DoubleReply Answer(DoubleRequest request)
    {
        lock (gate)
        {
            var reply = Route(request);
            return request.WrapTtl is { } ttl && reply is { Status: 200, Body: not null }
                ? wrapping.Wrap(reply, request.Path, DoubleRequest.Span(ttl))
                : reply;
        }
    }

    private DoubleReply Route(DoubleRequest request)
    {
        if (system.Unauthenticated(request) is { } open)
        {
            return open;
        }

        if (IsSealed)
        {
            return DoubleReply.Error(503, "Vault is sealed");
        }

        if (system.OverQuota(request) is { } refused)
        {
            return refused;
        }

        if (request.Parts is ["auth", "approle", "login"])
        {
            return system.HasRoles ? roles.Answer(request, "login") : NoRoute(request);
        }

        return request.Parts switch
        {
            ["sys", "wrapping", "lookup"] => wrapping.Lookup(request.Text("token") ?? request.Token),
            ["sys", "wrapping", "unwrap"] => wrapping.Unwrap(request.Text("token") ?? request.Token),
            _ => tokens.Find(request.Token) is { } token ? Authenticated(request, token) : DoubleReply.Denied,
        };
    }

    private DoubleReply Authenticated(DoubleRequest request, DoubleToken token)
    {
        var (engine, rest) = Mounted(request);
        var capability = request.Verb switch
        {
            "LIST" => "list",
            "DELETE" => "delete",
            "GET" or "HEAD" => "read",
            _ => engine is not null && !engine.Has(request, rest) ? "create" : "update",
        };

        // What a listing is asked of ends with a slash, whether it was written or not.
        if (!policies.Allows(token, capability == "list" ? request.Path.TrimEnd('/') + "/" : request.Path, capability))
        {
            return DoubleReply.Denied;
        }

        return request.Parts switch
        {
            ["auth", "token", var verb] => Token(verb, request, token),
            ["auth", "approle", ..] => system.HasRoles ? roles.Answer(request, string.Join('/', request.Parts[2..])) : NoRoute(request),
            ["sys", ..] => system.Answer(request),
            _ => namespaces.Contains(request.Namespace) && engine is not null ? engine.Answer(request, rest) : NoRoute(request),
        };
    }

    private DoubleReply Token(string verb, DoubleRequest request, DoubleToken token)
    {
        switch (verb)
        {
            case "lookup-self":
                return DoubleReply.Data(tokens.Lookup(token));
            case "lookup":
                return tokens.Find(request.Text("token")) is { } found ? DoubleReply.Data(tokens.Lookup(found)) : DoubleReply.Error(403, "bad token");
            case "renew-self":
                return tokens.Renew(token, request.Duration("increment"));
            case "revoke-self":
                tokens.Revoke(token.Id);
                return DoubleReply.Nothing;
            case "revoke":
                tokens.Revoke(request.Text("token") ?? "");
                return DoubleReply.Nothing;
            case "create" or "create-orphan":
                var named = request.Texts("policies") is { Count: > 0 } some ? some : token.Policies;
                IReadOnlyList<string> all = named.Contains("root") || request.Flag("no_default_policy") ? named : ["default", .. named.Except(["default"])];
                var renewable = request.Text("renewable") is null || request.Flag("renewable");
                return DoubleReply.Auth(tokens.Auth(tokens.Make(
                    all, request.Duration("ttl"), request.Duration("explicit_max_ttl"), renewable, "auth/token/create")));
            default:
                return NoRoute(request);
        }
    }

    private (IDoubleEngine? Engine, string Below) Mounted(DoubleRequest request)
    {
        var inside = request.Namespace.Length == 0 ? "" : request.Namespace + "/";
        var path = $"{inside}{request.Path}";
        var mount = mounts.Keys.Where(key => $"{path}/".StartsWith(key + "/", StringComparison.Ordinal)).MaxBy(key => key.Length);
        return mount is null ? (null, "") : (mounts[mount], path[mount.Length..].TrimStart('/'));
    }

    private static DoubleReply NoRoute(DoubleRequest request)
    {
        var inside = request.Namespace.Length == 0 ? "" : request.Namespace + "/";
        return DoubleReply.Error(404, $"no handler for route \"{inside}{request.Path}\". route entry not found.");
    }
}
