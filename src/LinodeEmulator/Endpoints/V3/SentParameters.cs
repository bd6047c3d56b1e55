using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LinodeEmulator.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>What was sent, by names whose case means nothing. In a form, in the query, or in both: then the form holds.</summary>
internal sealed class SentParameters
{
    /// <summary>The protocol's own, which no action sees.</summary>
    private const string OfProtocol = "api_";

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public string Action => Find("api_action") ?? "";

    /// <summary>What an action may look at.</summary>
    public IEnumerable<KeyValuePair<string, string>> OfAction =>
        _values.Where(pair => !pair.Key.StartsWith(OfProtocol, StringComparison.OrdinalIgnoreCase));

    public string? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>The key: the parameter, or else the password of HTTP Basic, whose user name means nothing. Empty where there is none.</summary>
    public string Key(string? authorization) =>
        Find("api_key") is { Length: > 0 } key ? key
        : Basic(authorization) is { } pair ? pair[(pair.IndexOf(':') + 1)..]
        : "";

    public static async Task<SentParameters> ReadAsync(EmulatorRequest request, CancellationToken cancellation)
    {
        var sent = new SentParameters();
        sent.Take(QueryHelpers.ParseQuery(request.Query).Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())));
        if (Boundary(request.ContentType) is { } boundary)
        {
            sent.Take(await PartsAsync(request.Body, boundary, cancellation));
        }
        else if (!request.Body.IsEmpty)
        {
            var form = Encoding.UTF8.GetString(request.Body.Span);
            sent.Take(QueryHelpers.ParseQuery(form).Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())));
        }

        return sent;
    }

    /// <summary>One request of a batch, such as <c>{"api_action": "linode.boot", "LinodeID": 5}</c>. Nothing where it is no object.</summary>
    public static SentParameters? OfItem(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var sent = new SentParameters();
        sent.Take(item.EnumerateObject()
            .Where(field => field.Value.ValueKind != JsonValueKind.Null)
            .Select(field => KeyValuePair.Create(
                field.Name, field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()! : field.Value.GetRawText())));
        return sent;
    }

    public JsonObject ToJson() => new(OfAction.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    private void Take(IEnumerable<KeyValuePair<string, string>> values)
    {
        foreach (var (name, value) in values)
        {
            _values[name] = value;
        }
    }

    private static string? Basic(string? authorization)
    {
        if (authorization?.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        var encoded = authorization[6..].Trim();
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private static string? Boundary(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString()
            : null;

    /// <summary>Parts of the form <c>Content-Disposition: form-data; name="Label"</c>, an empty line, the value.</summary>
    private static async Task<IReadOnlyList<KeyValuePair<string, string>>> PartsAsync(
        ReadOnlyMemory<byte> body, string boundary, CancellationToken cancellation)
    {
        var parts = new List<KeyValuePair<string, string>>();
        using var stream = new MemoryStream(body.ToArray());
        var reader = new MultipartReader(boundary, stream);
        try
        {
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (section.GetContentDispositionHeader() is { } header && HeaderUtilities.RemoveQuotes(header.Name).Value is { } name)
                {
                    using var text = new StreamReader(section.Body, Encoding.UTF8);
                    parts.Add(KeyValuePair.Create(name, await text.ReadToEndAsync(cancellation)));
                }
            }
        }
        catch (IOException)
        {
            // The body breaks off: what was whole is what was sent.
        }

        return parts;
    }
}
