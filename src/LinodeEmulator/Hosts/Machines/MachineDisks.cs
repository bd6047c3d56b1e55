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
    private readonly Dictionary<string, (Drive Drive, string Device)> _attached = [];

    public string Root => _system.Root;

    private string Impostor => $"{parts.Ground.MachineFolder(machine)}/impostor.img";

    private string Folder => $"{parts.Ground.MachineFolder(machine)}/disks";

    /// <summary>Brings up all that the plan names. False when there is no system to boot.</summary>
    public async Task<bool> MountAsync(MachinePlan plan, string shared, bool byImpostor)
    {
        File.Delete(Impostor);
        var isNew = false;
        foreach (var drive in plan.Drives)
        {
            // An impostor knows nothing of the node's own disk.
            var image = byImpostor && drive == plan.System ? Impostor : ImageOf(drive);
            var fresh = await DiskImage.EnsureAsync(image, drive);
            isNew |= fresh && drive == plan.System;
            _attached[drive.Name] = (drive, await Loops.AttachAsync(image));
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
        }

        return true;
    }

    public Task FollowAsync(MachinePlan plan, int init) => Task.CompletedTask;

    public async Task UnmountAsync()
    {
        _system.Unmount();
        foreach (var (_, device) in _attached.Values)
        {
            await Loops.DetachAsync(device);
        }

        _attached.Clear();
    }

    /// <summary>Deletes the files of disks that the node has no more.</summary>
    public void Forget(MachinePlan plan)
    {
        if (Directory.Exists(Folder))
        {
            var kept = plan.DiskIds.Select(id => $"{id}.img").ToHashSet();
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

    private string ImageOf(Drive drive) => drive.IsVolume ? parts.Ground.VolumeImage(drive.Id) : $"{Folder}/{drive.Id}.img";
}
