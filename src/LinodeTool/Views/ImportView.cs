using LinodeClusterToolkit.Clusters;
using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>A fact on which a state and the account do not agree.</summary>
internal sealed record ImportDifferenceDocument(string Fact, string? State, string? Account);

/// <summary>A thing that an import has looked at.</summary>
/// <param name="Verdict">taken, missing or refused.</param>
internal sealed record ImportItemDocument(
    string Verdict, string Kind, long Id, string Label, string? Address, string? Region, string? Key, string? Size, bool Marked, string? Why,
    IReadOnlyList<ImportDifferenceDocument> Differences, decimal CostHourly, decimal CostMonthly)
{
    public static ImportItemDocument From(ImportItem item) => new(
        item.Verdict.ToString().ToLowerInvariant(), item.Kind, item.Id, item.Label, item.Address, item.Region, item.Key, item.Size, item.IsMarked,
        item.Why, [.. item.Differences.Select(one => new ImportDifferenceDocument(one.Fact, one.Source, one.Account))], item.Hourly, item.Monthly);
}

/// <summary>Something of a state that is left alone.</summary>
internal sealed record BystanderDocument(string Address, string Why);

/// <summary>What an import would take up.</summary>
/// <param name="Situation">new, unfinished or finished.</param>
internal sealed record ImportDocument(
    string Cluster, string Source, string Situation, int TakenCount, int MarkCount, decimal CostHourly, decimal CostMonthly,
    IReadOnlyList<ImportItemDocument> Items, IReadOnlyList<BystanderDocument> LeftAlone, IReadOnlyList<string> Notes)
{
    public static ImportDocument From(ImportPreview preview) => new(
        preview.Cluster, preview.Source, preview.Situation.ToString().ToLowerInvariant(), preview.Taken.Count, preview.ToMark.Count,
        preview.Taken.Sum(item => item.Hourly), preview.Taken.Sum(item => item.Monthly), [.. preview.Items.Select(ImportItemDocument.From)],
        [.. preview.Bystanders.Select(one => new BystanderDocument(one.Address, one.Why))], preview.Notes);
}

internal static class ImportView
{
    private const int MostBystanders = 20;

    public static Shape<ImportDocument> Shape => new(ToolJson.Default.ImportDocument, import => import.Cluster,
    [
        new("cluster", import => import.Cluster),
        new("source", import => import.Source),
        new("situation", import => import.Situation),
        new("taken", import => $"{import.TakenCount}") { Right = true },
        new("marked", import => $"{import.MarkCount}") { Right = true },
        new("monthly", import => Say.Money(import.CostMonthly)) { Right = true },
    ]);

    private static IReadOnlyList<Column<ImportItemDocument>> Items =>
    [
        new("verdict", item => item.Verdict),
        new("kind", item => item.Kind),
        new("label", item => item.Label),
        new("key", item => item.Key ?? item.Region),
        new("size", item => item.Size),
        new("note", item => item.Why ?? item.Address),
    ];

    public static IEnumerable<string> Text(ImportDocument import) =>
    [
        $"{Say.Plain(import.Cluster)}: {Headline(import)}",
        .. Table.Lines(import.Items, Items, header: false).Select(line => "  " + line),
        .. import.Items.SelectMany(item => item.Differences.Select(one => Say.Plain(
            $"differs: {item.Kind} {item.Label}, {one.Fact}: {Or(one.State)} in the state, {Or(one.Account)} in the account, which counts"))),
        .. import.LeftAlone.Take(MostBystanders).Select(one => Say.Plain($"left alone: {one.Address}, {one.Why}")),
        .. import.LeftAlone.Skip(MostBystanders).Take(1).Select(_ => $"left alone: {import.LeftAlone.Count - MostBystanders} more (-o json has them)"),
        .. Facts.Lines(("cost", $"{Say.Money(import.CostMonthly)} a month, {Say.Hourly(import.CostHourly)}, as it stands")),
        .. import.Notes.Select(note => "note: " + Say.Plain(note)),
    ];

    private static string Headline(ImportDocument import) => import.Situation switch
    {
        "finished" => $"taken up from {Say.Plain(import.Source)} already, nothing to do",
        "unfinished" => $"an import from {Say.Plain(import.Source)} did not finish; {Counts(import)}",
        _ => $"from {Say.Plain(import.Source)}, {Counts(import)}",
    };

    private static string Counts(ImportDocument import) =>
        $"{Say.Count(import.TakenCount, "thing")} to take up, {import.MarkCount} of them get an owner tag";

    private static string Or(string? text) => string.IsNullOrEmpty(text) ? "none" : text;
}
