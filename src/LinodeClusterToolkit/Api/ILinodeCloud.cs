using LinodeClusterToolkit.Catalog;

namespace LinodeClusterToolkit.Api;

/// <summary>The verbs the pipelines need of the Linode cloud, whatever generation of the API is behind them.</summary>
/// <remarks>
/// Every call waits its turn under the account's rate limits and retries what was refused or cannot have happened twice.
/// A create whose answer was lost throws <see cref="LinodeApiException"/> with <see cref="ApiFailure.AnswerLost"/>: look the label up, then decide.
/// Lists come page by page.
/// </remarks>
public partial interface ILinodeCloud
{
    /// <summary>Which API at which address, for messages.</summary>
    string Description { get; }

    /// <summary>What this API can do.</summary>
    ApiAbilities Abilities => ApiAbilities.All;

    /// <summary>How a label of a volume or balancer is told again by lists; longer ones are cut where owner marks take some of their room.</summary>
    string LabelSeen(string label) => label;

    /// <summary>Regions, types, images and kernels on offer now.</summary>
    Task<LinodeOffer> GetOfferAsync(CancellationToken cancellation);

    /// <summary>Who the token belongs to and what it may do; the cheapest check of a token.</summary>
    Task<CloudIdentity> GetIdentityAsync(CancellationToken cancellation);

    /// <summary>Creates a node; owner tag, label and firewall travel in this call.</summary>
    Task<CloudNode> CreateNodeAsync(NodeOrder order, CancellationToken cancellation);

    /// <summary>
    /// Takes up a node that an earlier create made and whose answer got lost before the node had its label and owner mark; null where there is none,
    /// and always where the API takes both in the create call itself.
    /// </summary>
    /// <param name="order">What was ordered.</param>
    /// <param name="types">Types that may have been asked for.</param>
    /// <param name="begunAgo">How long ago another process began to create it; null where none did, zero where that is not known.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<CloudNode?> ClaimStrayAsync(NodeOrder order, IReadOnlyList<string> types, TimeSpan? begunAgo, CancellationToken cancellation) =>
        Task.FromResult<CloudNode?>(null);

    /// <summary>Nodes that fit.</summary>
    IAsyncEnumerable<CloudNode> ListNodesAsync(CloudFilter filter, CancellationToken cancellation);

    /// <summary>One node, or null where there is none of that id.</summary>
    Task<CloudNode?> FindNodeAsync(long id, CancellationToken cancellation);

    /// <summary>Asks for a boot; done when the node's <c>linode_boot</c> event is finished.</summary>
    Task BootNodeAsync(long id, long? configId, CancellationToken cancellation);

    /// <summary>Asks for a shutdown.</summary>
    Task ShutDownNodeAsync(long id, CancellationToken cancellation);

    /// <summary>Asks for a reboot.</summary>
    Task RebootNodeAsync(long id, CancellationToken cancellation);

    /// <summary>Tells the platform's watchdog whether to boot the node again when it powers off by itself.</summary>
    Task SetWatchdogAsync(long id, bool on, CancellationToken cancellation);

    /// <summary>Puts a tag on a node that has others or none.</summary>
    Task TagNodeAsync(long id, string tag, CancellationToken cancellation);

    /// <summary>Deletes a node; false where it was gone already.</summary>
    Task<bool> DeleteNodeAsync(long id, CancellationToken cancellation);

    /// <summary>Creates a disk; done when the node's <c>disk_create</c> event is finished.</summary>
    Task<CloudDisk> CreateDiskAsync(long nodeId, DiskOrder order, CancellationToken cancellation);

    /// <summary>Disks of a node.</summary>
    IAsyncEnumerable<CloudDisk> ListDisksAsync(long nodeId, CancellationToken cancellation);

    /// <summary>Creates a boot configuration.</summary>
    Task<CloudConfig> CreateConfigAsync(long nodeId, ConfigOrder order, CancellationToken cancellation);

    /// <summary>Boot configurations of a node.</summary>
    IAsyncEnumerable<CloudConfig> ListConfigsAsync(long nodeId, CancellationToken cancellation);

    /// <summary>Creates a volume, attached where the order names a node.</summary>
    Task<CloudVolume> CreateVolumeAsync(VolumeOrder order, CancellationToken cancellation);

    /// <summary>Volumes that fit.</summary>
    IAsyncEnumerable<CloudVolume> ListVolumesAsync(CloudFilter filter, CancellationToken cancellation);

    /// <summary>Attaches a volume to a node, kept over reboots.</summary>
    Task<CloudVolume> AttachVolumeAsync(long volumeId, long nodeId, long? configId, CancellationToken cancellation);

    /// <summary>Asks for a detach.</summary>
    Task DetachVolumeAsync(long volumeId, CancellationToken cancellation);

    /// <summary>Deletes a volume; false where it was gone already.</summary>
    Task<bool> DeleteVolumeAsync(long volumeId, CancellationToken cancellation);

    /// <summary>Creates a balancer with its ports and back ends in one call.</summary>
    Task<CloudBalancer> CreateBalancerAsync(BalancerOrder order, CancellationToken cancellation);

    /// <summary>Balancers that fit.</summary>
    IAsyncEnumerable<CloudBalancer> ListBalancersAsync(CloudFilter filter, CancellationToken cancellation);

    /// <summary>Ports of a balancer with their back ends.</summary>
    Task<IReadOnlyList<CloudBalancerPort>> GetBalancerPortsAsync(long balancerId, CancellationToken cancellation);

    /// <summary>Puts a back end behind a port of a balancer.</summary>
    Task AddBackendAsync(long balancerId, long portId, BackendOrder order, CancellationToken cancellation);

    /// <summary>Takes a back end from a port; false where it was gone already.</summary>
    Task<bool> RemoveBackendAsync(long balancerId, long portId, long backendId, CancellationToken cancellation);

    /// <summary>Deletes a balancer with its ports; false where it was gone already.</summary>
    Task<bool> DeleteBalancerAsync(long balancerId, CancellationToken cancellation);

    /// <summary>Creates a Cloud Firewall.</summary>
    Task<CloudFirewall> CreateFirewallAsync(FirewallOrder order, CancellationToken cancellation);

    /// <summary>Firewalls that fit.</summary>
    IAsyncEnumerable<CloudFirewall> ListFirewallsAsync(CloudFilter filter, CancellationToken cancellation);

    /// <summary>Ids of the nodes behind a firewall.</summary>
    IAsyncEnumerable<long> ListGuardedNodesAsync(long firewallId, CancellationToken cancellation);

    /// <summary>Puts a node behind a firewall.</summary>
    Task GuardNodeAsync(long firewallId, long nodeId, CancellationToken cancellation);

    /// <summary>Deletes a firewall; false where it was gone already.</summary>
    Task<bool> DeleteFirewallAsync(long firewallId, CancellationToken cancellation);

    /// <summary>Stores a StackScript.</summary>
    Task<CloudStackScript> CreateStackScriptAsync(StackScriptOrder order, CancellationToken cancellation);

    /// <summary>All StackScripts of that label that the account may use: public ones and its own.</summary>
    IAsyncEnumerable<CloudStackScript> ListStackScriptsAsync(string label, CancellationToken cancellation);

    /// <summary>One StackScript, public or the account's own, or null where there is none of that id.</summary>
    Task<CloudStackScript?> FindStackScriptAsync(long id, CancellationToken cancellation);

    /// <summary>The account's own StackScripts of that label, or all of them where null.</summary>
    IAsyncEnumerable<CloudStackScript> ListOwnStackScriptsAsync(string? label, CancellationToken cancellation);

    /// <summary>Deletes a StackScript; false where it was gone already.</summary>
    Task<bool> DeleteStackScriptAsync(long id, CancellationToken cancellation);

    /// <summary>Follows events: one poll serves every wait of this process.</summary>
    IEventWatch Events { get; }
}

/// <summary>What a list is cut down to, on the server.</summary>
/// <param name="Label">Exact label, or null.</param>
/// <param name="Tag">A tag the object carries, or null.</param>
public sealed record CloudFilter(string? Label = null, string? Tag = null)
{
    /// <summary>With a label, whose object it would be: where the API has no tags, owner marks may be part of labels there.</summary>
    public string? Owner { get; init; }
}
