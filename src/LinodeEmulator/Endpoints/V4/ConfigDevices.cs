using System.Text.Json;
using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints.V4;

/// <summary>The device slots of a configuration profile. There are eight, and on large plans as many as the node has GB of memory, up to 64; slots
/// behind the eighth are shown only as far as they are used.</summary>
internal static class ConfigDevices
{
    private const int Usual = 8;
    private const int Most = 64;

    public static Dictionary<string, Slot?> None() => Enumerable.Range(0, Usual).ToDictionary(Name, _ => (Slot?)null, StringComparer.Ordinal);

    public static int SlotsOf(Instance row) => Math.Clamp(row.Specs.Memory / 1024, Usual, Most);

    public static string Name(int index) =>
        index < 26 ? $"sd{(char)('a' + index)}" : $"sd{(char)('a' + (index / 26) - 1)}{(char)('a' + (index % 26))}";

    public static IReadOnlyDictionary<string, Slot?>? Read(BodyReader body, Instance row, Cloud cloud)
    {
        if (body.Map("devices") is not { } sent)
        {
            return null;
        }

        var allowed = Enumerable.Range(0, SlotsOf(row)).Select(Name).ToList();
        var read = new Dictionary<string, Slot?>(StringComparer.Ordinal);
        foreach (var (name, value) in sent)
        {
            if (!allowed.Contains(name))
            {
                body.Fail($"devices.{name}", $"{name} is not a valid field");
            }
            else if (value.ValueKind != JsonValueKind.Null)
            {
                read[name] = ReadSlot(body, name, value, row, cloud);
            }
        }

        var shown = Math.Max(Usual, read.Keys.Select(name => allowed.IndexOf(name)).DefaultIfEmpty(-1).Max() + 1);
        return allowed.Take(shown).ToDictionary(name => name, name => read.GetValueOrDefault(name), StringComparer.Ordinal);
    }

    private static Slot? ReadSlot(BodyReader body, string name, JsonElement value, Instance row, Cloud cloud)
    {
        var path = $"devices.{name}";
        var (disk, volume) = value.ValueKind == JsonValueKind.Object ? (Id(value, "disk_id"), Id(value, "volume_id")) : (null, null);
        if ((disk is null) == (volume is null))
        {
            if (value.ValueKind != JsonValueKind.Object || disk is not null)
            {
                body.Fail(path, "Must be an object with either disk_id or volume_id");
            }

            return null;
        }

        if (disk is { } diskId && cloud.Disks.Find(diskId)?.LinodeId != row.Id)
        {
            body.Fail($"{path}.disk_id", $"Disk {diskId} is not a disk of the Linode");
        }

        if (volume is { } volumeId && VolumeComplaint(volumeId, row, cloud) is { } complaint)
        {
            body.Fail($"{path}.volume_id", complaint);
        }

        return new Slot(disk, volume);
    }

    private static string? VolumeComplaint(long id, Instance row, Cloud cloud) => cloud.Volumes.Find(id) switch
    {
        null => $"Volume {id} does not exist",
        { } volume when volume.Region != row.Region => Reasons.WrongRegion(id, row.Id),
        { LinodeId: { } other } when other != row.Id => $"Volume {id} is attached to another Linode",
        _ => null,
    };

    private static long? Id(JsonElement slot, string name) =>
        slot.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var id) ? id : null;
}
