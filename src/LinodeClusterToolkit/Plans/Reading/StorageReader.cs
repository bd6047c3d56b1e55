using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads disks and volumes.</summary>
internal static class StorageReader
{
    private const string PlatformDefault = "default";
    private const int MostDevices = 8;
    private const decimal Whole = 100;

    public static void ReadSets(PlanReading reading, PlanValue sets)
    {
        foreach (var (name, items) in sets.Names())
        {
            if (name.Value == PlatformDefault)
            {
                reading.Error(name.Place, PlanProblems.NameClash(name.Value, "the platform's own layout"));
            }

            reading.StorageSets[name.Value] = Items(reading, items);
        }
    }

    /// <summary>The storage of a group; an empty list is the platform's own layout.</summary>
    public static Located<IReadOnlyList<StorageItem>>? OfGroup(PlanReading reading, PlanValue storage)
    {
        if (!storage.IsGiven || storage.IsList)
        {
            return storage.IsGiven ? new(Items(reading, storage), storage.Place) : null;
        }

        if (storage.Text() is not { } name)
        {
            return null;
        }

        var known = reading.StorageSets.Keys.Append(PlatformDefault).ToArray();
        return reading.Refer("storage plan", name, known) switch
        {
            null => null,
            PlatformDefault => new([], storage.Place),
            var set => new(reading.StorageSets[set], storage.Place),
        };
    }

    private static IReadOnlyList<StorageItem> Items(PlanReading reading, PlanValue list)
    {
        var items = list.Sections().Select(section => Item(reading, section)).OfType<StorageItem>().ToArray();
        foreach (var (item, first) in Duplicates.In(items, item => item.Label.Value))
        {
            reading.Error(item.Label.Place, PlanProblems.DuplicateName("disk or volume", item.Label.Value, first.Label.Place.Spoken));
        }

        CheckDisks(reading, list, items);
        CheckDevices(reading, list, items);
        CheckMounts(reading, [.. items.OrderBy(item => item.IsVolume).Select(item => item.Mount).OfType<Located<string>>()]);
        return items;
    }

    private static void CheckMounts(PlanReading reading, IReadOnlyList<Located<string>> mounts)
    {
        foreach (var (mount, index) in mounts.Select((mount, index) => (mount, index)))
        {
            if (mounts.Take(index).FirstOrDefault(earlier => MountPoints.IsWithin(earlier.Value, mount.Value)) is { } earlier)
            {
                reading.Error(mount.Place, earlier.Value == mount.Value
                    ? StorageProblems.MountTwice(mount.Value, earlier.Place.Spoken) : StorageProblems.MountHides(mount.Value, earlier.Value));
            }
        }
    }

    private static void CheckDisks(PlanReading reading, PlanValue list, IReadOnlyList<StorageItem> items)
    {
        var percent = 0m;
        foreach (var item in items.Where(item => item is { IsVolume: false, Size.Value.IsPercent: true }))
        {
            if (percent <= Whole && (percent += item.Size.Value.Number) > Whole)
            {
                reading.Error(item.Size.Place, PlanProblems.StorageTooBig($"{percent:0.##}%", "the type's disk"));
            }
        }

        var disks = items.Where(item => !item.IsVolume).ToArray();
        if (disks.Length > 0 && disks.All(disk => !disk.Boot))
        {
            reading.Error(list.Place, PlanProblems.BootDisk("none of the disks is the boot disk"));
        }

        foreach (var second in disks.Where(disk => disk.Boot).Skip(1))
        {
            reading.Error(second.Place, PlanProblems.BootDisk($"\"{second.Label.Value}\" is a second boot disk"));
        }
    }

    private static void CheckDevices(PlanReading reading, PlanValue list, IReadOnlyList<StorageItem> items)
    {
        if (items.Count > MostDevices)
        {
            reading.Error(list.Place, PlanProblems.TooManyDevices(items.Count, MostDevices));
        }

        foreach (var (item, index) in items.OrderBy(item => item.IsVolume).Select((item, index) => (item, index)))
        {
            var real = $"/dev/sd{(char)('a' + index)}";
            if (item.Device is { } said && said.Value != real)
            {
                reading.Error(said.Place, PlanProblems.OtherDevice(said.Value, real));
            }
        }
    }

    private static StorageItem? Item(PlanReading reading, PlanSection section)
    {
        var label = section.Required("label").Text();
        var size = section.Required("size").Size();
        var isVolume = section.Optional("type").Word()?.Value == "blockstore";
        var filesystem = section.Optional("fs").Word();
        var boot = section.Optional("boot").Flag()?.Value ?? false;
        var mount = section.Optional("mount").Text();
        var device = section.Optional("device").Text();
        section.Finish();

        if (isVolume)
        {
            CheckVolume(section, size, boot);
        }
        else if (boot && filesystem is { Value: not ("ext4" or "ext3") })
        {
            reading.Error(filesystem.Place, PlanProblems.BootDisk($"the boot disk cannot be {filesystem.Value}"));
        }

        if (mount is not null && MountFault(mount.Value, filesystem?.Value, boot && !isVolume) is { } fault)
        {
            reading.Error(mount.Place, fault);
        }

        return label is null || size is null ? null : new(section.Place, label, size, isVolume, filesystem, boot, mount, device);
    }

    private static Problem? MountFault(string mount, string? filesystem, bool isBootDisk) =>
        isBootDisk ? StorageProblems.BootDiskMounted()
        : filesystem is "swap" or "raw" ? StorageProblems.NotMountable(filesystem == "swap" ? "swap space" : "a disk without filesystem")
        : MountPoints.Fault(mount);

    private static void CheckVolume(PlanSection section, Located<SizeSpec>? size, bool boot)
    {
        if (boot)
        {
            section.Contradiction("a volume gets no image", "put boot: yes on a disk");
        }

        if (size is { Value.IsPercent: true })
        {
            section.Contradiction("a volume has no percentage of a disk", "say its size, such as 20GB", size.Place);
        }
    }
}
