using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LinodeEmulator.Http;
using LinodeEmulator.Time;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints;

internal sealed record LoggedRequest(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Account, long Seq, string Time, string Method, string Path,
    string Query, int Status, bool Cut, string? Token, string? XFilter, JsonElement? Body)
{
    /// <summary>What an action of API v3 was about, as far as it has a name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Label { get; init; }

    /// <summary>Whether it came in a batch of API v3.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Batch { get; init; }

    /// <summary>The error that API v3 told of within an answer with status 200.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Error { get; init; }
}

/// <summary>An action of API v3 as it is logged.</summary>
internal sealed record LoggedAction(
    string Path, string? Label, bool InBatch, string? Token, JsonObject Parameters, int Status, int? Error, bool Cut);

internal sealed record RequestCount(string Method, string Route, int Status, int Count)
{
    /// <summary>The error of API v3 within an answer with status 200.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Error { get; init; }

    /// <summary>Whether it was refused because there were too many.</summary>
    [JsonIgnore]
    public bool IsLimited => Status == 429 || Error == V3.ErrorCode.RateLimited.Number;
}

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
    [
        "root_pass", "authorized_keys", "user_data", "stackscript_data", "ssh_key", "ssl_key", "ssl_cert", "password", "rootPass", "rootSSHKey",
        "StackScriptUDFResponses", "token", "api_key", "ccNumber",
    ];

    private readonly Queue<LoggedRequest> _requests = new();
    private readonly Dictionary<(string Method, string Route, int Status, int? Error), int> _counts = [];
    private RequestNumbers _numbers = shared ?? new RequestNumbers();

    public IEnumerable<LoggedRequest> Requests => _requests;

    public IEnumerable<RequestCount> Counts => _counts
        .OrderBy(count => count.Key)
        .Select(count => new RequestCount(count.Key.Method, count.Key.Route, count.Key.Status, count.Value) { Error = count.Key.Error });

    public void Add(DateTime now, EmulatorRequest request, string route, string? token, JsonElement? body, EmulatorResponse answer) => Add(
        new LoggedRequest(
            account, _numbers.Next(), ApiTime.Text(now), request.Method, request.Path, request.Query, answer.Status, answer.Cut, token,
            request.Filter, Masked(body)),
        route);

    /// <summary>An action of API v3: one for each of a batch. Its query and body are its parameters.</summary>
    public void Add(DateTime now, string method, LoggedAction action) => Add(
        new LoggedRequest(
            account, _numbers.Next(), ApiTime.Text(now), method, action.Path, "", action.Status, action.Cut, action.Token, null,
            Masked(JsonSerializer.SerializeToElement(action.Parameters, ControlJson.Default.JsonObject)))
        {
            Label = action.Label,
            Batch = action.InBatch ? true : null,
            Error = action.Error,
        },
        action.Path.TrimStart('/'));

    public void Clear()
    {
        _requests.Clear();
        _counts.Clear();
        _numbers = shared ?? new RequestNumbers();
    }

    private void Add(LoggedRequest entry, string route)
    {
        _requests.Enqueue(entry);
        if (_requests.Count > Kept)
        {
            _requests.Dequeue();
        }

        var key = (entry.Method, route, entry.Status, entry.Error);
        _counts[key] = _counts.GetValueOrDefault(key) + 1;
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
            if (Secret.Contains(name, StringComparer.OrdinalIgnoreCase))
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
