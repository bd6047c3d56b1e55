using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api;

/// <content>Verbs that change what stands.</content>
public partial interface ILinodeCloud
{
    /// <summary>Replaces the tags of a node.</summary>
    /// <remarks>Where the API has no tags, the owner mark among them alone is kept, and none takes it away.</remarks>
    Task SetNodeTagsAsync(long id, IReadOnlyList<string> tags, CancellationToken cancellation);

    /// <summary>Asks to move a node to another type; done when its <c>linode_resize</c> event is finished.</summary>
    /// <param name="id">The node.</param>
    /// <param name="type">Type to move to; refused where its disks do not fit.</param>
    /// <param name="resizeDisks">
    /// Whether its one disk grows along, where it has one beside swap; where <see cref="Catalog.ApiAbilities.DisksGrowWithNodes"/> is false none does.
    /// </param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <remarks>
    /// A node that ran is off meanwhile, and runs again afterwards only where <see cref="Catalog.ApiAbilities.DisksGrowWithNodes"/> is true: look at
    /// its status then. Not sent again when the answer got lost: its type tells whether it was heard.
    /// </remarks>
    Task ResizeNodeAsync(long id, string type, bool resizeDisks, CancellationToken cancellation);

    /// <summary>Adds an address of its region's own network; a node has at most one, and a second is refused.</summary>
    /// <remarks>The node takes it when it boots next. Not sent again when the answer got lost: the node's addresses tell whether it was heard.</remarks>
    Task AddPrivateIpAsync(long id, CancellationToken cancellation);

    /// <summary>Wipes a node, disks and configurations alike; id, label, addresses, tags and volumes stay.</summary>
    /// <remarks>
    /// With an image, where <see cref="Catalog.ApiAbilities.ImagesAtCreation"/> is true, it is asked to be made from that in the same call, done when
    /// its <c>linode_rebuild</c> event is finished, and booted where the order says so. Otherwise it stands off and empty when this returns, as a node
    /// that is created that way does, and disks are laid out on it afterwards; asked again, it goes on where it was.
    /// </remarks>
    Task RebuildNodeAsync(long id, NodeRebuild order, CancellationToken cancellation);

    /// <summary>Deletes a disk of a node that does not run from it, done when the node is idle again; false where it was gone already.</summary>
    Task<bool> DeleteDiskAsync(long nodeId, long diskId, CancellationToken cancellation);

    /// <summary>Changes the size of a disk whose node is off; done when the node's <c>disk_resize</c> event is finished.</summary>
    Task ResizeDiskAsync(long nodeId, long diskId, int sizeMb, CancellationToken cancellation);

    /// <summary>Deletes a boot configuration; false where it was gone already.</summary>
    Task<bool> DeleteConfigAsync(long nodeId, long configId, CancellationToken cancellation);

    /// <summary>Makes a volume larger; it is busy until its status is <c>active</c> again. Volumes never shrink.</summary>
    Task<CloudVolume> ResizeVolumeAsync(long volumeId, int sizeGb, CancellationToken cancellation);

    /// <summary>Replaces the tags of a volume.</summary>
    /// <remarks>
    /// Where the API has no tags the owner mark among them becomes the end of the label, and with the label the path of its device changes.
    /// </remarks>
    Task<CloudVolume> SetVolumeTagsAsync(long volumeId, IReadOnlyList<string> tags, CancellationToken cancellation);

    /// <summary>Copies a volume that is <c>active</c>, with what is on it, to a new one of its size and region that is attached to nothing.</summary>
    /// <remarks>
    /// The call takes a label and no tags: until <see cref="SetVolumeTagsAsync"/> has been called the copy carries no owner mark, and only its label,
    /// which no other volume of the account has, tells that it is ours. Write the label down before the call; after a lost answer look it up without
    /// a tag, and take what is there for the copy only where it was written down.
    /// </remarks>
    Task<CloudVolume> CloneVolumeAsync(long volumeId, string label, CancellationToken cancellation);

    /// <summary>Opens a port of a balancer, with its back ends. No two ports of a balancer have one number: it tells after a lost answer.</summary>
    Task<CloudBalancerPort> CreateBalancerPortAsync(long balancerId, BalancerPortOrder order, CancellationToken cancellation);

    /// <summary>Sets all of a port but its back ends, those of the order do not count.</summary>
    Task UpdateBalancerPortAsync(long balancerId, long portId, BalancerPortOrder order, CancellationToken cancellation);

    /// <summary>Closes a port of a balancer, with its back ends; false where it was gone already.</summary>
    Task<bool> DeleteBalancerPortAsync(long balancerId, long portId, CancellationToken cancellation);

    /// <summary>Says what a back end gets: <c>accept</c>, <c>reject</c>, <c>drain</c>, or <c>backup</c>, which version 3 does not have.</summary>
    Task SetBackendModeAsync(long balancerId, long portId, long backendId, string mode, CancellationToken cancellation);

    /// <summary>Replaces all rules of a firewall.</summary>
    Task SetFirewallRulesAsync(long firewallId, FirewallRules rules, CancellationToken cancellation);
}
