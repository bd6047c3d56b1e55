namespace LinodeEmulator.Endpoints;

/// <summary>Texts that were seen on the platform, word for word. Texts written elsewhere are ours; a client should match neither, but for "Linode
/// busy." and the beginning "Label must be unique".</summary>
internal static class Reasons
{
    public const string LinodeLabelTaken = "Label must be unique among your linodes";
    public const string NeedsCredentials = "Must provide valid root_pass, authorized_keys, or authorized_users";
    public const string WeakPassword = "Password does not meet strength requirement";
    public const string RegionNotValid = "region is not valid";
    public const string ImageNotValid = "image is not valid";
    public const string RdnsNotValid = "Domain is not valid.";
    public const string NoMetadata = "The Metadata service is not currently available in this datacenter.";
    public const string AccountLimit = "Account Limit reached. Please open a support ticket.";
    public const string MoreAddresses =
        "Additional IPv4 addresses require technical justification.  Please contact support describing your requirement";
    public const string VolumeBusy = "This volume is busy; please try again when the volume is active.";

    public const string Restoring = "Linode is restoring a backup. Please wait for restore to finish before deleting.";

    public static string WrongRegion(long volume, long linode) => $"Volume {volume} is not in the same region as Linode {linode}";

    public static string SecondFirewall(string label, long id) => $"Too many active firewalls attached to NodeBalancer {label} (ID {id})";
}
