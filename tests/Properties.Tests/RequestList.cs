using System.Text.Json;
using System.Text.RegularExpressions;
using LinodeClusterToolkit.Tests.EndToEnd;

namespace Properties.Tests;

/// <summary>The requests of a run, as the emulator's faults name them.</summary>
internal static partial class RequestList
{
    public static IReadOnlyList<string> Of(World world, long after) => world.Cloud.Core.Ask(cloud =>
    {
        var met = new Dictionary<(string Method, string Path, string Label), int>();
        var seen = new List<string>();
        foreach (var request in world.Cloud.Core.Log.Requests.Where(request => request.Seq > after))
        {
            if (request.Path.StartsWith("/v3/", StringComparison.Ordinal))
            {
                // Which of several calls of one kind is the nth is no secret of theirs: few of them tell a label.
                var count = met[(request.Method, request.Path, "")] = met.GetValueOrDefault((request.Method, request.Path, "")) + 1;
                seen.Add($"on {request.Method} {request.Path} nth={count}");
                continue;
            }

            var path = request.Path["/v4".Length..];
            var label = request.Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("label", out var text)
                ? text.GetString()
                : Instance().Match(path) is { Success: true } node ? cloud.Instances.Find(long.Parse(node.Groups[1].ValueSpan))?.Label : null;
            var key = (request.Method, Number().Replace(path, "/*"), label is null ? "" : $" label={OfCluster().Replace(label, "-*")}");
            var nth = met[key] = met.GetValueOrDefault(key) + 1;
            seen.Add($"on {key.Method} {key.Item2}{key.Item3} nth={nth}");
        }

        return seen;
    });

    [GeneratedRegex("/instances/([0-9]+)")]
    private static partial Regex Instance();

    // A firewall is named by its cluster's id, which each run has anew.
    [GeneratedRegex("-[0-9a-f]{8}$")]
    private static partial Regex OfCluster();

    [GeneratedRegex("/[0-9]+")]
    private static partial Regex Number();
}
