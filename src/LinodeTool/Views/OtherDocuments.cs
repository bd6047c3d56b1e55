using System.Text.Json.Serialization;
using LinodeClusterToolkit.Tasks;

namespace LinodeTool.Views;

/// <summary>A step of a run. The id is the run and the step's place in its journal.</summary>
internal sealed record TaskDocument(
    string Id, string Run, string? Cluster, string Step, string State, int Attempts, DateTimeOffset? Started, DateTimeOffset? Ended, string? Problem)
{
    public static TaskDocument From(JournalEntry entry, int place, string? cluster) => new(
        FormattableString.Invariant($"{entry.Run}.{place}"), entry.Run, cluster, entry.Step, entry.State.ToString().ToLowerInvariant(),
        entry.Attempts, entry.Started, entry.Ended, entry.Problem);
}

/// <summary>A secret; the value only where it was asked for in so many words.</summary>
internal sealed record SecretDocument(string Name)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Value { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PublicKey { get; init; }
}

/// <summary>A secret that was to be moved: copied, same, or differs; and whether it is gone where it came from.</summary>
internal sealed record MovedSecretDocument(string Name, string Move, bool Deleted);

/// <summary>A secret where it should not stand, and how many bytes of the file come before it.</summary>
internal sealed record SecretTraceDocument(string Secret, string Place, long At);

/// <summary>The local emulator.</summary>
internal sealed record EmulatorDocument(bool Running, string? Url, int? Pid, DateTimeOffset? Started, string Home, string Log)
{
    /// <summary>What stands behind its nodes: records or machines.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Hosts { get; init; }
}

internal sealed record VersionDocument(string Name, string Version, string Runtime, string System);
