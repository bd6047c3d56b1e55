using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Keeps two runs of this machine off one cluster: a file held open for as long as the run lasts, freed by the system if the process dies.</summary>
internal static class ClusterLock
{
    /// <summary>Takes the lock; dispose to give it back.</summary>
    /// <exception cref="LinodeToolkitException">Another run holds it, or the name is none a file may have.</exception>
    public static IDisposable Take(string folder, string cluster)
    {
        Names.DemandGood(cluster);
        PrivateFiles.EnsureFolder(folder);
        var path = Path.Combine(folder, $"{cluster}.lock");
        var alone = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            alone.UnixCreateMode = PrivateFiles.FileMode;
        }

        try
        {
            return new FileStream(path, alone);
        }
        catch (IOException)
        {
            throw new LinodeToolkitException(ClusterProblems.InUse(cluster, path));
        }
    }
}
