using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using LinodeClusterToolkit.Tests.Api.Http;
using Microsoft.AspNetCore.Http;

namespace LinodeClusterToolkit.Tests.Secrets.Vault.Double;

/// <summary>A Vault on a free port of this machine; what others wrote for real ones finds nothing wrong with it (see JudgeTests).</summary>
internal sealed class DoubleServer : IAsyncDisposable
{
    private readonly HttpClient admin = new();
    private readonly ConcurrentQueue<string> seen = new();
    private LoopbackServer server = null!;
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DoubleServer(TimeProvider time) => Vault = new(time);

    public DoubleVault Vault { get; }

    public Uri Url => server.Url;

    /// <summary>What came, as method and path, in order.</summary>
    public IReadOnlyList<string> Seen => [.. seen];

    /// <summary>Answers in the double's place where it gives true; asked before each request.</summary>
    public Func<HttpContext, bool>? Before { get; set; }

    /// <summary>How many of the next writes happen and get no answer.</summary>
    public int LoseAnswers { get; set; }

    /// <summary>The active node, where this one is a standby that sends on.</summary>
    public Uri? Active { get; set; }

    public static async Task<DoubleServer> StartAsync(TimeProvider? time = null, X509Certificate2? certificate = null)
    {
        var made = new DoubleServer(time ?? TimeProvider.System);
        made.server = await LoopbackServer.StartAsync(made.AnswerAsync, certificate);
        return made;
    }

    /// <summary>Ends when a call has come that often.</summary>
    public async Task UntilSeenAsync(string call, int times)
    {
        while (true)
        {
            var next = more.Task;
            if (seen.Count(one => one == call) >= times)
            {
                return;
            }

            await next;
        }
    }

    /// <summary>What an operator would do, as root; not among what was seen.</summary>
    public async Task<JsonObject?> DoAsync(string method, string path, object? body = null, string? wrapTtl = null, string? inside = null)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(Url, $"/v1/{path}"));
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Add("X-Vault-Token", Vault.RootToken);
        request.Headers.Add("X-Operator", "true");
        if (wrapTtl is not null)
        {
            request.Headers.Add("X-Vault-Wrap-TTL", wrapTtl);
        }

        if (inside is not null)
        {
            request.Headers.Add("X-Vault-Namespace", inside);
        }

        using var response = await admin.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
    }

    public async Task<string> NewTokenAsync(object wanted) => (string)(await DoAsync("POST", "auth/token/create", wanted))!["auth"]!["client_token"]!;

    /// <summary>Makes a role and gives its two ids; the secret one wrapped where that is asked for.</summary>
    public async Task<(string RoleId, string SecretId)> NewRoleAsync(object wanted, string? wrapTtl = null)
    {
        await DoAsync("POST", "sys/auth/approle", new { type = "approle" });
        await DoAsync("POST", "auth/approle/role/tool", wanted);
        var role = (string)(await DoAsync("GET", "auth/approle/role/tool/role-id"))!["data"]!["role_id"]!;
        var secret = (await DoAsync("POST", "auth/approle/role/tool/secret-id", new { }, wrapTtl))!;
        return (role, wrapTtl is null ? (string)secret["data"]!["secret_id"]! : (string)secret["wrap_info"]!["token"]!);
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        await server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var isOperator = context.Request.Headers.ContainsKey("X-Operator");
        if (!isOperator)
        {
            seen.Enqueue($"{context.Request.Method} {context.Request.Path.Value!["/v1/".Length..]}");
            Interlocked.Exchange(ref more, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            if (Before?.Invoke(context) == true)
            {
                return;
            }
        }

        // A standby knows nothing but where the active node is; its own health it tells itself.
        if (Active is not null && !context.Request.Path.StartsWithSegments("/v1/sys/health"))
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = new Uri(Active, context.Request.Path + context.Request.QueryString).ToString();
            return;
        }

        var request = await DoubleRequest.ReadAsync(context);
        var reply = request is null ? DoubleReply.Error(400, "failed to parse JSON input") : Vault.Answer(request);
        if (!isOperator && LoseAnswers > 0 && request?.IsWrite == true)
        {
            LoseAnswers--;
            context.Abort();
            return;
        }

        await WriteAsync(context, reply);
    }

    public static async Task WriteAsync(HttpContext context, DoubleReply reply)
    {
        context.Response.StatusCode = reply.Status;
        context.Response.Headers.CacheControl = "no-store";
        if (reply.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = $"{wait}";
        }

        if (reply.Body is { } body && context.Request.Method != "HEAD")
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body.ToJsonString());
        }
    }
}
