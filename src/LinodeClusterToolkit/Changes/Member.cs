using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Changes;

/// <summary>A node of a group that a run brings up or takes down.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Label">Its label.</param>
/// <param name="Ordinal">Its number in the group.</param>
internal sealed record Member(string Key, string Label, int Ordinal)
{
    /// <summary>False for a node that stays off: nobody can look inside.</summary>
    public bool Runs { get; init; } = true;
}

/// <summary>A group of which a run brings nodes up, or takes them down.</summary>
/// <param name="Region">Region id.</param>
/// <param name="Group">Group name.</param>
/// <param name="Min">Fewest members that must be complete, counting those that are there already.</param>
/// <param name="Kept">Members that are complete already.</param>
/// <param name="Members">The members the run works on, by ordinal.</param>
internal sealed record ChangedGroup(string Region, string Group, int Min, int Kept, IReadOnlyList<Member> Members)
{
    /// <summary>What its plan has done to its nodes.</summary>
    public IReadOnlyList<ResolvedAction> Actions { get; init; } = [];

    /// <summary>Those of them that ride in the create call.</summary>
    public Riders Riders { get; init; } = Riders.None;

    /// <summary>Groups that start before it and stop after it.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>When a node of it counts as started.</summary>
    public IReadOnlyList<ReadyCheck> Ready { get; init; } = [];

    /// <summary>True where the platform is to leave a node off that powered off by itself.</summary>
    public bool Unwatched { get; init; }

    /// <summary>True where its only member goes its own way, past no barrier of the group.</summary>
    public bool IsInTurn { get; init; }

    /// <summary>How many of these members must get through a barrier.</summary>
    public int AtLeast => Math.Clamp(Min - Kept, 0, Members.Count);

    /// <summary>The group as its plan has it, with these of its members.</summary>
    public static ChangedGroup Of(string region, ResolvedGroup group, int kept, IReadOnlyList<Member> members) =>
        new(region, group.Name, group.Min, kept, members)
        {
            Actions = group.Actions, Riders = Riders.Of(group.Actions), DependsOn = group.DependsOn, Ready = group.Ready, Unwatched = group.Unwatched,
        };
}
