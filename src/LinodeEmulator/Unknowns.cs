using LinodeEmulator.State;
using Range = LinodeEmulator.State.Range;

namespace LinodeEmulator;

/// <summary>Where no source tells what the platform does: our choice, in one place. What a source does tell stands at its use.</summary>
internal static class Unknowns
{
    /// <summary>The profile <c>fast</c> is the real one, this much shorter.</summary>
    public const double FastFactor = 1.0 / 50;

    /// <summary>From scheduled to started, in seconds.</summary>
    public static readonly Range QueueLag = new(0.2, 1, 3);

    /// <summary>A node is seen running before its boot event ends; busy for up to 7 s after was recorded for a migration.</summary>
    public static readonly Range BootSettles = new(0.5, 2.5, 7);

    public static readonly Range Reboot = new(15, 25, 85);

    public static readonly Range Rebuild = new(20, 60, 120);

    public static readonly Range Resize = new(60, 180, 600);

    public static readonly Range Clone = new(60, 180, 600);

    public static readonly Range DiskResize = new(5, 20, 60);

    /// <summary>An image on its way to another region.</summary>
    public static readonly Range Replication = new(30, 60, 180);

    public static readonly Range VolumeWork = new(2, 5, 14);

    public static readonly Range Delete = new(8, 13, 34);

    /// <summary>A page outside 25..500 per page, or past the end, is refused.</summary>
    public const string PageSizeReason = "Must be 25-500";

    public const string PageReason = "Must be a page that exists";

    /// <summary>Retry-After was on every answer when it could last be seen, so it is on every answer here.</summary>
    public const bool RetryAfterOnEveryAnswer = true;

    /// <summary>What a delete cuts short ends as failed: the one end that every client knows.</summary>
    public const string CutShort = "failed";

    /// <summary>Text is found whatever its case by <c>+contains</c>.</summary>
    public const StringComparison ContainsComparison = StringComparison.OrdinalIgnoreCase;

    /// <summary>Boot of a running Linode, or shutdown of one that is off, is accepted and its job ends at once.</summary>
    public static readonly Range NothingToDo = new(0.5, 1, 2);

    // The label of a Linode that is being deleted is free when the Linode is gone, not before: it stays in the table until its job has ended.

    /// <summary>A volume label is taken to be unique, as the device path is made from it.</summary>
    public const string VolumeLabelTaken = "Label must be unique among your volumes";

    /// <summary>The text of a refusal to attach a volume that nothing speaks against. A client can take it for nothing but final.</summary>
    public const string AttachRefused = "The volume could not be attached to the Linode";

    /// <summary>How long after a Linode was made, and after each time it found nothing to do, somebody looks at it in the console.</summary>
    public static readonly Range ConsoleVisit = new(20, 90, 600);

    // Backups. A snapshot holds what was on the disks when it was asked for. A restore that overwrites switches the Linode off; one that does not
    // leaves a running Linode alone; none boots it. Restored disks and profiles have the labels of then; slots of volumes that are still attached
    // stay. No text of these refusals is known.
    public const string NoBackups = "Backups are not enabled for this Linode";

    public const string NothingToBackUp = "The Linode has no disks to back up";

    public const string BackupNotReady = "The backup is not available for restoration";

    public const string OtherRegion = "A backup can be restored to a Linode of its region only";

    public const string NoRoomToRestore = "The Linode has not enough space for the disks of the backup";

    // The event volume_clone is about the source; its second entity is the copy.

    // A file that is no image is refused by the answer to it, not found out later: what becomes of one that is, is told nowhere.

    /// <summary>How many bytes of an image file may be sent, and how many may come out of it: taken to be powers of ten.</summary>
    public const long LargestPackedImage = 5_000_000_000;

    public const long LargestImage = 6_000_000_000;

    public const int VolumeMinimum = 10;

    public const int VolumeMaximum = 16384;
}
