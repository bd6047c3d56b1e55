using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LinodeEmulator.Http;
using LinodeEmulator.Time;

namespace LinodeEmulator.Endpoints;

internal sealed record LoggedRequest(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Account, long Seq, string Time, string Method, string Path, string Query, int Status, bool Cut, string? Token, string? XFilter, JsonElement? Body);

internal sealed record RequestCount(string Method, string Route, int Status, int Count);

/// <summary>Numbers requests in the order in which they came.</summary>
internal sealed class RequestNumbers
{
    private long _last;

    public long Next() => Interlocked.Increment(ref _last);
}

/// <summary>What was asked, without anything secret, and how often.</summary>
/// <param name="account">Whose requests they are, where several accounts are served.</param>
/// <param name="shared">Numbers them with those of the others.</param>
internal sealed class RequestLog(string? account = null, RequestNumbers? shared = null)
{
    private const int Kept = 50_000;
    private const string Mask = "***";
    private static readonly string[] Secret =
        ["root_pass", "authorized_keys", "user_data", "stackscript_data", "ssh_key", "ssl_key", "ssl_cert", "password"];

    private readonly Queue<LoggedRequest> _requests = new();
    private readonly Dictionary<(string Method, string Route, int Status), int> _counts = [];
    private RequestNumbers _numbers = shared ?? new RequestNumbers();

    public IEnumerable<LoggedRequest> Requests => _requests;

    public IEnumerable<RequestCount> Counts => _counts
        .OrderBy(count => count.Key)
        .Select(count => new RequestCount(count.Key.Method, count.Key.Route, count.Key.Status, count.Value));

    public void Add(DateTime now, EmulatorRequest request, string route, string? token, JsonElement? body, EmulatorResponse answer)
    {
        _requests.Enqueue(new LoggedRequest(
            account, _numbers.Next(), ApiTime.Text(now), request.Method, request.Path, request.Query, answer.Status, answer.Cut, token,
            request.Filter, Masked(body)));
        if (_requests.Count > Kept)
        {
            _requests.Dequeue();
        }

        var key = (request.Method, route, answer.Status);
        _counts[key] = _counts.GetValueOrDefault(key) + 1;
    }

    public void Clear()
    {
        _requests.Clear();
        _counts.Clear();
        _numbers = shared ?? new RequestNumbers();
    }

    private static JsonElement? Masked(JsonElement? body)
    {
        if (body is not { ValueKind: JsonValueKind.Object } known)
        {
            return null;
        }

        var node = JsonObject.Create(known)!;
        Cover(node);
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }

    private static void Cover(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Cover(item);
            }
        }

        if (node is not JsonObject known)
        {
            return;
        }

        foreach (var name in known.Select(field => field.Key).ToList())
        {
            if (Secret.Contains(name))
            {
                known[name] = Mask;
            }
            else
            {
                Cover(known[name]);
            }
        }
    }
}
