using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters.Applying;

/// <summary>How long the cloud takes for a change by itself, at the slow end of what was recorded of it.</summary>
internal static class LeastSeconds
{
    public static double Of(PlannedChange change) => (change.Way, change.What) switch
    {
        (ChangeWay.Add, "node") => CloudTimes.CreateAndBoot,
        (ChangeWay.Add, "volume") => CloudTimes.Volume,
        (ChangeWay.Remove, "node") => CloudTimes.Delete,
        (ChangeWay.Rebuild, _) => CloudTimes.ShutDown + CloudTimes.CreateAndBoot,
        (ChangeWay.Reboot, _) => CloudTimes.ShutDown + CloudTimes.Boot,
        (ChangeWay.InPlace, _) when change.Rule == ChangeRules.NodePower.Id => CloudTimes.Boot,
        (ChangeWay.InPlace, "volume") when change.Rule == ChangeRules.VolumeGrown.Id || change.Rule == ChangeRules.VolumeLoose.Id => CloudTimes.Volume,
        _ => 0,
    };
}
