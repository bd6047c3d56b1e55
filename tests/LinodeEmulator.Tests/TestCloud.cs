using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LinodeEmulator.Time;

namespace LinodeEmulator.Tests;

/// <summary>An answer with its body read.</summary>
internal sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, string? ContentType, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public long Id => (long)Json["id"]!;

    public IReadOnlyList<JsonNode> Data => [.. Json["data"]!.AsArray().Select(item => item!)];

    /// <summary>The errors as lines of <c>status field: reason</c>.</summary>
    public string Refusal => string.Join("; ", Json["errors"]!.AsArray().Select(error =>
        $"{(int)Status} {(error!["field"] is { } named ? named + ": " : "")}{error["reason"]}"));

    public string Header(string name) => Headers.TryGetValues(name, out var values) ? values.Single() : "";
}

/// <summary>An emulator in memory on a virtual clock, and a client with a token.</summary>
internal sealed class TestCloud : IAsyncDisposable
{
    public const string Password = "correct-Horse-7-battery";

    private readonly HttpClient _client;

    public TestCloud(EmulatorOptions? options = null, string token = "a-token")
    {
        var chosen = options ?? new EmulatorOptions();
        Clock = chosen.Clock as VirtualClock ?? new VirtualClock();
        Emulator = Emulator.Build(chosen with { Clock = Clock });
        _client = new HttpClient(Emulator.CreateHandler()) { BaseAddress = Emulator.Url };
        Token = token;
    }

    public Emulator Emulator { get; }

    public VirtualClock Clock { get; }

    /// <summary>None when empty.</summary>
    public string Token { get; set; }

    public Task<Answer> GetAsync(string path, string? filter = null) => SendAsync("GET", path, null, filter);

    public Task<Answer> PostAsync(string path, string body = "{}") => SendAsync("POST", path, body);

    public Task<Answer> PutAsync(string path, string body) => SendAsync("PUT", path, body);

    public Task<Answer> DeleteAsync(string path) => SendAsync("DELETE", path);

    public async Task<Answer> SendAsync(string method, string path, string? body = null, string? filter = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.StartsWith('/') ? path : "/v4/" + path);
        if (Token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }

        if (filter is not null)
        {
            request.Headers.Add("X-Filter", filter);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await _client.SendAsync(request);
        return new Answer(
            response.StatusCode, response.Headers, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync());
    }

    /// <summary>A form to the older face of the API, without a token.</summary>
    public async Task<Answer> PostFormAsync(string form, string path = "/")
    {
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await _client.PostAsync(path, content);
        return new Answer(
            response.StatusCode, response.Headers, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync());
    }

    public void Pass(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>The fields of a node that boots Debian, with more fields as JSON.</summary>
    public static string Node(string label, string more = "")
    {
        var node = new JsonObject
        {
            ["region"] = "us-east",
            ["type"] = "g6-nanode-1",
            ["label"] = label,
            ["image"] = "linode/debian12",
            ["root_pass"] = Password,
        };
        foreach (var (name, value) in JsonNode.Parse("{" + more + "}")!.AsObject().ToList())
        {
            node[name] = value?.DeepClone();
        }

        return node.ToJsonString();
    }

    public async Task<long> CreateNodeAsync(string label, string more = "") => (await SucceedAsync("POST", "linode/instances", Node(label, more))).Id;

    /// <summary>A node with nothing on it, created and off.</summary>
    public async Task<long> CreateEmptyNodeAsync(string label, string type = "g6-nanode-1")
    {
        var id = (await SucceedAsync("POST", "linode/instances", $$"""{"region":"us-east","type":"{{type}}","label":"{{label}}"}""")).Id;
        Pass(60);
        return id;
    }

    public async Task<Answer> SucceedAsync(string method, string path, string? body = null)
    {
        var answer = await SendAsync(method, path, body);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{method} {path}: {(int)answer.Status} {answer.Text}");
        return answer;
    }

    public async Task<string> StatusOfAsync(long linode) => (string)(await GetAsync($"linode/instances/{linode}")).Json["status"]!;

    /// <summary>The events of a Linode as <c>action status</c>, oldest first.</summary>
    public async Task<IReadOnlyList<string>> EventsOfAsync(long linode)
    {
        var filter = $$"""{"entity.id":{{linode.ToString(CultureInfo.InvariantCulture)}},"entity.type":"linode"}""";
        return [.. (await GetAsync("account/events", filter)).Data.Select(row => $"{row["action"]} {row["status"]}")];
    }

    /// <summary>Lets time pass, second by second, and tells each status that a node goes through and when it was first seen.</summary>
    public async Task<IReadOnlyList<(string Status, int Second)>> WatchAsync(long linode, int seconds)
    {
        var seen = new List<(string Status, int Second)>();
        for (var second = 0; second <= seconds; second++)
        {
            var status = await StatusOfAsync(linode);
            if (seen.Count == 0 || seen[^1].Status != status)
            {
                seen.Add((status, second));
            }

            Pass(1);
        }

        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Emulator.DisposeAsync();
    }
}
