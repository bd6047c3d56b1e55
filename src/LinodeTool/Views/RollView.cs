using LinodeClusterToolkit.Clusters;
using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>What a roll would do.</summary>
/// <param name="Kind">reboot, rebuild, replace or command.</param>
/// <param name="Nodes">The nodes in the order of their turns.</param>
/// <param name="VolumesKept">Labels of volumes that stay with what is on them.</param>
/// <param name="Begun">Whether it goes on with a run that did not come to its end.</param>
internal sealed record RollDocument(
    string Cluster, string Kind, string? Type, string? Image, int MaxUnavailable, IReadOnlyList<RollTurnDocument> Nodes,
    IReadOnlyList<string> VolumesKept, double LeastSeconds, int Calls, bool Begun)
{
    public static RollDocument From(RollPreview preview) => new(
        preview.Cluster, preview.Kind.ToString().ToLowerInvariant(), preview.Type, preview.Image, preview.Rounds.Max(round => round.Count),
        [
            .. preview.Rounds.Index().SelectMany(round => round.Item.Select(node => new RollTurnDocument(
                node.Label, node.Region, node.Group, round.Index + 1, node.State.Word(), node.Type))),
        ],
        preview.Volumes, preview.LeastTime.Time.TotalSeconds, preview.LeastTime.Calls, preview.IsBegun);
}

/// <summary>A node with its turn; those of a round have theirs at once.</summary>
internal sealed record RollTurnDocument(string Node, string Region, string Group, int Round, string State, string Type);

internal static class RollView
{
    public static Shape<RollDocument> Shape => new(ToolJson.Default.RollDocument, roll => roll.Cluster,
    [
        new("cluster", roll => roll.Cluster),
        new("kind", roll => roll.Kind),
        new("nodes", roll => $"{roll.Nodes.Count}") { Right = true },
        new("at once", roll => $"{roll.MaxUnavailable}") { Right = true },
        new("bound", roll => Say.Span(TimeSpan.FromSeconds(roll.LeastSeconds))) { Right = true },
    ]);

    private static IReadOnlyList<Column<RollTurnDocument>> Turns =>
    [
        new("round", turn => $"{turn.Round}") { Right = true },
        new("node", turn => turn.Node),
        new("group", turn => $"{turn.Region}/{turn.Group}"),
        new("state", turn => turn.State),
    ];

    public static IEnumerable<string> Text(RollDocument roll) =>
    [
        $"{Say.Plain(roll.Cluster)}: {Say.Count(roll.Nodes.Count, "node")} {Done(roll)}, {HowMany(roll)}",
        .. Table.Lines(roll.Nodes, Turns, header: false).Select(line => "  " + line),
        .. Facts.Lines(
            ("lost", roll.Kind switch
            {
                "rebuild" => "all that is on their disks",
                "replace" => "all that is on their disks, and their addresses",
                _ => null,
            }),
            ("kept", roll.VolumesKept.Count == 0 ? null : $"volumes {string.Join(", ", roll.VolumesKept)}"),
            ("image", roll.Image),
            ("time", $"bound {Say.Span(TimeSpan.FromSeconds(roll.LeastSeconds))}, {roll.Calls} API calls")),
        .. roll.Begun ? ["goes on with the run that did not come to its end: what is done already is not done again"] : Array.Empty<string>(),
    ];

    /// <summary>What is done, as a question begins.</summary>
    public static string Does(RollKind kind, string? type) => kind switch
    {
        RollKind.Rebuild => "Rebuild",
        RollKind.Replace => "Replace",
        RollKind.Command => "Run the command on",
        _ => type is null ? "Reboot" : "Resize",
    };

    private static string Done(RollDocument roll) => roll.Kind switch
    {
        "command" => "to run the command on",
        "reboot" when roll.Type is { } type => $"to resize to {type}",
        var kind => $"to {kind}",
    };

    private static string HowMany(RollDocument roll) =>
        roll.MaxUnavailable == 1 ? "one at a time" : roll.MaxUnavailable == roll.Nodes.Count ? "all at once" : $"{roll.MaxUnavailable} at a time";
}
