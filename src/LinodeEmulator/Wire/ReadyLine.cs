using System.Text.Json.Serialization;

namespace LinodeEmulator.Wire;

/// <summary>The one line that the program prints when it is ready.</summary>
internal sealed record ReadyLine(
    string Url, string Control, int Pid, string Version, string Hosts, string Note, long Seed, string Latency, string Limits, string Catalogue,
    string Clock, string? State)
{
    /// <summary>Names of the accounts, where there are several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Accounts { get; init; }
}
