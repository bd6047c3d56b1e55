using System.Text.Json.Serialization;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;

namespace LinodeTool.Views;

/// <summary>Who works on a cluster now.</summary>
/// <param name="Verb">What for: create, delete, …</param>
/// <param name="Machine">The machine it works on.</param>
/// <param name="Process">Its process there.</param>
/// <param name="Since">Since when.</param>
/// <param name="Renewed">When it was last heard of.</param>
/// <param name="Stopping">Whether it was asked to stop.</param>
internal sealed record WorkDocument(string Verb, string Machine, int Process, DateTimeOffset Since, DateTimeOffset Renewed, bool Stopping)
{
    public static WorkDocument From(Lease lease) => new(
        lease.Purpose, lease.Holder?.Machine ?? "", lease.Holder?.Process ?? 0, lease.Since, lease.Renewed, lease.StopAsked);
}

/// <summary>A run as it stands: running, done, failed or interrupted.</summary>
internal sealed record RunStateDocument(string? Run, string Cluster, string Verb, string State, DateTimeOffset? Started, DateTimeOffset? Ended)
{
    /// <summary>Who works on it, or did until it was stopped.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WorkDocument? Work { get; init; }

    public static RunStateDocument From(string cluster, RunRecord? run, string verb, string state, Lease? lease) => new(
        run?.Id, cluster, verb, state, run?.Started, run?.Ended)
    {
        Work = lease is null ? null : WorkDocument.From(lease),
    };
}

/// <summary>Something that happened in a step: an event of its run, or what ran on its node, with what was printed.</summary>
internal sealed record StepLogDocument(DateTimeOffset Ts, string Source, string Text, IReadOnlyList<string> Lines);
