namespace LinodeEmulator.State;

/// <summary>What API v3 calls the jobs of a Linode: their ACTION and LABEL. Those of creating, of file systems, boots and shutdowns were seen on the
/// platform; no source has the others.</summary>
internal static class JobWords
{
    public const string HostSilent = "The host does not answer";

    /// <summary>Restarts of a host come among the jobs with a time that is none.</summary>
    public static readonly DateTime HostRestartEntered = new(1974, 1, 4, 5, 0, 0, DateTimeKind.Utc);

    public static (string Action, string Label) HostRestart { get; } = ("linode.boot", "Host initiated restart");

    /// <summary>Nothing for what v3 knows no jobs for: volumes, visits, and the end of the Linode.</summary>
    public static (string Action, string Label)? Of(Cloud cloud, Job job) => job.Kind switch
    {
        "linode_create" => ("linode.create", "Linode Initial Configuration"),
        "linode_boot" => ("linode.boot", $"System Boot - {Config(cloud, job)}"),
        "lassie_reboot" => ("linode.boot", $"Lassie initiated boot: {Config(cloud, job)}"),
        "linode_shutdown" => ("linode.shutdown", "System Shutdown"),
        "linode_reboot" => ("linode.reboot", $"System Reboot - {Config(cloud, job)}"),
        "linode_rebuild" => ("linode.rebuild", "Linode Rebuild"),
        "linode_resize" => ("linode.resize", $"Linode Resize - {cloud.Catalogue.Types[job.Text!].Label}"),
        "linode_clone" => ("linode.clone", $"Linode Clone - {job.Text}"),
        "disk_create" => Made(cloud, cloud.Disks.Find(job.Related!.Value)),
        "disk_duplicate" => ("fs.duplicate", $"Duplicate Filesystem - {Disk(cloud, job)}"),
        "disk_delete" => ("fs.delete", $"Delete Filesystem - {Disk(cloud, job)}"),
        "disk_resize" => ("fs.resize", $"Resize Filesystem - {Disk(cloud, job)}"),
        "disk_imagize" => ("fs.imagize", $"Create Image - {cloud.Images.Find(job.Related!.Value)?.Label}"),
        _ => null,
    };

    private static string Config(Cloud cloud, Job job) => job.Related is { } id && cloud.Configs.Find(id) is { } config ? config.Label : "";

    private static string Disk(Cloud cloud, Job job) => cloud.Disks.Find(job.Related!.Value)?.Label ?? "";

    private static (string Action, string Label) Made(Cloud cloud, Disk? disk) => disk switch
    {
        { Image: { } slug } when cloud.Catalogue.Images.TryGetValue(slug, out var known) =>
            ("fs.create.from.distro", $"Disk Create From Distribution - {known.Label}"),
        { Image: { } slug } => ("fs.create.from.image", $"Disk Create From Image - {cloud.Images.FindByKey(slug)?.Label}"),
        _ => ("fs.create", $"Create Filesystem - {disk?.Label}"),
    };
}
