using System.Globalization;
using System.Text.Json;
using LinodeEmulator.Faults;
using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints;

/// <summary>Reads from a request what faults look at: whose labels are in it, by name or by id.</summary>
internal static class RequestLabels
{
    public static FaultedRequest Read(
        string method, string path, string route, IReadOnlyDictionary<string, string> values, JsonElement? body, Cloud cloud)
    {
        var target = Field(body, "linode_id") is { ValueKind: JsonValueKind.Number } id && id.TryGetInt64(out var number) ? number : (long?)null;
        return new FaultedRequest(method, path, route)
        {
            NamesLinode = target is not null,
            Region = Text(body, "region"),
            Labels = [.. new[]
            {
                Id(values, "linodeId") is { } linode ? cloud.Instances.Find(linode)?.Label : null,
                Id(values, "volumeId") is { } volume ? cloud.Volumes.Find(volume)?.Label : null,
                Text(body, "label"),
                target is { } known ? cloud.Instances.Find(known)?.Label : null,
            }.OfType<string>()],
        };
    }

    private static long? Id(IReadOnlyDictionary<string, string> values, string name) =>
        values.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string? Text(JsonElement? body, string name) =>
        Field(body, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Field(JsonElement? body, string name) =>
        body is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty(name, out var value) ? value : null;
}
