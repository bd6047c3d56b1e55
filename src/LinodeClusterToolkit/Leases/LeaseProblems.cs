using System.Globalization;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Leases;

/// <summary>What can go wrong with leases.</summary>
internal static class LeaseProblems
{
    public static Problem Held(Lease lease) => new(
        "LCT7011", $"another run is working on cluster \"{lease.Cluster}\"", Where: $"cluster {lease.Cluster}",
        Why: $"{lease.Purpose}, by process {lease.Holder?.Process.ToString(CultureInfo.InvariantCulture)} on {lease.Holder?.Machine} since "
            + $"{lease.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, last heard of at {lease.Renewed.UtcDateTime:HH:mm:ss}Z; "
            + "two runs on one cluster would undo each other's work",
        Fix: ["wait until it has ended", "or have it stop; what it began can be resumed"])
    {
        Retryable = true,
    };

    public static Problem Lost(string cluster) => new(
        "LCT7012", $"another run has taken over cluster \"{cluster}\"", Where: $"cluster {cluster}",
        Why: $"this one was not heard of for {Lease.Life.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds, as when a machine sleeps; "
            + "it has written nothing since",
        Fix: ["see what the other run does"]);
}
