using System.Globalization;
using LinodeEmulator.Endpoints.V4;
using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>The disks of a profile as text: their ids with commas between them, where the place is the device. <c>101,102</c> may be sent;
/// <c>101,102,,,,,,,</c> is answered, always with nine places. The ninth is the initrd.</summary>
internal static class DiskList
{
    public const int Devices = 8;

    public static string Name(int index) => ConfigDevices.Name(index);

    public static string Of(Config config) => string.Join(
        ',', Enumerable.Range(0, Devices).Select(index => Text(config.Devices.GetValueOrDefault(Name(index))?.DiskId)).Append(Text(config.Initrd)));

    public static Config Put(string list, Config config, Cloud cloud)
    {
        var places = list.Split(',', StringSplitOptions.TrimEntries);
        if (places.Length > Devices + 1)
        {
            throw ApiV3Problem.Rule($"DiskList has at most {Devices + 1} places");
        }

        var disks = places.Select(place => Read(place, config, cloud)).ToList();
        return config with
        {
            Devices = Enumerable.Range(0, Devices).ToDictionary(
                Name, index => disks.ElementAtOrDefault(index) is { } id ? new Slot(id, null) : null, StringComparer.Ordinal),
            Initrd = disks.ElementAtOrDefault(Devices),
        };
    }

    private static long? Read(string place, Config config, Cloud cloud)
    {
        if (place.Length == 0)
        {
            return null;
        }

        return long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && cloud.Disks.Find(id)?.LinodeId == config.LinodeId
            ? id
            : throw ApiV3Problem.Rule($"DiskList: {place} is not a disk of the Linode");
    }

    private static string Text(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";
}
