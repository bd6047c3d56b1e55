using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What would become of a thing that an import has looked at.</summary>
public enum ImportVerdict
{
    /// <summary>It is taken up: it gets a record, and an owner tag where it has none yet.</summary>
    Taken,

    /// <summary>It is named by the state, and the account has no such thing: nothing is written down of it.</summary>
    Missing,

    /// <summary>It is somebody else's, so that nothing is taken up at all.</summary>
    Refused,
}

/// <summary>How an import stands.</summary>
public enum ImportSituation
{
    /// <summary>Nothing of it was done yet.</summary>
    New,

    /// <summary>It was begun, and goes on.</summary>
    Unfinished,

    /// <summary>It was done: there is nothing to do.</summary>
    Finished,
}

/// <summary>A fact on which the state and the account do not agree; the account is the truth.</summary>
/// <param name="Fact">Which, e.g. <c>type</c>.</param>
/// <param name="Source">What the state says.</param>
/// <param name="Account">What the account says.</param>
public sealed record ImportDifference(string Fact, string? Source, string? Account);

/// <summary>A thing that an import has looked at.</summary>
/// <param name="Kind">node, volume, balancer or firewall.</param>
/// <param name="Id">Its id in the cloud.</param>
/// <param name="Label">Its label in the account; where that is not to be told, or there is none, its name in the state.</param>
/// <param name="Verdict">What becomes of it.</param>
public sealed record ImportItem(string Kind, long Id, string Label, ImportVerdict Verdict)
{
    /// <summary>Where the state has it, e.g. <c>module.shop.linode_instance.web[0]</c>; null where a tag was asked for.</summary>
    public string? Address { get; init; }

    /// <summary>Region id, where it has one.</summary>
    public string? Region { get; init; }

    /// <summary>Type of a node, size of a volume.</summary>
    public string? Size { get; init; }

    /// <summary>The key it is to have here; of a node <c>region/group/number</c>.</summary>
    public string? Key { get; init; }

    /// <summary>Whether it carries the cluster's owner tag already.</summary>
    public bool IsMarked { get; init; }

    /// <summary>Why it is refused or missing.</summary>
    public string? Why { get; init; }

    /// <summary>In what the state and the account differ.</summary>
    public IReadOnlyList<ImportDifference> Differences { get; init; } = [];

    /// <summary>What it costs, USD per hour.</summary>
    public decimal Hourly { get; init; }

    /// <summary>The same per month.</summary>
    public decimal Monthly { get; init; }
}

/// <summary>What is in the state and no matter of an import.</summary>
/// <param name="Address">Where the state has it.</param>
/// <param name="Why">Why it is left alone.</param>
public sealed record ImportBystander(string Address, string Why);

/// <summary>What an import would take up; making it changed nothing.</summary>
/// <param name="Cluster">Name the cluster is to have here.</param>
/// <param name="Source">What says what is meant: a tag, or a state by its name.</param>
/// <param name="Situation">How it stands.</param>
/// <param name="Items">Everything that was looked at, by kind and label.</param>
public sealed record ImportPreview(string Cluster, string Source, ImportSituation Situation, IReadOnlyList<ImportItem> Items)
{
    /// <summary>What the state has besides, and is left alone.</summary>
    public IReadOnlyList<ImportBystander> Bystanders { get; init; } = [];

    /// <summary>What should be known before anybody agrees to it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What is taken up.</summary>
    public IReadOnlyList<ImportItem> Taken => [.. Items.Where(item => item.Verdict == ImportVerdict.Taken)];

    /// <summary>What gets an owner tag.</summary>
    public IReadOnlyList<ImportItem> ToMark => [.. Taken.Where(item => !item.IsMarked)];

    /// <summary>What is somebody else's.</summary>
    public IReadOnlyList<ImportItem> Refused => [.. Items.Where(item => item.Verdict == ImportVerdict.Refused)];

    /// <summary>Why nothing can be taken up at all; null where something can.</summary>
    public Problem? Obstacle { get; init; }

    /// <summary>What was asked for.</summary>
    internal ImportRequest Request { get; init; } = new("");
}
