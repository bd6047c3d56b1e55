using System.Globalization;
using System.Text.Json.Nodes;

namespace LinodeClusterToolkit.Tests.Secrets.Vault.Double;

/// <summary>Version 2 of the key-value engine: data, metadata, check-and-set, deleted and destroyed versions.</summary>
internal sealed class DoubleKeyValue(TimeProvider time) : IDoubleEngine
{
    private readonly SortedDictionary<string, DoubleEntry> entries = new(StringComparer.Ordinal);
    private bool casRequired;
    private int mostVersions;

    public JsonObject Options => new() { ["version"] = "2" };

    public bool Has(DoubleRequest request, string path) => entries.ContainsKey(Rest(path));

    public DoubleReply Answer(DoubleRequest request, string path)
    {
        var (part, key) = (path.Split('/')[0], Rest(path));
        return (part, request.Verb) switch
        {
            ("config", "GET") => DoubleReply.Data(
                new() { ["cas_required"] = casRequired, ["delete_version_after"] = "0s", ["max_versions"] = mostVersions }),
            ("config", "POST" or "PUT") => Configure(request),
            ("data", "GET") => Read(key, int.TryParse(request.Query["version"], out var version) ? version : 0),
            ("data", "POST" or "PUT") => Write(key, request),
            ("data", "DELETE") => Delete(key, entries.GetValueOrDefault(key) is { } entry ? [entry.Current] : []),
            ("delete", "POST" or "PUT") => Delete(key, Versions(request)),
            ("undelete", "POST" or "PUT") => Each(key, Versions(request), version => version.Deleted = null),
            ("destroy", "POST" or "PUT") => Each(key, Versions(request), version => (version.Data, version.Destroyed) = (null, true)),
            ("metadata", "GET") => entries.TryGetValue(key, out var entry) ? DoubleReply.Data(entry.Metadata()) : DoubleReply.NotFound,
            ("metadata", "POST" or "PUT") => Describe(key, request),
            ("metadata", "LIST") => List(key),
            ("metadata", "DELETE") => Forget(key),
            ("data", "LIST") or ("config", _) => DoubleReply.Error(405, "1 error occurred:\n\t* unsupported operation\n\n"),
            _ => DoubleReply.Error(404, $"no handler for route \"{request.Path}\". route entry not found."),
        };
    }

    private static string Rest(string path) => path.IndexOf('/') is >= 0 and var slash ? path[(slash + 1)..] : "";

    private static long[] Versions(DoubleRequest request) =>
        [.. request.Texts("versions").Select(text => long.Parse(text, CultureInfo.InvariantCulture))];

    private DoubleReply Configure(DoubleRequest request)
    {
        casRequired = request.Body.ContainsKey("cas_required") ? request.Flag("cas_required") : casRequired;
        mostVersions = (int)(request.Whole("max_versions") ?? mostVersions);
        return DoubleReply.Nothing;
    }

    private DoubleReply Read(string key, long wanted)
    {
        if (!entries.TryGetValue(key, out var entry) || !entry.Versions.TryGetValue(wanted == 0 ? entry.Current : wanted, out var version))
        {
            return DoubleReply.NotFound;
        }

        var data = version.Describe(wanted == 0 ? entry.Current : wanted, entry.Custom);
        var gone = version.Destroyed || version.Deleted <= time.GetUtcNow();
        return DoubleReply.Data(new() { ["data"] = gone ? null : version.Data!.DeepClone(), ["metadata"] = data }, gone ? 404 : 200);
    }

    private DoubleReply Write(string key, DoubleRequest request)
    {
        if (request.Body["data"] is not JsonObject data)
        {
            return DoubleReply.Error(400, "no data provided");
        }

        var entry = entries.GetValueOrDefault(key) ?? new DoubleEntry(time.GetUtcNow());
        var cas = (request.Body["options"] as JsonObject)?["cas"];
        if (cas is null && (casRequired || entry.CasRequired))
        {
            return DoubleReply.Error(400, "check-and-set parameter required for this call");
        }

        if (cas is not null && (!long.TryParse(cas.ToString(), out var expected) || expected != entry.Current))
        {
            return DoubleReply.Error(400, "check-and-set parameter did not match the current version");
        }

        entries[key] = entry;
        var version = entry.Add((JsonObject)data.DeepClone(), time.GetUtcNow(), entry.Most > 0 ? entry.Most : mostVersions > 0 ? mostVersions : 10);
        return DoubleReply.Data(version.Describe(entry.Current, entry.Custom));
    }

    private DoubleReply Delete(string key, IReadOnlyList<long> versions) =>
        Each(key, versions, version => version.Deleted ??= version.Destroyed ? null : time.GetUtcNow());

    private DoubleReply Each(string key, IReadOnlyList<long> versions, Action<DoubleVersion> change)
    {
        foreach (var number in versions)
        {
            if (entries.TryGetValue(key, out var entry) && entry.Versions.TryGetValue(number, out var version))
            {
                change(version);
            }
        }

        return DoubleReply.Nothing;
    }

    private DoubleReply Describe(string key, DoubleRequest request)
    {
        if (!entries.TryGetValue(key, out var entry))
        {
            entries[key] = entry = new DoubleEntry(time.GetUtcNow());
        }

        entry.CasRequired = request.Body.ContainsKey("cas_required") ? request.Flag("cas_required") : entry.CasRequired;
        entry.Most = (int)(request.Whole("max_versions") ?? entry.Most);
        entry.Custom = request.Body["custom_metadata"]?.DeepClone() as JsonObject ?? entry.Custom;
        return DoubleReply.Nothing;
    }

    private DoubleReply List(string folder)
    {
        var above = folder.Length == 0 ? "" : folder.TrimEnd('/') + "/";
        var keys = entries.Keys.Where(key => key.StartsWith(above, StringComparison.Ordinal)).Select(key => key[above.Length..])
            .Select(rest => rest.IndexOf('/') is >= 0 and var slash ? rest[..(slash + 1)] : rest).Distinct().ToList();
        return keys.Count == 0
            ? DoubleReply.NotFound
            : DoubleReply.Data(new() { ["keys"] = new JsonArray([.. keys.Select(key => JsonValue.Create(key))]) });
    }

    private DoubleReply Forget(string key)
    {
        entries.Remove(key);
        return DoubleReply.Nothing;
    }
}
