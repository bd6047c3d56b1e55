using System.Globalization;
using System.Text.Json;
using LinodeClusterToolkit.Api.Http;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>The API's answer to one action.</summary>
/// <param name="Data">What it gave; undefined where it gave none.</param>
/// <param name="Errors">What went wrong; none where it went well.</param>
internal sealed record V3Envelope(JsonElement Data, IReadOnlyList<V3Error> Errors)
{
    /// <summary>The code that decides; 0 where all went well.</summary>
    public int Code => Errors.Count == 0 ? 0 : Errors[0].Code;

    /// <summary>Reads a body: one envelope, or for a batch a list of them; null where it is neither.</summary>
    public static (V3Envelope? Whole, IReadOnlyList<V3Envelope?>? Items) Read(HttpAnswer answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            var root = document.RootElement.Clone();
            return root.ValueKind switch
            {
                JsonValueKind.Object => (Of(root), null),
                JsonValueKind.Array => (null, [.. root.EnumerateArray().Select(Of)]),
                _ => default,
            };
        }
        catch (JsonException)
        {
            return default;
        }
    }

    // {"ERRORARRAY":[{"ERRORCODE":5,"ERRORMESSAGE":"Object not found"}],"DATA":{},"ACTION":"linode.boot"}; keys in any case and order
    // What has no ERRORARRAY is somebody else's answer.
    private static V3Envelope? Of(JsonElement envelope) => Member(envelope, "ERRORARRAY") is { ValueKind: JsonValueKind.Array } errors
        ? new(Member(envelope, "DATA"), [.. errors.EnumerateArray().Select(Error).Where(error => error.Code != 0)])
        : null;

    private static V3Error Error(JsonElement error) => new(
        int.TryParse(Loose.Text(Member(error, "ERRORCODE")), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) ? code : -1,
        Loose.Text(Member(error, "ERRORMESSAGE")) ?? "");

    private static JsonElement Member(JsonElement element, string name) => element.ValueKind != JsonValueKind.Object
        ? default
        : element.EnumerateObject().FirstOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>An item of <c>ERRORARRAY</c>.</summary>
/// <param name="Code">Its number; -1 where it is none.</param>
/// <param name="Message">The API's words.</param>
internal sealed record V3Error(int Code, string Message);
