using System.Text;
using System.Text.Json.Serialization;
using LinodeClusterToolkit.Inventory.Queries;

namespace LinodeClusterToolkit.Inventory;

/// <summary>Whose records these are; no query crosses it.</summary>
/// <param name="Application">Application id, <c>linodetool</c> for the tool.</param>
/// <param name="Customer">Customer id, <c>me</c> for one person's own use.</param>
public sealed record ToolkitContext(string Application, string Customer)
{
    /// <summary>Folder of all contexts but <see cref="Usual"/>, in stores and on disk.</summary>
    internal const string Others = "customers/";

    /// <summary>That of one person's own use.</summary>
    public static ToolkitContext Usual { get; } = new("linodetool", "me");

    /// <summary>What stands before the names of its secrets, and the folder of its files: nothing for <see cref="Usual"/>, else a folder of its own.</summary>
    internal string Scope => this == Usual ? "" : $"{Others}{Part(Application)}/{Part(Customer)}/";

    // No two ids may lead to one part, whatever they hold, also where a store knows neither case nor signs: such ids are written in hex.
    private static string Part(string id) => id.Length > 0 && id[0] != 'x' && id.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign))
        ? id
        : "x" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(id));
}

/// <summary>A cluster.</summary>
/// <param name="Id">Its uuid; the owner tag <c>lct:&lt;uuid&gt;</c> is made of it.</param>
/// <param name="Name">Unique in its context.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="PlanText">The plan as it was read.</param>
/// <param name="PlanName">File or name the plan was read from.</param>
/// <param name="Resolved">The resolved plan as JSON.</param>
/// <param name="Created">When the record was made, UTC.</param>
public sealed record ClusterRecord(
    Guid Id, string Name, ClusterState State, string PlanText, string PlanName, string Resolved, DateTimeOffset Created)
{
    /// <summary>Tag carried by everything in the cloud that belongs to it.</summary>
    public string OwnerTag => $"lct:{Id:D}";

    /// <summary>Id of its Cloud Firewall, once created.</summary>
    public long? FirewallId { get; init; }

    /// <summary>Id of the run that last worked on it.</summary>
    public string? LastRun { get; init; }

    /// <summary>True refuses to delete it, or any node of it, until that is taken back.</summary>
    public bool IsProtected { get; init; }

    /// <summary>When the record last changed, UTC; null where it is as it was made.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>The same, its making included.</summary>
    internal DateTimeOffset Changed => Updated ?? Created;
}

/// <summary>A node of a cluster.</summary>
/// <param name="ClusterId">Its cluster.</param>
/// <param name="Key"><c>region/group/ordinal</c>.</param>
/// <param name="Label">Label in Cloud Manager.</param>
/// <param name="Region">Region id.</param>
/// <param name="Group">Group name.</param>
/// <param name="Ordinal">From 1.</param>
/// <param name="Type">Type id.</param>
/// <param name="Image">Image id.</param>
/// <param name="HostName">What it calls itself.</param>
/// <param name="Tags">The plan's tags.</param>
/// <param name="State">Where it is in its life.</param>
public sealed record NodeRecord(
    Guid ClusterId, string Key, string Label, string Region, string Group, int Ordinal,
    string Type, string Image, string HostName, IReadOnlyList<string> Tags, NodeState State)
{
    /// <summary>Id in the cloud, once created.</summary>
    public long? LinodeId { get; init; }

    /// <summary>Public IPv4 address.</summary>
    public string? PublicIpv4 { get; init; }

    /// <summary>Private IPv4 address.</summary>
    public string? PrivateIpv4 { get; init; }

    /// <summary>IPv6 address.</summary>
    public string? Ipv6 { get; init; }

    /// <summary>Public name by plan.</summary>
    public string? PublicFqdn { get; init; }

    /// <summary>Private name by plan.</summary>
    public string? PrivateFqdn { get; init; }

    /// <summary>Power as last seen: unknown, provisioning, booting, running, offline.</summary>
    public string Power { get; init; } = "unknown";

    /// <summary>Whether its system came up.</summary>
    public BootState Boot { get; init; }

    /// <summary>What is known of its inside.</summary>
    public ConfigurationState Configuration { get; init; }

    /// <summary>How far it has come with its cluster.</summary>
    public NodeStage Stage { get; init; }

    /// <summary>True where the platform's watchdog was told to leave it alone.</summary>
    public bool Unwatched { get; init; }

    /// <summary>Account the toolkit logs in to, once it has one.</summary>
    public string? Login { get; init; }

    /// <summary>Host keys it may show, as public key lines; two while it changes from one to the other.</summary>
    public IReadOnlyList<string> HostKeys { get; init; } = [];

    /// <summary>How it is known that they are its own.</summary>
    public HostKeyOrigin HostKeyOrigin { get; init; }

    /// <summary>Why it failed, where it did.</summary>
    public string? Failure { get; init; }

    /// <summary>When the node was first written down, or was to be made anew, UTC.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When the record last changed, UTC.</summary>
    public DateTimeOffset Updated { get; init; }

    /// <summary>All its addresses: public and private IPv4, IPv6 without its prefix; those it has.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Addresses => [.. new[] { PublicIpv4, PrivateIpv4, Ipv6?.Split('/')[0] }.OfType<string>()];
}

/// <summary>What kind of thing a <see cref="ResourceRecord"/> stands for.</summary>
public enum ResourceKind
{
    /// <summary>A disk of a node.</summary>
    Disk,

    /// <summary>A boot configuration of a node.</summary>
    Config,

    /// <summary>A block storage volume.</summary>
    Volume,

    /// <summary>A NodeBalancer.</summary>
    Balancer,

    /// <summary>A Cloud Firewall.</summary>
    Firewall,

    /// <summary>A StackScript.</summary>
    StackScript,
}

/// <summary>Anything else of a cluster that exists in the cloud.</summary>
/// <param name="ClusterId">Its cluster.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Identity inside the cluster, e.g. <c>us-east/db/1/data</c> or <c>us-east/webnb</c>.</param>
/// <param name="Label">Label in the account.</param>
/// <param name="CloudId">Id in the cloud; null while only asked for.</param>
public sealed record ResourceRecord(Guid ClusterId, ResourceKind Kind, string Key, string Label, long? CloudId)
{
    /// <summary>Region id.</summary>
    public string? Region { get; init; }

    /// <summary>Key of the node it belongs to, where it belongs to one.</summary>
    public string? NodeKey { get; init; }

    /// <summary>Size in GB for volumes, MB for disks.</summary>
    public long? Size { get; init; }

    /// <summary>Address or device path, where it has one.</summary>
    public string? Address { get; init; }

    /// <summary>When the record last changed, UTC.</summary>
    public DateTimeOffset Updated { get; init; }
}

/// <summary>Which nodes to list; null fits everything.</summary>
public sealed record NodeQuery(
    string? Cluster = null, string? Tag = null, string? Region = null, string? Group = null, NodeState? State = null, bool IncludeGone = false)
{
    /// <summary>Id of the cluster, where its name may stand for a deleted one of that name as well.</summary>
    public Guid? ClusterId { get; init; }

    /// <summary>What else must be so of them; regions, types and images go by any of their names in it, prices by the catalogue.</summary>
    public NodeFilter? Where { get; init; }
}

/// <summary>One run of work on a cluster.</summary>
/// <param name="Id">Short id, unique in the context.</param>
/// <param name="ClusterId">The cluster.</param>
/// <param name="Verb">create, delete, …</param>
/// <param name="State">queued (handed to workers), running, done, failed or interrupted.</param>
/// <param name="Started">When it began, UTC.</param>
/// <param name="Ended">When it ended, UTC.</param>
public sealed record RunRecord(string Id, Guid ClusterId, string Verb, string State, DateTimeOffset Started, DateTimeOffset? Ended)
{
    /// <summary>What it was to do, as text that the toolkit reads again to go on with it.</summary>
    public string Work { get; init; } = "";
}
