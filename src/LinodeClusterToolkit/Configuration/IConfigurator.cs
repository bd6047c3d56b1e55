using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>A technology that configures nodes: how plans name it, and how it is run.</summary>
internal interface IConfigurator
{
    /// <summary>What plans know of it.</summary>
    ActionKind Kind { get; }

    /// <summary>What this machine lacks to run such actions, or null; asked before anything is created.</summary>
    Problem? Missing();

    /// <summary>What is wrong with an action here and now, or null; asked before anything is created, where nothing is missing.</summary>
    Task<Problem?> CheckAsync(ResolvedAction action, TimeProvider time, CancellationToken cancellation) => Task.FromResult<Problem?>(null);

    /// <summary>
    /// The steps of one action on the nodes of one group. Each node that it runs on has its last step under <see cref="ActionSite.StepOf"/>;
    /// a step that stands before others of the action is named after <see cref="ActionSite.GroupStep"/>.
    /// </summary>
    IEnumerable<TaskStep> StepsFor(ActionSite site, ConfigurationTools tools);
}

/// <summary>One action of a plan at the place where it runs: a group of nodes that reach a transition.</summary>
/// <param name="Action">The action.</param>
/// <param name="Number">Its place among the actions of the transition, from 1.</param>
/// <param name="Group">The group.</param>
/// <param name="Members">Its nodes that the action may run on, by ordinal.</param>
/// <param name="After">What the action on a node comes after.</param>
/// <param name="GroupAfter">What an action comes after that waits for no node in particular.</param>
internal sealed record ActionSite(
    ResolvedAction Action, int Number, ChangedGroup Group, IReadOnlyList<Member> Members,
    Func<Member, IReadOnlyList<string>> After, IReadOnlyList<string> GroupAfter)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);

    /// <summary>Numbers of the actions of the transition that nodes do by themselves at every boot.</summary>
    public IReadOnlyList<int> OwnBoots { get; init; } = [];

    /// <summary>Whether it is one of them.</summary>
    public bool IsDoneByNode => OwnBoots.Contains(Number);

    /// <summary>How long it may take on a node.</summary>
    public TimeSpan Limit => Action.Timeout ?? Usual;

    /// <summary>What it is called in logs.</summary>
    public string Title => $"{At} {Action.Name}";

    /// <summary>What progress shows while it runs.</summary>
    public string Doing => Action.Name;

    /// <summary>Name of the step that does the action, or prepares it, for the group as a whole.</summary>
    public string GroupStep => $"{Said} {Group.Region}/{Group.Group}{(Group.IsInTurn ? $" in the turn of {Members[0].Label}" : "")}";

    private string At => Action.At.ToString().ToLowerInvariant();

    private string Said => $"{At} {Number} {Action.Name}";

    /// <summary>Name of the step that does the action on a node.</summary>
    public string StepOf(Member member) => $"{Said} {member.Label}";

    /// <summary>What an action on a node comes after that passes over nodes that fell out: their end is waited for, not their success.</summary>
    public IReadOnlyList<string> TurnAfter(Member member) => Action.At is Transition.ClusterStarting or Transition.ClusterStarted
        or Transition.RegionReady or Transition.PlanReady && !Group.IsInTurn ? GroupAfter : After(member);

    /// <summary>What such a step is about.</summary>
    public StepSubject SubjectOf(Member? member) => new(Group.Region, Group.Group, member?.Label ?? (Group.IsInTurn ? Members[0].Label : null));
}
