using System.Text.Json;

namespace LinodeEmulator.Wire;

internal sealed record TagWire(string Label);

/// <summary>Something that has a tag: its type, and the thing as its own endpoint shows it.</summary>
internal sealed record TaggedWire(string Type, JsonElement Data)
{
    public static TaggedWire Of(InstanceWire row) => new("linode", JsonSerializer.SerializeToElement(row, V4Json.Default.InstanceWire));

    public static TaggedWire Of(VolumeWire row) => new("volume", JsonSerializer.SerializeToElement(row, V4Json.Default.VolumeWire));

    public static TaggedWire Of(BalancerWire row) => new("nodebalancer", JsonSerializer.SerializeToElement(row, V4Json.Default.BalancerWire));
}
