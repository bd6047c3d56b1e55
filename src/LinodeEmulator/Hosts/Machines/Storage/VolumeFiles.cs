using System.Globalization;
using LinodeEmulator.State;

namespace LinodeEmulator.Hosts.Machines.Storage;

/// <summary>A volume that was deleted takes its file along; a device that is still there keeps what it has until it goes.</summary>
internal sealed class VolumeFiles(Ground ground)
{
    private long _followed = -1;

    public void Follow(Cloud cloud)
    {
        if (_followed == cloud.Volumes.Version || !Directory.Exists(ground.VolumeFolder))
        {
            return;
        }

        _followed = cloud.Volumes.Version;
        foreach (var file in Directory.GetFiles(ground.VolumeFolder).Where(file => IsGone(file, cloud)))
        {
            File.Delete(file);
        }
    }

    private static bool IsGone(string file, Cloud cloud) =>
        long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && cloud.Volumes.Find(id) is null;
}
