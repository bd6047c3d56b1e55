using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Changes;

/// <summary>How something comes to be as its plan says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeWay>))]
public enum ChangeWay
{
    /// <summary>It is made.</summary>
    Add,

    /// <summary>It is changed while it is at work.</summary>
    InPlace,

    /// <summary>Its node is shut down for it and booted again, one of a group at a time.</summary>
    Reboot,

    /// <summary>Its node is made anew under the same name and addresses; what is on its disks is lost.</summary>
    Rebuild,

    /// <summary>It is deleted.</summary>
    Remove,

    /// <summary>Only the plan is kept: it shows when something next comes to it.</summary>
    Later,

    /// <summary>It cannot be changed so.</summary>
    Refused,
}

/// <summary>One difference between a cluster and its plan, with what is done about it.</summary>
/// <param name="Rule">Which rule of <c>docs/changes.md</c> it goes by.</param>
/// <param name="Way">How it is done.</param>
/// <param name="What">node, volume, balancer, firewall, group or plan.</param>
/// <param name="Key">Identity inside the cluster.</param>
/// <param name="Label">What people know it by.</param>
public sealed record PlannedChange(string Rule, ChangeWay Way, string What, string Key, string Label)
{
    /// <summary>Region id, where it is in one.</summary>
    public string? Region { get; init; }

    /// <summary>Group, where it is of one.</summary>
    public string? Group { get; init; }

    /// <summary>Key of the node it is about, where it is about one.</summary>
    public string? Node { get; init; }

    /// <summary>What is changed of it, e.g. <c>type</c>; empty where it is made or deleted as a whole.</summary>
    public string Fact { get; init; } = "";

    /// <summary>What is now; null for nothing.</summary>
    public string? From { get; init; }

    /// <summary>What is to be; null for nothing.</summary>
    public string? To { get; init; }

    /// <summary>Why it is done, or why in this way.</summary>
    public string Why { get; init; } = "";

    /// <summary>True where something that nobody can bring back is lost.</summary>
    public bool LosesData { get; init; }

    /// <summary>What it adds to the price of an hour, USD.</summary>
    public decimal Hourly { get; init; }

    /// <summary>What it adds to the price of a month, USD.</summary>
    public decimal Monthly { get; init; }

    /// <summary>Seconds it takes by itself at the least.</summary>
    public double Seconds { get; init; }
}
