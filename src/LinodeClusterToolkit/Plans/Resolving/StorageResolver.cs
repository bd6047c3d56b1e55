using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Plans.Model;

namespace LinodeClusterToolkit.Plans.Resolving;

/// <summary>Turns a group's storage plan into disks and volumes.</summary>
internal sealed class StorageResolver(Resolution resolution, NodeGroup group, Region? region)
{
    private const int LeastVolumeGb = 10;
    private const int MostVolumeGb = 10_240;
    private const string DefaultFilesystem = "ext4";

    /// <summary>What the API cannot make and the node makes itself, with the least room its mkfs takes.</summary>
    private static readonly Dictionary<string, int> LeastMb = new() { ["xfs"] = 300, ["btrfs"] = 128 };

    private IReadOnlyList<StorageItem> Items => group.Storage?.Value ?? [];

    /// <summary>Disks and volumes of each node; null where the disks do not fit.</summary>
    public (IReadOnlyList<ResolvedDisk> Disks, IReadOnlyList<VolumeBuild> Volumes)? Resolve(IReadOnlyList<NodeType> types, Image? image)
    {
        var volumes = Items.Where(item => item.IsVolume).Select(Volume).OfType<VolumeBuild>().ToArray();
        if (types.Count == 0)
        {
            return null;
        }

        // Whichever of the types is taken in the end, the disks must fit.
        var smallest = types.MinBy(type => type.DiskMb)!;
        var disks = Items.Where(item => !item.IsVolume).Select(item => Disk(item, smallest.DiskMb)).ToArray();
        if (disks.Length == 0)
        {
            disks = [.. PlatformLayout.Of(smallest.DiskMb, resolution.Catalog.Offer.Abilities)];
        }

        var fits = CheckSizes(smallest, disks);
        if (image is not null && fits)
        {
            CheckImage(image, smallest, disks);
        }

        return fits ? (disks, volumes) : null;
    }

    private ResolvedDisk Disk(StorageItem item, int diskMb)
    {
        var size = item.Size.Value.MbOf(diskMb);
        if (size < 1)
        {
            resolution.Error(item.Size.Place, PlanProblems.DiskTooSmall());
        }

        var filesystem = item.Filesystem?.Value ?? DefaultFilesystem;
        var made = LeastMb.TryGetValue(filesystem, out var least) ? filesystem : null;
        if (made is not null && size >= 1 && size < least)
        {
            resolution.Error(item.Size.Place, StorageProblems.TooSmall(filesystem, least, size));
        }

        return new ResolvedDisk(item.Label.Value, (int)Math.Min(size, int.MaxValue), made is null ? filesystem : "raw", item.Boot)
        {
            MadeOnNode = made,
            Mount = item.Mount?.Value,
        };
    }

    private bool CheckSizes(NodeType type, IReadOnlyList<ResolvedDisk> disks)
    {
        var used = disks.Sum(disk => (long)disk.SizeMb);
        if (used > type.DiskMb)
        {
            resolution.Error(group.Storage!.Place, PlanProblems.StorageTooBig($"{used} MB", $"the {type.DiskMb} MB of {type.Id}"));
            return false;
        }

        if (disks.Count > 0 && used < type.DiskMb)
        {
            resolution.Note($"{group.Name!.Value}: {type.DiskMb - used} MB of the {type.DiskMb} MB disk stay unused");
        }

        return true;
    }

    private void CheckImage(Image image, NodeType type, IReadOnlyList<ResolvedDisk> disks)
    {
        var room = disks.Count == 0 ? type.DiskMb - PlatformLayout.SwapMb : disks.FirstOrDefault(disk => disk.Boot)?.SizeMb;
        if (room < image.SizeMb)
        {
            resolution.Error((group.Storage?.Place ?? group.Image?.Place) ?? group.Place,
                PlanProblems.ImageTooBig(image.Id, image.SizeMb, room.Value));
        }
    }

    private VolumeBuild? Volume(StorageItem item)
    {
        resolution.Need(region, "Block Storage", $"the volume {item.Label.Value}", item.Place);
        if (item.Size.Value.WholeGb is { } size and >= LeastVolumeGb and <= MostVolumeGb)
        {
            var filesystem = item.Filesystem?.Value ?? (item.Mount is null ? null : DefaultFilesystem);
            return new VolumeBuild(item.Label.Value, (int)size, filesystem, item.Mount?.Value, item.Label.Place);
        }

        if (!item.Size.Value.IsPercent) // a percentage was refused when it was read
        {
            resolution.Error(item.Size.Place, PlanProblems.VolumeSize($"{item.Size.Value}", LeastVolumeGb, MostVolumeGb));
        }

        return null;
    }
}
