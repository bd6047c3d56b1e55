using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What is done to nodes one after the other.</summary>
public enum RollKind
{
    /// <summary>They are shut down and booted; with <see cref="RollRequest.Type"/> they have another type afterwards.</summary>
    Reboot,

    /// <summary>Their disks are made anew; ids, addresses and volumes stay.</summary>
    Rebuild,

    /// <summary>Other nodes take their places, under their names and with their volumes.</summary>
    Replace,

    /// <summary>A command is run on them.</summary>
    Command,
}

/// <summary>What to do to which nodes of a cluster, so many at a time: the next have their turn when those before are at work again.</summary>
public sealed record RollRequest
{
    /// <summary>Group that is meant; null where nodes are named.</summary>
    public string? Group { get; init; }

    /// <summary>Region that is meant, by its id; null for all.</summary>
    public string? Region { get; init; }

    /// <summary>Keys of the nodes that are meant, as <see cref="NodeRecord.Key"/> has them; none where a group is named.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>What is done.</summary>
    public RollKind Kind { get; init; }

    /// <summary>How many may be away at once, from 1; those that others take the place of are taken to be away already.</summary>
    public int MaxUnavailable { get; init; } = 1;

    /// <summary>Program and arguments, each taken as it is; run as root. An exit code other than 0 is a failure.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Type that they are to have after a reboot, by any of its names; null where that stays.</summary>
    public string? Type { get; init; }

    /// <summary>Image that they are rebuilt from, by any of its names; null for the one they have.</summary>
    public string? Image { get; init; }

    /// <summary>True asks nothing of a node before it goes down: for one that does not answer any more.</summary>
    public bool Force { get; init; }
}

/// <summary>What a roll would do.</summary>
/// <param name="Cluster">Name of the cluster.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Rounds">The nodes, those of a round at once; each round begins when the one before is at work again.</param>
/// <param name="LeastTime">How long it takes when only the cloud's limits and times count.</param>
public sealed record RollPreview(string Cluster, RollKind Kind, IReadOnlyList<IReadOnlyList<NodeRecord>> Rounds, LeastTime LeastTime)
{
    /// <summary>Type that they are to have afterwards; null where that stays.</summary>
    public string? Type { get; init; }

    /// <summary>Image that they are made from; null where nothing is made anew.</summary>
    public string? Image { get; init; }

    /// <summary>Labels of volumes that stay, with what is on them, though their nodes are made anew.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>True where it goes on with a run that did not come to its end.</summary>
    public bool IsBegun { get; init; }
}
