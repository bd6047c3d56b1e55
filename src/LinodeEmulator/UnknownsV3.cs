using LinodeEmulator.Endpoints.V3;

namespace LinodeEmulator;

/// <summary>Where no source tells what API v3 did, or two tell different things: our choice, in one place.</summary>
internal static class UnknownsV3
{
    /// <summary>What v3 had no number for, such as places opened since 2019, is numbered from here on in the order of the catalogue.</summary>
    public const int FirstOwnNumber = 1001;

    /// <summary>Clients cut their batches at this; the platform's own number was never published.</summary>
    public const int MostInBatch = 25;

    // A batch that fails as a whole (too large, not JSON, no key) is answered by one plain envelope, not by an array of one. A key that comes as a
    // parameter holds against one that comes by HTTP Basic, whose user name means nothing. A key that is sent where none is needed has to be good.
    // The documented limits of v4 do not count the calls of v3, and the other way round. The general limit of v3 (code 14) was never published: it is
    // off unless --limits says v3=COUNT/SECONDS. Of the numbers known for Linodes in an hour (code 40) that of 2017 is the default; both are the
    // account's, whatever the key. A number that is sent empty is as good as not sent, unless it is required; an empty text is a text.

    /// <summary>What a batch within a batch, and a key asked for within one, is answered.</summary>
    public static ErrorCode NotInBatch { get; } = ErrorCode.BadRequest;

    /// <summary>The number that the specification calls itself by; 3.3 was seen in 2015.</summary>
    public const double SpecVersion = 3.3;

    /// <summary>Sources allow from 32 to 48 signs; what is within 32 is within all of them. Longer ones are refused here, not cut silently.</summary>
    public const int LongestLinodeLabel = 32;

    public const int ShortestLinodeLabel = 3;

    public const int LongestConfigLabel = 48;

    public const int LongestDiskLabel = 50;

    public const int ShortestPassword = 6;

    public const int KindsInPassword = 2;

    // A Linode that is being deleted is no longer shown by v3, which knows no such state; its label is free when it is gone, as in v4.
    // A new Linode is brand new (0) at once. -1 is for those that v4 makes from an image, until that is written. A failed boot leaves what was
    // before: -2 was not in use any more.

    /// <summary>A disk whose making is not done yet is shown as ready: v3 had numbers for ready and for being deleted only.</summary>
    public const int DiskReady = 1;

    public const int DiskDeleting = 2;

    /// <summary>The file system of a disk that is made from a distribution or an image.</summary>
    public const string SystemFilesystem = "ext4";

    /// <summary>More public addresses were to be had with a reason. Without one, a Linode gets as many as this.</summary>
    public const int MostPublicAddresses = 2;

    // linode.reboot answers with the boot's job, the second of the two that it makes. linode.resize leaves disks alone, and is refused when they do
    // not fit. A deletion or resize of a disk that is in use is taken, and its job fails. A copy is called linode<ID>, is off, and has no private
    // address; on real machines it is the same system, down to its host keys.
    // Job and disk lists of a Linode that is not there are refused as not found; linode.list of one is empty unless --v3-unknown-linode says error.
    // Alerts: v4 has none that are off but keep a threshold, so one that is switched off here has none (0).

    /// <summary>What an image is while its job is not done. Lists have those too; pending=1 asks for those alone.</summary>
    public const string PendingImage = "pending";

    /// <summary>The price of a NodeBalancer by month and hour, and how many connections it takes.</summary>
    public static readonly (decimal Monthly, decimal Hourly, int Connections) NodeBalancer = (20.00m, 0.03m, 10_000);

    /// <summary>What avail.linodeplans says of each datacenter that is not sold out, as it did from 2013 on.</summary>
    public const int PlansAvailable = 500;

    // Kernels: isXen is taken as 1 and isKVM as 0 when neither is sent, which leaves out what KVM alone can boot; 1 asks for it, 0 asks for nothing.
    // Who asks for a key is the user of v4, or one called like the account where there are several; any password is right that is not empty.
    // volume.*: rows hold SIZE, DATACENTERID, STATUS and CREATE_DT beside what clients were seen to read; writes answer VolumeID; LinodeID=0
    // detaches. domain.*: the zones are v3's alone, since the v4 face has none yet. A time above the last step is that step; [remote_addr] is the
    // loopback address. ms_ssh_* of linode.update are for a managed service that is not emulated, and refused.
}
