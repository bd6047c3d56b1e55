using LinodeEmulator.State;

namespace LinodeEmulator.Wire;

internal sealed record SlotWire(long? DiskId, long? VolumeId);

internal sealed record InterfaceWire(long Id, string Purpose, string Label, string IpamAddress, bool Primary, bool Active);

internal sealed record ConfigWire(
    long Id, string Label, string Kernel, string Comments, int MemoryLimit, string RootDevice, string RunLevel, string VirtMode, long? Initrd,
    Helpers Helpers,
    IReadOnlyDictionary<string, SlotWire?> Devices, IReadOnlyList<InterfaceWire> Interfaces)
{
    public static ConfigWire Of(Config row) => new(
        row.Id, row.Label, row.Kernel, row.Comments, row.MemoryLimit, row.RootDevice, row.RunLevel, row.VirtMode, row.Initrd, row.Helpers,
        row.Devices.ToDictionary(
            slot => slot.Key, slot => slot.Value is { } used ? new SlotWire(used.DiskId, used.VolumeId) : null, StringComparer.Ordinal),
        [.. row.Interfaces.Select(one => new InterfaceWire(one.Id, one.Purpose, one.Label, one.IpamAddress, one.Primary, one.Active))]);
}
