using System.Text.RegularExpressions;

namespace EndToEnd.Tests.Deaths;

/// <summary>A cloud that holds things of somebody else before a cluster comes, and what stands in it afterwards.</summary>
internal sealed class Account(Cloud cloud)
{
    // Near to what the plan names, by name and tag.
    private static readonly (string Path, string Json)[] Foreign =
    [
        ("linode/instances", """{ "label": "fleet-us-east-web-9", "region": "us-east", "type": "g6-nanode-1", "tags": ["webserver"] }"""),
        ("volumes", """{ "label": "other-data", "region": "us-east", "size": 20, "tags": ["lct:00000000-0000-7000-8000-000000000000"] }"""),
        ("networking/firewalls", """{ "label": "other", "rules": { "inbound_policy": "DROP", "outbound_policy": "ACCEPT" } }"""),
        ("nodebalancers", """{ "label": "other", "region": "us-east" }"""),
    ];

    private readonly List<string> things = [];
    private string before = "";

    /// <summary>Empties the account but for the things of somebody else.</summary>
    public async Task ResetAsync()
    {
        await cloud.SendAsync("POST", "/_emulator/reset");
        things.Clear();
        foreach (var (path, json) in Foreign)
        {
            things.Add($"/v4/{path}/{(await cloud.SendAsync("POST", $"/v4/{path}", json))["id"]}");
        }

        do
        {
            before = await ForeignAsync();
        }
        while (Regex.IsMatch(before, "\"(provisioning|creating)\""));
    }

    /// <summary>What is wrong with it, where another run of the plan left this; nothing where nothing is.</summary>
    public async Task<string> WrongAsync(Desk desk, IReadOnlyList<string> planned)
    {
        var stands = await Standing.OfAsync(cloud);
        var real = (await cloud.ListAsync("linode/instances")).Select(node => (long)node["id"]!).Order().ToList();
        var known = (await desk.RunAsync("node", "list", "-o", "json")).Ended(0).Json.AsArray().Select(node => (long)node!["id"]!);
        var stranger = things[0];
        var lost = (await desk.RunAsync("cluster", "orphans", "-o", "json")).Ended(0).Json.AsArray()
            .Where(orphan => !$"{orphan}".Contains("00000000-0000-7000-8000-000000000000", StringComparison.Ordinal));
        return string.Concat(
            planned.Except(stands).Select(line => $"\nmissing: {line}")
                .Concat(stands.Except(planned).Select(line => $"\ntoo much: {line}"))
                .Concat(stands.Count == planned.Count ? [] : [$"\n{stands.Count} things instead of {planned.Count}"])
                .Concat(real.Except(known).Where(id => !stranger.EndsWith($"/{id}", StringComparison.Ordinal)).Select(id => $"\nnot known: node {id}"))
                .Concat(known.Except(real).Select(id => $"\nknown, but gone: node {id}"))
                .Concat(lost.Select(orphan => $"\norphan: {orphan}"))
                .Concat(await ForeignAsync() == before ? [] : ["\nsomething of somebody else was touched"]));
    }

    private async Task<string> ForeignAsync() =>
        string.Join('\n', await Task.WhenAll(things.Select(async thing => (await cloud.SendAsync("GET", thing)).ToJsonString())));
}
