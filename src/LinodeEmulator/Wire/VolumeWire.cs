using LinodeEmulator.State;
using LinodeEmulator.Time;

namespace LinodeEmulator.Wire;

internal sealed record VolumeWire(
    long Id, string Label, string Status, int Size, string Region, long? LinodeId, string? LinodeLabel, string FilesystemPath, string HardwareType,
    string Encryption,
    bool IoReady, IReadOnlyList<string> Tags, IReadOnlyList<string> Locks, string Created, string Updated)
{
    public static VolumeWire Of(Volume row, Cloud cloud) => new(
        row.Id, row.Label, row.Status, row.Size, row.Region, row.LinodeId, row.LinodeId is { } id ? cloud.Instances.Find(id)?.Label : null,
        $"/dev/disk/by-id/scsi-0Linode_Volume_{row.Label}", "nvme", row.Encrypted
            ? "enabled"
            : "disabled", row.IoReady, row.Tags, [], ApiTime.Text(row.Created),
        ApiTime.Text(row.Updated));
}
