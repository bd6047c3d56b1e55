using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Linodes of the account, or one of them; one that is gone gives none.</summary>
public sealed record ListLinodes(long? LinodeId = null) : V3Operation<IReadOnlyList<LinodeReply>>(
    "linode.list", V3Effect.Looks, V3Json.Default.IReadOnlyListLinodeReply, new() { { "LinodeID", LinodeId } });

/// <summary>Creates a Linode without label, disks and configuration; those are calls of their own.</summary>
public sealed record CreateLinode(long DatacenterId, long PlanId, int? PaymentTerm = null) : V3Operation<LinodeIdReply>(
    "linode.create", V3Effect.Makes, V3Json.Default.LinodeIdReply, new()
    {
        { "DatacenterID", DatacenterId }, { "PlanID", PlanId }, { "PaymentTerm", PaymentTerm },
    });

/// <summary>Creates a Linode as another one is; done when its jobs are.</summary>
public sealed record CloneLinode(long LinodeId, long DatacenterId, long PlanId, int? PaymentTerm = null) : V3Operation<LinodeIdReply>(
    "linode.clone", V3Effect.Makes, V3Json.Default.LinodeIdReply, new()
    {
        { "LinodeID", LinodeId }, { "DatacenterID", DatacenterId }, { "PlanID", PlanId }, { "PaymentTerm", PaymentTerm },
    });

/// <summary>Changes label, group, watchdog, alerts or the backup window; what is null stays.</summary>
public sealed record UpdateLinode(long LinodeId, LinodeChange Change) : V3Operation<LinodeIdReply>(
    "linode.update", V3Effect.Sets, V3Json.Default.LinodeIdReply, new()
    {
        { "LinodeID", LinodeId }, { "Label", Change.Label }, { "lpm_displayGroup", Change.DisplayGroup }, { "watchdog", Change.Watchdog },
        { "Alert_cpu_enabled", Change.AlertCpu?.Enabled }, { "Alert_cpu_threshold", Change.AlertCpu?.Threshold },
        { "Alert_diskio_enabled", Change.AlertDiskIo?.Enabled }, { "Alert_diskio_threshold", Change.AlertDiskIo?.Threshold },
        { "Alert_bwin_enabled", Change.AlertIn?.Enabled }, { "Alert_bwin_threshold", Change.AlertIn?.Threshold },
        { "Alert_bwout_enabled", Change.AlertOut?.Enabled }, { "Alert_bwout_threshold", Change.AlertOut?.Threshold },
        { "Alert_bwquota_enabled", Change.AlertQuota?.Enabled }, { "Alert_bwquota_threshold", Change.AlertQuota?.Threshold },
        { "backupWindow", Change.BackupWindow }, { "backupWeeklyDay", Change.BackupWeeklyDay },
    });

/// <summary>Deletes a Linode; without <c>SkipChecks</c> only one that has no disks.</summary>
public sealed record DeleteLinode(long LinodeId, bool SkipChecks = false) : V3Operation<LinodeIdReply>(
    "linode.delete", V3Effect.Sets, V3Json.Default.LinodeIdReply, new() { { "LinodeID", LinodeId }, { "skipChecks", SkipChecks } });

/// <summary>Moves a Linode to another plan; it is shut down and stays so until it is booted.</summary>
public sealed record ResizeLinode(long LinodeId, long PlanId) : V3Operation<V3NoReply>(
    "linode.resize", V3Effect.Makes, null, new() { { "LinodeID", LinodeId }, { "PlanID", PlanId } });

/// <summary>Asks for a boot, with the configuration named, the last one, or the first.</summary>
/// <remarks>Asked twice, the second job fails since the Linode runs: so it is not repeated when its answer gets lost.</remarks>
public sealed record BootLinode(long LinodeId, long? ConfigId = null) : V3Operation<JobIdReply>(
    "linode.boot", V3Effect.Makes, V3Json.Default.JobIdReply, new() { { "LinodeID", LinodeId }, { "ConfigID", ConfigId } });

/// <summary>Asks for a reboot, which is two jobs: a shutdown and a boot. Which of their ids comes back is not known.</summary>
public sealed record RebootLinode(long LinodeId, long? ConfigId = null) : V3Operation<JobIdReply>(
    "linode.reboot", V3Effect.Makes, V3Json.Default.JobIdReply, new() { { "LinodeID", LinodeId }, { "ConfigID", ConfigId } });

/// <summary>Asks for a shutdown; not repeated, as a boot is not.</summary>
public sealed record ShutDownLinode(long LinodeId) : V3Operation<JobIdReply>(
    "linode.shutdown", V3Effect.Makes, V3Json.Default.JobIdReply, new() { { "LinodeID", LinodeId } });

/// <summary>What to change of a Linode; what is null stays.</summary>
public sealed record LinodeChange(string? Label = null, string? DisplayGroup = null, bool? Watchdog = null)
{
    /// <summary>Of the processor, in percent up to 800.</summary>
    public LinodeAlert? AlertCpu { get; init; }

    /// <summary>Of the disks, in operations a second.</summary>
    public LinodeAlert? AlertDiskIo { get; init; }

    /// <summary>Of incoming traffic, in Mb/s.</summary>
    public LinodeAlert? AlertIn { get; init; }

    /// <summary>Of outgoing traffic, in Mb/s.</summary>
    public LinodeAlert? AlertOut { get; init; }

    /// <summary>Of the month's transfer, in percent.</summary>
    public LinodeAlert? AlertQuota { get; init; }

    /// <summary>When backups are made, as the API counts windows.</summary>
    public int? BackupWindow { get; init; }

    /// <summary>On which day the week's backup is made.</summary>
    public int? BackupWeeklyDay { get; init; }
}

/// <summary>Whether to warn, and from which value on; what is null stays.</summary>
public sealed record LinodeAlert(bool? Enabled = null, int? Threshold = null);

/// <summary>A Linode as the wire has it: memory and disk in MB, transfer in GB.</summary>
/// <remarks>Status: -2 boot failed, -1 being created, 0 never booted, 1 running, 2 powered off.</remarks>
public sealed record LinodeReply(
    long LinodeId, string Label = "", [property: JsonPropertyName("LPM_DISPLAYGROUP")] string DisplayGroup = "", int? Status = null,
    long? DatacenterId = null, long? PlanId = null, int? TotalRam = null, int? TotalHd = null, int? TotalXfer = null, bool? Watchdog = null,
    bool? BackupsEnabled = null, int? BackupWindow = null, int? BackupWeeklyDay = null, string DistributionVendor = "", bool? IsXen = null,
    bool? IsKvm = null, [property: JsonPropertyName("CREATE_DT")] DateTimeOffset? Created = null);

/// <summary>Which Linode was made or changed.</summary>
public sealed record LinodeIdReply(long LinodeId);

/// <summary>Which job was started.</summary>
public sealed record JobIdReply(long JobId);
