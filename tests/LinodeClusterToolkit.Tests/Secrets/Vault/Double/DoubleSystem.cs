using System.Text.Json.Nodes;

namespace LinodeClusterToolkit.Tests.Secrets.Vault.Double;

/// <summary>The paths below sys/: health, seal, mounts, methods, policies, namespaces, quotas, wrapping.</summary>
internal sealed class DoubleSystem(
    TimeProvider time, DoublePolicies policies, Dictionary<string, IDoubleEngine> mounts, HashSet<string> namespaces)
{
    private const string Version = "1.15.6";
    private static readonly string Cluster = Guid.NewGuid().ToString();
    private (long Rate, TimeSpan Interval)? quota;
    private DateTimeOffset windowBegan;
    private long seen;

    public bool IsSealed { get; set; }

    public int Health { get; set; } = 200;

    public bool HasRoles { get; private set; }

    /// <summary>What is answered without a token, and by a sealed node too; null for all else.</summary>
    public DoubleReply? Unauthenticated(DoubleRequest request) => (request.Parts, request.IsWrite) switch
    {
        (["sys", "health"], _) => HealthOf(request),
        (["sys", "seal-status"], _) => new(200, SealStatus()),
        (["sys", "init"], false) => new(200, new() { ["initialized"] = true }),
        (["sys", "unseal"], true) => Unseal(),
        (["sys", "leader"], _) => IsSealed ? null : new(200, new() { ["ha_enabled"] = false, ["is_self"] = Health == 200, ["leader_address"] = "" }),
        _ => null,
    };

    /// <summary>The refusal where the quota is used up.</summary>
    public DoubleReply? OverQuota(DoubleRequest request)
    {
        var now = time.GetUtcNow();
        if (quota is not { } limit || request.Parts is ["sys", ..])
        {
            return null;
        }

        if (now >= windowBegan + limit.Interval)
        {
            (windowBegan, seen) = (now, 0);
        }

        return ++seen <= limit.Rate ? null : DoubleReply.Error(429, $"request path \"{request.Path}\": rate limit quota exceeded") with
        {
            RetryAfter = (int)Math.Ceiling((windowBegan + limit.Interval - now).TotalSeconds),
        };
    }

    public DoubleReply Answer(DoubleRequest request)
    {
        var inside = request.Namespace.Length == 0 ? "" : request.Namespace + "/";
        switch (request.Parts[1..])
        {
            case ["seal"] when request.IsWrite:
                IsSealed = true;
                return DoubleReply.Nothing;
            case ["mounts"]:
                return DoubleReply.Data(Mounts(inside));
            case ["mounts", .. var path] when request.IsWrite:
                return Mount(inside + string.Join('/', path), request);
            case ["mounts", .. var path] when request.Verb == "DELETE":
                mounts.Remove(inside + string.Join('/', path));
                return DoubleReply.Nothing;
            case ["auth", "approle"] when request.IsWrite:
                HasRoles = true;
                return DoubleReply.Nothing;
            case ["policy" or "policies", .. var rest]:
                return Policy(rest.Length > 0 && rest[0] == "acl" ? rest[1..] : rest, request);
            case ["namespaces", var name] when request.IsWrite:
                namespaces.Add(inside + name);
                return DoubleReply.Data(new() { ["id"] = name, ["path"] = $"{inside}{name}/" });
            case ["quotas", "rate-limit", _] when request.IsWrite:
                var every = request.Duration("interval");
                quota = (request.Whole("rate") ?? 0, every > TimeSpan.Zero ? every : TimeSpan.FromSeconds(1));
                return DoubleReply.Nothing;
            case ["quotas", "rate-limit", _] when request.Verb == "DELETE":
                quota = null;
                return DoubleReply.Nothing;
            case ["wrapping", "wrap"]:
                return DoubleReply.Data((JsonObject)request.Body.DeepClone()); // it is wrapped as every answer is where that is asked for
            default:
                return DoubleReply.Error(404, $"no handler for route \"{request.Path}\". route entry not found.");
        }
    }

    private DoubleReply HealthOf(DoubleRequest request)
    {
        var standby = Health != 200;
        var status = IsSealed ? 503 : standby && request.Query["standbyok"] == "true" ? 200 : Health;
        return new(status, new()
        {
            ["initialized"] = true,
            ["sealed"] = IsSealed,
            ["standby"] = standby,
            ["performance_standby"] = Health == 473,
            ["replication_performance_mode"] = "disabled",
            ["replication_dr_mode"] = Health == 472 ? "secondary" : "disabled",
            ["server_time_utc"] = time.GetUtcNow().ToUnixTimeSeconds(),
            ["version"] = Version,
            ["cluster_name"] = "double",
            ["cluster_id"] = Cluster,
        });
    }

    private JsonObject SealStatus() => new()
    {
        ["type"] = "shamir",
        ["initialized"] = true,
        ["sealed"] = IsSealed,
        ["t"] = 1,
        ["n"] = 1,
        ["progress"] = 0,
        ["nonce"] = "",
        ["version"] = Version,
        ["build_date"] = "2024-02-28T17:07:34Z",
        ["migration"] = false,
        ["recovery_seal"] = false,
        ["storage_type"] = "inmem",
    };

    private DoubleReply Unseal()
    {
        IsSealed = false;
        return new(200, SealStatus());
    }

    private JsonObject Mounts(string inside)
    {
        var all = new JsonObject();
        foreach (var (path, engine) in mounts.Where(pair => pair.Key.StartsWith(inside, StringComparison.Ordinal)))
        {
            all[$"{path[inside.Length..]}/"] = new JsonObject { ["type"] = "kv", ["options"] = engine.Options, ["description"] = "" };
        }

        return all;
    }

    private DoubleReply Mount(string path, DoubleRequest request)
    {
        if (mounts.ContainsKey(path))
        {
            return DoubleReply.Error(400, $"path is already in use at {path}/");
        }

        mounts[path] = (request.Body["options"] as JsonObject)?["version"]?.ToString() == "2" || request.Text("type") == "kv-v2"
            ? new DoubleKeyValue(time)
            : new DoubleKeyValue1();
        return DoubleReply.Nothing;
    }

    private DoubleReply Policy(string[] path, DoubleRequest request)
    {
        switch (path)
        {
            case [] when request.Verb is "GET" or "LIST":
                var names = new JsonArray([.. policies.Names.Select(name => JsonValue.Create(name))]);
                return DoubleReply.Data(new() { ["keys"] = names, ["policies"] = names.DeepClone() });
            case [var name] when request.IsWrite:
                policies.Write(name, request.Text("policy") ?? "");
                return DoubleReply.Nothing;
            case [var name] when request.Verb == "DELETE":
                policies.Delete(name);
                return DoubleReply.Nothing;
            case [var name] when policies.Text(name) is { } text:
                return DoubleReply.Data(new() { ["name"] = name, ["policy"] = text, ["rules"] = text });
            default:
                return DoubleReply.NotFound;
        }
    }
}
