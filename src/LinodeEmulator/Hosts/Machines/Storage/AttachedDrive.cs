using LinodeEmulator.Hosts.Machines.Plans;

namespace LinodeEmulator.Hosts.Machines.Storage;

/// <summary>A drive while its machine is on: its file, its block device, and the filesystem that was last seen on it.</summary>
internal sealed class AttachedDrive(Drive drive, string image, string device)
{
    private DateTime _looked;

    public Drive Drive { get; set; } = drive;

    public string Device => device;

    public (int Major, int Minor) Number { get; } = Loops.Number(device);

    public string? Uuid { get; private set; }

    public string Image => image;

    /// <summary>The links to it below <c>/dev/disk</c>.</summary>
    public IEnumerable<string> Links
    {
        get
        {
            if (Drive.IsVolume)
            {
                yield return $"by-id/scsi-0Linode_Volume_{Drive.Label}";
            }

            if (Uuid is { } uuid)
            {
                yield return $"by-uuid/{uuid}";
            }
        }
    }

    /// <summary>Looks for a filesystem if anything was written since the last look. True when it is another one now.</summary>
    public bool Look()
    {
        var written = File.GetLastWriteTimeUtc(image);
        if (written == _looked)
        {
            return false;
        }

        _looked = written;
        var old = Uuid;
        Uuid = FilesystemProbe.Uuid(image);
        return old != Uuid;
    }
}
