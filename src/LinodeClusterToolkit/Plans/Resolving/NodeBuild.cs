using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Resolving;

/// <summary>What all nodes of a group have in common.</summary>
/// <param name="Types">Type ids, first choice first.</param>
/// <param name="Image">Image id.</param>
/// <param name="Boot">False leaves them powered off.</param>
/// <param name="PrivateIp">True gives them a private address.</param>
/// <param name="Disks">Disks of each.</param>
/// <param name="Volumes">Volumes of each, without a label in the account.</param>
internal sealed record NodeBuild(
    IReadOnlyList<string> Types, string Image, bool Boot, bool PrivateIp, IReadOnlyList<ResolvedDisk> Disks, IReadOnlyList<VolumeBuild> Volumes)
{
    /// <summary>True where user data given at creation is acted on.</summary>
    public bool TakesUserData { get; init; }

    /// <summary>Names of the sets of users on each.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Profiles of what each may call.</summary>
    public IReadOnlyList<string> Egress { get; init; } = [];
}

/// <summary>A volume that each node of a group has.</summary>
internal sealed record VolumeBuild(string Name, int SizeGb, string? Filesystem, string? Mount, PlanPlace Place);
