using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Changes;

/// <summary>What is done to a node in its turn.</summary>
internal enum TurnKind
{
    /// <summary>It is shut down, altered where that is asked for, and booted.</summary>
    Reboot,

    /// <summary>Its disks are made anew; its id, addresses and volumes stay.</summary>
    Rebuild,

    /// <summary>Another node takes its place, under its name and with its volumes.</summary>
    Replace,

    /// <summary>A command is run on it.</summary>
    Command,
}

/// <summary>A node that is worked on while others of its group are at work: it goes through its own way down and up, apart from theirs.</summary>
/// <param name="Node">The node as it was when this was decided.</param>
/// <param name="Kind">What is done to it.</param>
/// <param name="Group">Its group as its plan has it, with this node as its only member.</param>
/// <param name="After">
/// Labels of the nodes whose turns must have ended well before; none where another node takes its place: all are to know its new addresses.
/// </param>
internal sealed record Turn(NodeRecord Node, TurnKind Kind, ChangedGroup Group, IReadOnlyList<string> After)
{
    /// <summary>Whether its disks are made anew, or all of it is: then it is among the added nodes too.</summary>
    public bool IsMadeAnew => Kind is TurnKind.Rebuild or TurnKind.Replace;

    /// <summary>The transitions it goes through. One whose place another takes is asked nothing before: it may be dead.</summary>
    public IEnumerable<Transition> Transitions => Kind switch
    {
        TurnKind.Command => [],
        TurnKind.Reboot => Enum.GetValues<Transition>().Where(at => at is >= Transition.Boot and not Transition.Removing),
        TurnKind.Rebuild => Enum.GetValues<Transition>().Where(at => at != Transition.Removing),
        _ => Enum.GetValues<Transition>().Where(at => at is not (Transition.ClusterStopping or Transition.Removing)),
    };

    /// <summary>The type it is to have afterwards; null where that stays.</summary>
    public string? Type { get; init; }

    /// <summary>Whether it is given an address of its region's own network, which it takes as it boots.</summary>
    public bool GetsPrivateIp { get; init; }

    /// <summary>Disks that are to be larger afterwards: label and size in MB.</summary>
    public IReadOnlyList<ResolvedDisk> Disks { get; init; } = [];

    /// <summary>The command, where one is run; a shell line or a program with its arguments, one element each.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];
}
