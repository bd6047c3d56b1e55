using System.Text.Json.Serialization;

namespace LinodeEmulator.Endpoints.Control;

internal sealed record CountsWire(
    int Linodes, int Running, int Disks, int Volumes, int Nodebalancers, int Firewalls, int Images, int Stackscripts, int Events, int OpenJobs,
    int Requests, int Faults)
{
    /// <summary>Those of two accounts together.</summary>
    public CountsWire With(CountsWire other) => new(
        Linodes + other.Linodes, Running + other.Running, Disks + other.Disks, Volumes + other.Volumes, Nodebalancers + other.Nodebalancers,
        Firewalls + other.Firewalls, Images + other.Images, Stackscripts + other.Stackscripts, Events + other.Events, OpenJobs + other.OpenJobs,
        Requests + other.Requests, Faults + other.Faults);
}

internal sealed record StatusWire(
    string Version, string Hosts, string Note, long Seed, string Latency, string Limits, string Catalogue, ClockWire Clock, string? State,
    CountsWire Counts, IReadOnlyList<string> Faults)
{
    /// <summary>What each account has, where there are several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, CountsWire>? Accounts { get; init; }
}

/// <summary>Kind <c>real</c>, <c>virtual</c> (can be advanced here), or <c>host</c>: the clock of the program that the emulator is part of.</summary>
internal sealed record ClockWire(string Kind, string Now);

internal sealed record FaultWire(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Account, int Id, string Spec, int Matched, int Struck);

internal sealed record CountersWire(
    IReadOnlyList<RequestCount> Requests, [property: JsonPropertyName("refused_429")] int Refused429, IReadOnlyDictionary<string, int> Created,
    IReadOnlyDictionary<string, int> Deleted)
{
    /// <summary>The same of each account, where there are several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, CountersWire>? Accounts { get; init; }
}
