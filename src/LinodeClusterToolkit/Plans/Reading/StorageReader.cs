using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads disks and volumes.</summary>
internal static class StorageReader
{
    private const string PlatformDefault = "default";

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

        return items;
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
            CheckVolume(section, size, filesystem, boot);
        }
        else if (boot && filesystem is { Value: not ("ext4" or "ext3") })
        {
            reading.Error(filesystem.Place, PlanProblems.BootDisk($"the boot disk cannot be {filesystem.Value}"));
        }

        return label is null || size is null ? null : new(section.Place, label, size, isVolume, filesystem, boot, mount?.Value, device);
    }

    private static void CheckVolume(PlanSection section, Located<SizeSpec>? size, Located<string>? filesystem, bool boot)
    {
        if (boot)
        {
            section.Contradiction("a volume gets no image", "put boot: yes on a disk");
        }

        if (size is { Value.IsPercent: true })
        {
            section.Contradiction("a volume has no percentage of a disk", "say its size, such as 20GB", size.Place);
        }

        if (filesystem is { Value: "ext4" or "ext3" or "swap" or "raw" })
        {
            section.NotYet("fs", filesystem.Place); // a volume comes empty: its filesystem is made on the node
        }
    }
}
