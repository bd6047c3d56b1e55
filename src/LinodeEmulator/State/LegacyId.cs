using System.Text.Json.Serialization;

namespace LinodeEmulator.State;

/// <summary>A number that API v3 had for something, and what v4 calls it: first in 2017, then today.</summary>
internal sealed record LegacyId(int Number, IReadOnlyList<string> Slugs)
{
    public string? Label { get; init; }

    /// <summary>The ABBR of a datacenter.</summary>
    public string? Short { get; init; }

    [JsonPropertyName("only32bit")]
    public bool Only32Bit { get; init; }
}
