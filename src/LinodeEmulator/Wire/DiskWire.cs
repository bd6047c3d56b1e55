using LinodeEmulator.State;
using LinodeEmulator.Time;

namespace LinodeEmulator.Wire;

internal sealed record DiskWire(
    long Id, string Label, string Status, string Filesystem, int Size, string DiskEncryption, string Created, string Updated)
{
    public static DiskWire Of(Disk row) => new(
        row.Id, row.Label, row.Status, row.Filesystem, row.Size, row.Encrypted
            ? "enabled"
            : "disabled", ApiTime.Text(row.Created), ApiTime.Text(row.Updated));
}
