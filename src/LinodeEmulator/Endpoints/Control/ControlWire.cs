using System.Text.Json.Serialization;

namespace LinodeEmulator.Endpoints.Control;

internal sealed record CountsWire(
    int Linodes, int Running, int Disks, int Volumes, int Nodebalancers, int Firewalls, int Images, int Stackscripts, int Events, int OpenJobs,
    int Requests, int Faults);

internal sealed record StatusWire(
    string Version, string Hosts, string Note, long Seed, string Latency, string Limits, string Catalogue, ClockWire Clock, string? State,
    CountsWire Counts, IReadOnlyList<string> Faults);

/// <summary>Kind <c>real</c>, <c>virtual</c> (can be advanced here), or <c>host</c>: the clock of the program that the emulator is part of.</summary>
internal sealed record ClockWire(string Kind, string Now);

internal sealed record FaultWire(int Id, string Spec, int Matched, int Struck);

internal sealed record CountersWire(
    IReadOnlyList<RequestCount> Requests, [property: JsonPropertyName("refused_429")] int Refused429, IReadOnlyDictionary<string, int> Created,
    IReadOnlyDictionary<string, int> Deleted);
