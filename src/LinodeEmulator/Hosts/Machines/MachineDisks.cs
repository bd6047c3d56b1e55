using System.Globalization;
using LinodeEmulator.Hosts.Machines.Linux;
using LinodeEmulator.Hosts.Machines.Plans;
using LinodeEmulator.Hosts.Machines.Storage;
using LinodeEmulator.State;

namespace LinodeEmulator.Hosts.Machines;

/// <summary>The disks and volumes of one machine: files, their block devices while it runs, and the system on one of them.</summary>
internal sealed class MachineDisks(MachineParts parts, long machine, ConsoleLog console)
{
    private readonly SystemDisk _system = new($"{parts.Ground.Runtime}/{machine.ToString(CultureInfo.InvariantCulture)}");
    private readonly Lock _gate = new();
    private readonly Dictionary<string, AttachedDrive> _attached = [];

    /// <summary>Disks that are copies of an image with nothing in it.</summary>
    private readonly HashSet<long> _pristine = [];


    public string Root => _system.Root;

    private string Impostor => $"{parts.Ground.MachineFolder(machine)}/impostor.img";

    private string Folder => $"{parts.Ground.MachineFolder(machine)}/disks";

    private IReadOnlyList<AttachedDrive> Attached
    {
        get
        {
            lock (_gate)
            {
                return [.. _attached.Values];
            }
        }
    }

    /// <summary>Copies the account's images to the disks that are made from them, and makes images of disks, whether the machine is on or off.</summary>
    public async Task CopyAsync(MachinePlan plan)
    {
        foreach (var copy in plan.FromImages.Where(copy => !File.Exists(ImageOf(copy.DiskId)) && !_pristine.Contains(copy.DiskId)))
        {
            // Said before it is true: a disk that is not there yet is new all the same.
            Files.MakePrivateFolder(Folder);
            Files.WritePrivate(Unopened(copy.DiskId), "");
            if (!await parts.Images.CopyAsync(copy.ImageId, ImageOf(copy.DiskId)))
            {
                _pristine.Add(copy.DiskId);
            }
        }

        foreach (var capture in plan.Captures)
        {
            var isMounted = Attached.Any(drive => !drive.Drive.IsVolume && drive.Drive.Id == capture.DiskId && drive.Drive.Name == plan.SystemDrive);
            await parts.Images.TakeAsync(capture, ImageOf(capture.DiskId), isMounted ? _system.Disk : null);
        }
    }

    /// <summary>Brings up all that the plan names. False when there is no system to boot.</summary>
    public async Task<bool> MountAsync(MachinePlan plan, string shared, bool byImpostor)
    {
        File.Delete(Impostor);
        var isNew = false;
        foreach (var drive in plan.Drives)
        {
            // An impostor knows nothing of the node's own disk.
            var image = byImpostor && drive == plan.System ? Impostor : ImageOf(drive);
            await parts.Copies.OfAsync(image);
            var fresh = await DiskImage.EnsureAsync(image, drive);
            isNew |= drive == plan.System && (fresh || (!drive.IsVolume && File.Exists(Unopened(drive.Id))));
            await AttachAsync(drive, image);
        }

        if (plan is not { System: { IsVolume: false } system, Setup: { } setup })
        {
            console.Say($"there is no system on /dev/{plan.SystemDrive}: nothing to boot");
            return false;
        }

        _system.Mount(_attached[system.Name].Device, shared);
        if (isNew)
        {
            FirstBoot.Write(Root, byImpostor ? plan with { UserData = null } : plan, byImpostor ? new DiskSetup(0, null, []) : setup);
            _system.Lighten();
            if (setup.IsFull)
            {
                _system.Fill();
            }

            File.Delete(Unopened(system.Id));
        }

        FirstBoot.WriteEachTime(Root, plan, DeviceFolder.Lines(Attached));
        return true;
    }

    /// <summary>Volumes come and go, and grow, while the system runs. Disks do not.</summary>
    public async Task FollowAsync(MachinePlan plan, int init)
    {
        var wanted = plan.Drives.Where(drive => drive.IsVolume).ToList();
        foreach (var drive in Attached.Where(drive => drive.Drive.IsVolume && !wanted.Any(one => one.Id == drive.Drive.Id)))
        {
            await Users.RemoveAsync(init, drive);
            DeviceFolder.Remove(init, drive);
            lock (_gate)
            {
                _attached.Remove(drive.Drive.Name);
            }

            await Loops.DetachAsync(drive.Device);
        }

        foreach (var drive in wanted)
        {
            if (Attached.FirstOrDefault(known => known.Drive.IsVolume && known.Drive.Id == drive.Id) is not { } known)
            {
                await parts.Copies.OfAsync(ImageOf(drive));
                await DiskImage.EnsureAsync(ImageOf(drive), drive);
                DeviceFolder.Add(init, await AttachAsync(drive, ImageOf(drive)));
            }
            else if (known.Drive.Megabytes != drive.Megabytes)
            {
                DiskImage.SetLength(known.Image, (long)drive.Megabytes << 20);
                await Loops.RefreshAsync(known.Device);
                known.Drive = known.Drive with { Megabytes = drive.Megabytes };
            }
        }
    }

    /// <summary>Keeps the links by UUID true to what the system has made of its drives.</summary>
    public void Look(int init)
    {
        foreach (var drive in Attached.Where(drive => drive.Look()))
        {
            DeviceFolder.Add(init, drive);
        }
    }

    public async Task UnmountAsync()
    {
        _system.Unmount();
        await Users.StopSwappingAsync(Attached);
        foreach (var drive in Attached)
        {
            await Loops.DetachAsync(drive.Device);
        }

        lock (_gate)
        {
            _attached.Clear();
        }
    }

    /// <summary>Deletes the files of disks that the node has no more.</summary>
    public void Forget(MachinePlan plan)
    {
        if (Directory.Exists(Folder))
        {
            var kept = plan.DiskIds.Select(id => string.Create(CultureInfo.InvariantCulture, $"{id}.img")).ToHashSet();
            foreach (var file in Directory.GetFiles(Folder, "*.img").Where(file => !kept.Contains(Path.GetFileName(file))))
            {
                File.Delete(file);
            }
        }
    }

    public void Delete()
    {
        if (Directory.Exists(parts.Ground.MachineFolder(machine)))
        {
            Directory.Delete(parts.Ground.MachineFolder(machine), recursive: true);
        }
    }

    private async Task<AttachedDrive> AttachAsync(Drive drive, string image)
    {
        var attached = new AttachedDrive(drive, image, await Loops.AttachAsync(image));
        attached.Look();
        lock (_gate)
        {
            _attached[drive.Name] = attached;
        }

        return attached;
    }

    private string ImageOf(Drive drive) => drive.IsVolume
        ? parts.Ground.VolumeImage(drive.Id)
        : ImageOf(drive.Id);

    /// <summary>There as long as a copy of an image has never been booted.</summary>
    private string Unopened(long disk) => $"{ImageOf(disk)}.new";

    private string ImageOf(long disk) => string.Create(CultureInfo.InvariantCulture, $"{Folder}/{disk}.img");
}
