using System.Globalization;
using System.Text.Json.Serialization;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Clusters;
using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>A backup of a node: type auto or snapshot, status as the cloud says it, size of its disks in MB.</summary>
internal sealed record BackupDocument(
    long Id, string? Label, string Node, string Type, string Status, bool Available, DateTimeOffset? Created, DateTimeOffset? Finished, int SizeMb)
{
    public static BackupDocument From(CloudBackup backup, string node) => new(
        backup.Id, backup.Label, node, backup.Type, backup.Status, backup.IsAvailable, backup.Created, backup.Finished,
        backup.Disks.Sum(disk => disk.SizeMb));
}

/// <summary>The backups of a node, whether they are bought, and when they are made.</summary>
internal sealed record NodeBackupsDocument(
    string Node, bool Enabled, string? Day, string? Window, decimal? PriceMonthly, IReadOnlyList<BackupDocument> Backups)
{
    public static NodeBackupsDocument From(NodeBackups found) => new(
        found.Node.Label, found.Backups.IsEnabled, found.Backups.Day, found.Backups.Window, found.Monthly,
        [.. found.Backups.All.Select(backup => BackupDocument.From(backup, found.Node.Label))]);
}

/// <summary>A node after a restore.</summary>
internal sealed record RestoreDocument(string Node, string From, long Backup, string? Label, bool Up)
{
    /// <summary>Why it cannot be entered, where it cannot.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Warning { get; init; }
}

internal static class BackupViews
{
    public static Shape<BackupDocument> Shape => new(ToolJson.Default.BackupDocument, NameOf,
    [
        new("backup", NameOf),
        new("id", backup => backup.Id.ToString(CultureInfo.InvariantCulture)) { Right = true },
        new("node", backup => backup.Node),
        new("type", backup => backup.Type),
        new("status", backup => backup.Status),
        new("created", backup => backup.Created is { } at ? Say.Time(at) : null),
        new("finished", backup => backup.Finished is { } at ? Say.Time(at) : null) { Wide = true },
        new("size", backup => $"{backup.SizeMb} MB") { Right = true },
    ]);

    public static Shape<NodeBackupsDocument> OfNode => new(ToolJson.Default.NodeBackupsDocument, node => node.Node,
    [
        new("node", node => node.Node),
        new("enabled", node => node.Enabled ? "yes" : "no"),
        new("day", node => node.Day),
        new("window", node => node.Window),
        new("monthly", node => node.PriceMonthly is { } price ? Say.Money(price) : null) { Right = true },
        new("backups", node => node.Backups.Count.ToString(CultureInfo.InvariantCulture)) { Right = true },
    ]);

    public static Shape<RestoreDocument> Restored => new(ToolJson.Default.RestoreDocument, done => done.Node,
    [
        new("node", done => done.Node), new("from", done => done.From),
        new("backup", done => done.Label ?? done.Backup.ToString(CultureInfo.InvariantCulture)), new("up", done => done.Up ? "yes" : "no"),
    ]);

    public static IEnumerable<string> Text(BackupDocument backup) => Facts.Lines(
        ("backup", NameOf(backup)), ("id", backup.Id.ToString(CultureInfo.InvariantCulture)), ("node", backup.Node), ("type", backup.Type),
        ("status", backup.Status), ("created", backup.Created is { } at ? Say.Time(at) : null), ("size", $"{backup.SizeMb} MB"));

    public static IEnumerable<string> Text(NodeBackupsDocument node) =>
    [
        .. Facts.Lines(
            ("node", node.Node), ("backups", node.Enabled ? "enabled" : "not enabled"),
            ("price", node.PriceMonthly is { } price ? $"{Say.Money(price)} a month" : null),
            ("made", node is { Enabled: true, Window: { } window } ? $"{node.Day}, {window}" : null)),
        .. node.Backups.Count == 0 ? [] : (IEnumerable<string>)["", .. Table.Lines(node.Backups, [.. Shape.Columns.Where(column => !column.Wide)], true)],
    ];

    public static IEnumerable<string> Text(RestoreDocument done) => Facts.Lines(
        ("node", done.Node), ("from", done.From == done.Node ? null : done.From),
        ("backup", done.Label ?? done.Backup.ToString(CultureInfo.InvariantCulture)), ("state", done.Up ? "runs" : "off, as it was"));

    private static string NameOf(BackupDocument backup) => backup.Label ?? backup.Id.ToString(CultureInfo.InvariantCulture);
}
