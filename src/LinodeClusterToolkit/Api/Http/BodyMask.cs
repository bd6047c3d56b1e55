using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>A body as a log may show it: the values of secret keys replaced, the length bounded.</summary>
internal static class BodyMask
{
    private const int Longest = 4000;

    private static readonly FrozenSet<string> SecretKeys = new[]
    {
        "api_key", "authorization", "authorized_keys", "client_token", "root_pass", "rootPass", "rootSSHKey", "secret_id", "ssh_key", "ssl_cert",
        "ssl_key", "stackscript_data", "StackScriptUDFResponses", "user_data",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static string Apply(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var text = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(text))
            {
                Copy(document.RootElement, writer);
            }

            return Shorten(Encoding.UTF8.GetString(text.WrittenSpan));
        }
        catch (JsonException)
        {
            // What cannot be read cannot be masked either.
            return $"({body.Length} bytes that are not JSON)";
        }
    }

    public static string Shorten(string shown) =>
        shown.Length <= Longest ? shown : $"{shown.AsSpan(0, Longest)}… ({shown.Length} characters)";

    public static bool IsSecret(string key) =>
        SecretKeys.Contains(key)
        || key.Contains("password", StringComparison.OrdinalIgnoreCase)
        || key.Contains("secret", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("token", StringComparison.OrdinalIgnoreCase);

    private static void Copy(JsonElement element, Utf8JsonWriter writer)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var member in element.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                if (IsSecret(member.Name) && member.Value.ValueKind != JsonValueKind.Null)
                {
                    writer.WriteStringValue("***");
                }
                else
                {
                    Copy(member.Value, writer);
                }
            }

            writer.WriteEndObject();
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in element.EnumerateArray())
            {
                Copy(item, writer);
            }

            writer.WriteEndArray();
        }
        else
        {
            element.WriteTo(writer);
        }
    }
}
