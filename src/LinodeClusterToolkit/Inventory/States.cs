namespace LinodeClusterToolkit.Inventory;

/// <summary>Where a cluster is in its life.</summary>
public enum ClusterState
{
    /// <summary>A run that creates it has begun and not ended.</summary>
    Creating,

    /// <summary>Everything its plan names exists; its nodes are off.</summary>
    Created,

    /// <summary>Its nodes are there, and its groups start in their order.</summary>
    Starting,

    /// <summary>Its nodes run and everything its plan has done to them is done.</summary>
    Started,

    /// <summary>A run that stops it has begun and not ended.</summary>
    Stopping,

    /// <summary>Its nodes were shut down by request.</summary>
    Stopped,

    /// <summary>A run ended and some of it is missing or failed.</summary>
    Degraded,

    /// <summary>A run that deletes it has begun and not ended.</summary>
    Deleting,

    /// <summary>Nothing of it is left in the cloud.</summary>
    Deleted,
}

/// <summary>Where a node is in its life.</summary>
public enum NodeState
{
    /// <summary>Named, not asked for yet.</summary>
    Planned,

    /// <summary>Asked for; the answer may be on its way.</summary>
    Creating,

    /// <summary>Exists, and is booted if its plan says so; not configured yet.</summary>
    Created,

    /// <summary>Complete: as its plan wants it, inside too.</summary>
    Ready,

    /// <summary>Complete, and shut down by request.</summary>
    Stopped,

    /// <summary>A step for it failed for good.</summary>
    Failed,

    /// <summary>Asked to be deleted.</summary>
    Deleting,

    /// <summary>The cloud has no such node any more.</summary>
    Gone,
}

/// <summary>How far a node has come with its cluster: the last barrier it passed.</summary>
public enum NodeStage
{
    /// <summary>None of these.</summary>
    None,

    /// <summary>It does its work, and so do the other nodes of its region's cluster that must.</summary>
    Started,

    /// <summary>What is to be done once its cluster has started is done.</summary>
    ClusterStarted,

    /// <summary>What is to be done once its region is ready is done.</summary>
    RegionReady,

    /// <summary>Nothing that its plan says is left to be done.</summary>
    PlanReady,
}

/// <summary>Whether the system on a node came up.</summary>
public enum BootState
{
    /// <summary>Nothing is known of it.</summary>
    Unknown,

    /// <summary>It is off.</summary>
    Off,

    /// <summary>The platform runs it; nothing was heard of its inside since.</summary>
    Booting,

    /// <summary>It answered by SSH, and showed the host key it should.</summary>
    Up,
}

/// <summary>What is known of the inside of a node.</summary>
public enum ConfigurationState
{
    /// <summary>Nothing was done in it, or not all of it.</summary>
    None,

    /// <summary>Its configuration was checked and stored, and nothing ran: there is no machine behind the node.</summary>
    Recorded,

    /// <summary>It is configured as its plan says, and was seen to be.</summary>
    Configured,
}

/// <summary>What the trust in a node's host key goes back to.</summary>
public enum HostKeyOrigin
{
    /// <summary>It was not connected to yet.</summary>
    Unknown,

    /// <summary>Its host key was given to it at its creation, in user data.</summary>
    Injected,

    /// <summary>Its host key was given to it at its creation, by a StackScript.</summary>
    StackScript,

    /// <summary>A person said that the host key is its own.</summary>
    Accepted,
}
