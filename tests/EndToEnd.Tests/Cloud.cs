using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>An emulator of a test's own, asked over HTTP by the test itself.</summary>
internal sealed class Cloud : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient http;
    private readonly List<(string Place, string Text)> testimony = [];
    private readonly StringBuilder said = new();

    private Cloud(Process process, string url)
    {
        (this.process, Url) = (process, url);
        _ = HearAsync(process.StandardOutput, TextWriter.Null);
        _ = HearAsync(process.StandardError, Console.Error);
        http = Client(url, "the-test-itself");
    }

    private Cloud(Cloud whole, string token) => (process, Url, http) = (whole.process, whole.Url, Client(whole.Url, token));

    public string Url { get; }

    /// <summary>Without limits and delays, unless options say otherwise; offers today's catalogue and that of 2017.</summary>
    public static Task<Cloud> StartAsync(params string[] options) => StartAsync(new Dictionary<string, string>(), options);

    /// <summary>The same, with this in its environment.</summary>
    public static async Task<Cloud> StartAsync(IReadOnlyDictionary<string, string> environment, params string[] options)
    {
        string[] usual = options.Contains("--limits") ? [] : ["--limits", "none"];
        var start = new ProcessStartInfo(Build.Emulator, ["--port", "0", "--latency", "none", "--catalogue", "both", .. usual, .. options])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DOTNET_ROOT"] = Build.DotnetRoot;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"the emulator did not start: {await process.StandardError.ReadToEndAsync()}");
        return new Cloud(process, (string)JsonNode.Parse(line)!["url"]!);
    }

    /// <summary>The same emulator, asked with another token; it ends with this one.</summary>
    public Cloud With(string token) => new(this, token);

    /// <summary>All rows of a list of the API.</summary>
    public async Task<List<JsonNode>> ListAsync(string path)
    {
        var rows = new List<JsonNode>();
        for (var (page, pages) = (1, 1); page <= pages; page++)
        {
            var answer = await GetAsync($"/v4/{path}?page_size=500&page={page}");
            rows.AddRange(answer["data"]!.AsArray()!);
            pages = (int)answer["pages"]!;
        }

        return rows;
    }

    /// <summary>How many of everything there are, as words.</summary>
    public async Task<string> ContentAsync()
    {
        var counts = (await GetAsync("/_emulator/status"))["counts"]!;
        return string.Join(", ", new[] { "linodes", "disks", "volumes", "nodebalancers", "firewalls" }.Select(kind => $"{counts[kind]} {kind}"));
    }

    /// <summary>What was asked of it by others than this test: method, path and status.</summary>
    public async Task<List<(string Method, string Path, int Status)>> RequestsAsync() =>
    [
        .. (await GetAsync("/_emulator/requests")).AsArray()
            .Where(row => (string?)row!["token"] is not { } token || !token.StartsWith("the-test", StringComparison.Ordinal))
            .Select(row => ((string)row!["method"]!, (string)row["path"]!, (int)row["status"]!)),
    ];

    /// <summary>Those of them that could change something.</summary>
    public async Task<List<(string Method, string Path, int Status)>> WritesAsync() =>
        [.. (await RequestsAsync()).Where(request => request.Method != "GET")];

    /// <summary>From now on this goes wrong.</summary>
    public async Task FaultAsync(string spec)
    {
        using var answer = await http.PostAsJsonAsync("/_emulator/faults", new { spec });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Asks for something beside the commands, as another client would.</summary>
    public async Task<JsonNode> SendAsync(string method, string path, string body = "{}")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = method == "GET" ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task MendAsync() => (await http.DeleteAsync("/_emulator/faults")).EnsureSuccessStatusCode();

    /// <summary>What it has written down and said, for a search: its log of requests, its status, the consoles of its hosts, its output.</summary>
    public IEnumerable<(string Place, string Text)> Testimony
    {
        get
        {
            lock (said)
            {
                return [.. testimony, ("the emulator's output", said.ToString())];
            }
        }
    }

    /// <summary>Has it say all that while it can; one that has ended said it before, or is dead.</summary>
    public async Task TestifyAsync()
    {
        if (process.HasExited)
        {
            return;
        }

        testimony.Clear();
        foreach (var path in new[] { "requests", "status", "faults" })
        {
            testimony.Add(($"the emulator's {path}", await http.GetStringAsync($"/_emulator/{path}")));
        }
    }

    /// <summary>Has it end by itself, with all that it started.</summary>
    public async Task StopAsync()
    {
        await TestifyAsync();
        await SendAsync("POST", "/_emulator/stop");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await process.WaitForExitAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        process.Kill(); // does nothing where it has ended
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task HearAsync(StreamReader stream, TextWriter also)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            lock (said)
            {
                said.AppendLine(line);
            }

            await also.WriteLineAsync(line);
        }
    }

    private static HttpClient Client(string url, string token)
    {
        var http = new HttpClient { BaseAddress = new Uri(url) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return http;
    }

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await http.GetStringAsync(path))!;
}
