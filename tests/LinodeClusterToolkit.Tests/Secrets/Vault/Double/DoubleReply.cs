using System.Text.Json.Nodes;

namespace LinodeClusterToolkit.Tests.Secrets.Vault.Double;

/// <summary>What the double answers: a status, and a body in the envelope all answers of a Vault have.</summary>
internal sealed record DoubleReply(int Status, JsonObject? Body)
{
    public static DoubleReply Nothing { get; } = new(204, null);

    /// <summary>Nothing there, or nothing below: the list of errors is empty.</summary>
    public static DoubleReply NotFound => Error(404);

    public static DoubleReply Denied => Error(403, "1 error occurred:\n\t* permission denied\n\n");

    /// <summary>How long the next try should wait; goes into <c>Retry-After</c>.</summary>
    public int? RetryAfter { get; init; }

    public static DoubleReply Error(int status, params string[] errors) =>
        new(status, new JsonObject { ["errors"] = new JsonArray([.. errors.Select(error => JsonValue.Create(error))]) });

    public static DoubleReply Data(JsonObject data, int status = 200) => new(status, Envelope("data", data));

    public static DoubleReply Auth(JsonObject auth) => new(200, Envelope("auth", auth));

    public static DoubleReply Wrapped(JsonObject info) => new(200, Envelope("wrap_info", info));

    private static JsonObject Envelope(string member, JsonObject content)
    {
        var body = new JsonObject
        {
            ["request_id"] = Guid.NewGuid().ToString(),
            ["lease_id"] = "",
            ["renewable"] = false,
            ["lease_duration"] = 0,
            ["data"] = null,
            ["wrap_info"] = null,
            ["warnings"] = null,
            ["auth"] = null,
        };
        body[member] = content;
        return body;
    }
}
