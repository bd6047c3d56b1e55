using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Makes the filesystems that the platform does not make, mounts what is to be mounted, and turns swap on.</summary>
internal sealed class ProvisionStorage(ConfigurationTools tools) : IGraphPart
{
    // A large disk takes mkfs its time, and a package may have to be fetched for it.
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(20);

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from node in changes.BootedNodes
        where node.Disks.Any(HasWork) || node.Volumes.Any(HasWork)
        select new TaskStep($"storage {node.Label}", (_, token) => tools.RunAsync(node.Key, Script(node), token, Within))
        {
            After = [Milestone.Secured(node.Label), Milestone.Equipped(node.Label)],
            Before = [Milestone.Configured(node.Label)],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Doing = "making filesystems",
        };

    private static bool HasWork(ResolvedDisk disk) => disk.MadeOnNode is not null || disk.Mount is not null || disk.Filesystem == "swap";

    private static bool HasWork(ResolvedVolume volume) => volume.Filesystem is not (null or "raw");

    /// <summary>What makes filesystems and mounts; calls are to be added.</summary>
    private static ShellScript Begin() => ShellScript.Of("Configuration", "storage").And("Configuration", "packages");

    /// <summary>Adds the calls for all disks and volumes of a node.</summary>
    internal static void Fill(ShellScript script, ResolvedNode node, ClusterBook book)
    {
        foreach (var (at, disk) in node.Disks.Index().Where(pair => HasWork(pair.Item)))
        {
            script.Call("disk", $"/dev/sd{(char)('a' + at)}", disk.MadeOnNode ?? "", disk.Label, disk.Mount ?? "");
        }

        foreach (var volume in node.Volumes.Where(HasWork))
        {
            script.Call("disk", DeviceOf(node, volume, book), volume.Filesystem!, volume.Name, volume.Mount ?? "");
        }
    }

    /// <summary>Path of a volume's device on its node.</summary>
    internal static string DeviceOf(ResolvedNode node, ResolvedVolume volume, ClusterBook book)
    {
        var made = book.FindResource(ResourceKind.Volume, $"{node.Key}/{volume.Name}")
            ?? throw new RemoteException(RemoteStage.Local, ConfigurationProblems.NoVolume(node.Label, volume.Label));
        return made.Address ?? $"/dev/disk/by-id/scsi-0Linode_Volume_{volume.Label}";
    }

    private ShellScript Script(ResolvedNode node)
    {
        var script = Begin();
        Fill(script, node, tools.Book);
        return script;
    }
}
