using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LinodeClusterToolkit.Tests.Secrets.Vault.Double;

/// <summary>A request as the double sees it: a listing is a verb of its own, however it was asked for.</summary>
internal sealed record DoubleRequest(
    string Verb, string Path, JsonObject Body, IQueryCollection Query, string? Token, string Namespace, string? WrapTtl)
{
    private static readonly string[] Writes = ["POST", "PUT"];

    public string[] Parts => Path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    public bool IsWrite => Writes.Contains(Verb);

    public static async Task<DoubleRequest?> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        var isList = request.Method == "LIST" || (request.Method == "GET" && request.Query["list"].ToString() is "true" or "1");
        var path = request.Path.Value!["/v1/".Length..];
        JsonNode? body;
        try
        {
            body = request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0
                ? await JsonNode.ParseAsync(request.Body)
                : new JsonObject();
        }
        catch (JsonException)
        {
            return null;
        }

        // Bearer is the other way to bring a token.
        var bearer = request.Headers.Authorization.ToString();
        return new(
            isList ? "LIST" : request.Method, path, body as JsonObject ?? [], request.Query,
            request.Headers["X-Vault-Token"].FirstOrDefault() ?? (bearer.StartsWith("Bearer ", StringComparison.Ordinal) ? bearer[7..] : null),
            (request.Headers["X-Vault-Namespace"].FirstOrDefault() ?? "").Trim('/'), request.Headers["X-Vault-Wrap-TTL"].FirstOrDefault());
    }

    public string? Text(string field) => Body[field]?.ToString();

    public long? Whole(string field) => Body[field] is { } node && long.TryParse(node.ToString(), out var number) ? number : null;

    public bool Flag(string field) => Body[field]?.ToString() is "true" or "True";

    public IReadOnlyList<string> Texts(string field) => Body[field] switch
    {
        JsonArray list => [.. list.Select(item => $"{item}")],
        { } one => $"{one}".Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        null => [],
    };

    /// <summary>A duration as a Vault takes it: seconds, or a number with s, m, h or d.</summary>
    public TimeSpan Duration(string field) => Span(Text(field));

    public static TimeSpan Span(string? text) => text is null or "" ? TimeSpan.Zero : text[^1] switch
    {
        's' => TimeSpan.FromSeconds(int.Parse(text[..^1])),
        'm' => TimeSpan.FromMinutes(int.Parse(text[..^1])),
        'h' => TimeSpan.FromHours(int.Parse(text[..^1])),
        'd' => TimeSpan.FromDays(int.Parse(text[..^1])),
        _ => TimeSpan.FromSeconds(int.Parse(text)),
    };
}
