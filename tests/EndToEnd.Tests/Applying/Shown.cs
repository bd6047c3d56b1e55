using System.Globalization;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Applying;

/// <summary>What a preview says: by it, what has to differ afterwards, what may, which nodes go down, and what runs inside which.</summary>
internal sealed class Shown(JsonArray changes)
{
    private static readonly string[] Storage = ["volume.add", "volume.again", "volume.attach", "volume.size", "volume.mount"];

    private readonly List<JsonNode> done = [.. changes.Where(change => (string?)change!["does"] == "done").Select(change => change!)];

    /// <summary>Rules, each once for each thing it is about, in order.</summary>
    public IReadOnlyList<string> Rules { get; } = [.. changes.Select(change => $"{change!["rule"]}{((string?)change["does"] is "done" or "refused" ? "" : " held")}").Order(StringComparer.Ordinal)];

    public bool IsRefused { get; } = changes.Any(change => (string?)change!["does"] == "refused");

    /// <summary>What the records cost more afterwards; those know what somebody deleted by hand as if it stood.</summary>
    public decimal Monthly => done.Where(change => !((string)change["why"]!).StartsWith("it is gone from the account", StringComparison.Ordinal)).Sum(change => decimal.Parse((string)change["monthly"]!, CultureInfo.InvariantCulture));

    /// <summary>What must differ afterwards.</summary>
    public IReadOnlySet<string> Demanded => done.Select(Place).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>Nodes that must go down and come up, or come up.</summary>
    public IReadOnlySet<string> Booted => done.Where(change => (string?)change["how"] is "reboot" or "rebuild"
        || ((string?)change["what"] == "node" && (string?)change["how"] == "add") || Rule(change) == "node.power").Select(Label).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether something may differ that is not told for itself: parts of what is told.</summary>
    public bool Allows(string difference)
    {
        var place = difference[2..];
        return Demanded.Contains(difference) || done.Any(change => Rule(change) switch
        {
            "node.type" => place == $"node {Label(change)}/disks",
            "node.image" or "node.disks" => place == $"node {Label(change)}/image",
            "balancer.port" => place.StartsWith($"balancer {Label(change)}/{PortOf(change)}/back end ", StringComparison.Ordinal),
            "node.remove" or "node.again" or "node.add" => place.StartsWith($"volume {Label(change)}-", StringComparison.Ordinal) && place.EndsWith("/node", StringComparison.Ordinal),
            "firewall.add" => place.StartsWith("firewall/", StringComparison.Ordinal) || place.EndsWith("/firewall", StringComparison.Ordinal),
            _ => false,
        });
    }

    /// <summary>What has to run inside nodes that stay: verb and node.</summary>
    public IReadOnlySet<string> Inside(IReadOnlyDictionary<string, string> labels) => done.SelectMany(change => Rule(change) switch
    {
        "node.users" => [$"users {Label(change)}"],
        "node.ssh" => [$"ssh {Label(change)}"],
        "node.services" => [$"ports {Label(change)}"],
        _ when Storage.Contains(Rule(change)) && (string?)change["node"] is { } key && labels.TryGetValue(key, out var on) && !IsFresh(on) => [$"storage {on}"],
        _ => Array.Empty<string>(),
    }).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a node is made, or made anew: what runs inside it is all of its configuration.</summary>
    public bool IsFresh(string label) => done.Any(change => (string?)change["what"] == "node" && Label(change) == label && (string?)change["how"] is "add" or "rebuild");

    /// <summary>Whether nodes come, go or get addresses: then all that stay are told.</summary>
    public bool MovesNodes => done.Any(change => Rule(change) is "node.add" or "node.again" or "node.finish" or "node.remove" or "node.private-ip" or "node.image" or "node.disks");

    private static string? Place(JsonNode change) => (Rule(change), Fact(change)) switch
    {
        ("node.add" or "node.again", _) => $"+ node {Label(change)}",
        ("node.remove", _) => change["from"] is null ? null : $"- node {Label(change)}", // of one that was never made only the record goes
        ("node.type", _) => $"~ node {Label(change)}/type",
        ("node.image" or "node.disks" or "node.disk.size", _) => $"~ node {Label(change)}/disks",
        ("node.tags", _) => $"~ node {Label(change)}/tags",
        ("node.owner", _) => $"~ node {Label(change)}/owner",
        ("node.guard", _) => $"+ node {Label(change)}/firewall",
        ("node.watchdog", _) => $"~ node {Label(change)}/watchdog",
        ("node.power", _) => $"~ node {Label(change)}/status",
        ("node.private-ip", _) => $"~ node {Label(change)}/private",
        ("volume.add" or "volume.again", _) => $"+ volume {Label(change)}",
        ("volume.remove", _) => $"- volume {Label(change)}",
        ("volume.size", _) => $"~ volume {Label(change)}/size",
        ("volume.tags", _) => $"~ volume {Label(change)}/tags",
        ("volume.attach", _) => $"~ volume {Label(change)}/node",
        ("balancer.add", _) => $"+ balancer {Label(change)}",
        ("balancer.remove", _) => $"- balancer {Label(change)}",
        ("balancer.port", var fact) => $"{Sign(change, fact.Split(' ').Length == 2)} balancer {Label(change)}/{PortOf(change)}",
        ("balancer.backend", var fact) => $"{Sign(change, true)} balancer {Label(change)}/{PortOf(change)}/{fact[(PortOf(change).Length + 1)..]} {BackOf(change)}",
        ("firewall.add", _) => $"+ firewall {Label(change)}",
        ("firewall.rules", var fact) => $"{Sign(change, true)} firewall/{fact}",
        _ => null,
    };

    private static string Sign(JsonNode change, bool isWhole) => !isWhole ? "~" : change["from"] is null ? "+" : change["to"] is null ? "-" : "~";

    private static string PortOf(JsonNode change) => string.Join(' ', Fact(change).Split(' ')[..2]);

    private static string BackOf(JsonNode change) => ((string?)change["from"] ?? (string?)change["to"])!.Split(' ')[0];

    private static string Rule(JsonNode change) => (string)change["rule"]!;

    private static string Fact(JsonNode change) => (string)change["fact"]!;

    private static string Label(JsonNode change) => (string)change["label"]!;
}
