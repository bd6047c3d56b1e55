using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Bodies of requests: forms, so that neither key nor script ever stands in an address.</summary>
internal static class V3Form
{
    // api_key=…&api_action=linode.boot&LinodeID=7
    public static byte[] Plain(V3Request request) =>
        Encode([.. Head(request.Key, request.Action), .. request.Parameters.Texts]);

    // api_key=…&api_action=batch&api_requestArray=[{"api_action":"linode.boot","LinodeID":7},…]
    public static byte[] Batch(Sensitive? key, IEnumerable<V3Request> requests) =>
        Encode([.. Head(key, "batch"), ("api_requestArray", Json(writer => Write(writer, requests)))]);

    public static string Json(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static IEnumerable<(string Name, string Text)> Head(Sensitive? key, string action) =>
        key is null ? [("api_action", action)] : [("api_key", key.Reveal()), ("api_action", action)];

    private static void Write(Utf8JsonWriter writer, IEnumerable<V3Request> requests)
    {
        writer.WriteStartArray();
        foreach (var request in requests)
        {
            writer.WriteStartObject();
            writer.WriteString("api_action", request.Action);
            request.Parameters.Write(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static byte[] Encode(IEnumerable<(string Name, string Text)> pairs) =>
        Encoding.ASCII.GetBytes(string.Join('&', pairs.Select(pair => $"{pair.Name}={WebUtility.UrlEncode(pair.Text)}")));
}
