using System.Text.Json;

namespace LinodeEmulator.Wire;

internal sealed record TagWire(string Label);

/// <summary>Something that has a tag: its type, and the thing as its own endpoint shows it.</summary>
internal sealed record TaggedWire(string Type, JsonElement Data);
