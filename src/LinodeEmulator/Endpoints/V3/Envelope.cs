using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LinodeEmulator.Http;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>What an action is answered with: its name, its data and the errors, all of it with status 200.</summary>
internal static class Envelope
{
    private const string JsonType = "application/json;charset=UTF-8";

    /// <summary>One that went well; a few say so in words.</summary>
    public static JsonObject Of(string action, JsonNode? data, bool saysOk = false) =>
        Put(action, data ?? new JsonObject(), saysOk ? [ErrorCode.Ok] : []);

    /// <summary>One that did not: its data is an empty object, also where it would have been a list.</summary>
    public static JsonObject Of(string action, ApiV3Problem problem) => Put(action, new JsonObject(), problem.Errors);

    /// <param name="answer">An envelope, or an array of them.</param>
    /// <param name="human">For eyes: the same, on several lines.</param>
    public static EmulatorResponse Sent(JsonNode answer, bool human)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = human }))
        {
            answer.WriteTo(writer);
        }

        return new EmulatorResponse(200, JsonType, stream.ToArray());
    }

    private static JsonObject Put(string action, JsonNode data, IReadOnlyList<ErrorCode> errors) => new()
    {
        ["ERRORARRAY"] = new JsonArray(
            [.. errors.Select(error => new JsonObject { ["ERRORCODE"] = error.Number, ["ERRORMESSAGE"] = error.Message })]),
        ["ACTION"] = action,
        ["DATA"] = data,
    };
}
