using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Has something done to nodes in turns.</summary>
/// <remarks>Its change set holds all turns whenever it is made; which of them are over the journal says.</remarks>
/// <param name="Keys">Keys of the nodes, in the order of their turns.</param>
/// <param name="Kind">What is done.</param>
/// <param name="AtOnce">How many may be away at once.</param>
internal sealed record RollWork(IReadOnlyList<string> Keys, RollKind Kind, int AtOnce) : ClusterWork
{
    public const string Name = "roll";

    /// <summary>The command, a program with its arguments.</summary>
    public IReadOnlyList<string> Command { get => field ?? []; init; }

    /// <summary>Id of the type they are to have.</summary>
    public string? Type { get; init; }

    /// <summary>Plan of the nodes that are made anew, since a cluster's own may not name them; null where none is.</summary>
    public string? Made { get; init; }

    /// <summary>Whether their image is another than their plan's.</summary>
    public bool ChangesImage { get; init; }

    /// <summary>True asks nothing of a node before it goes down.</summary>
    public bool Force { get; init; }

    public override string Verb => Name;

    public override bool GoesOnWith(RunRecord last) => base.GoesOnWith(last) && last.Work == Write();

    public override void Demand(ClusterRecord cluster, IReadOnlyCollection<NodeRecord> nodes)
    {
        // What is to be worked on from inside has to be up; what is made anew does not.
        if (Kind is RollKind.Reboot or RollKind.Command && NodesOf(nodes).Find(node => node.State is not (NodeState.Ready or NodeState.Failed)) is { } off)
        {
            throw new LinodeToolkitException(RollProblems.NotUp(off));
        }

        if (NodesOf(nodes).Find(node => node.State is NodeState.Gone or NodeState.Deleting) is { } gone)
        {
            throw new LinodeToolkitException(RollProblems.NotUp(gone));
        }
    }

    public override ChangeSet Plan(ClusterBook book, ResolvedPlan plan) => RoundPlanner.Roll(
        book.Cluster, plan, NodesOf(book.Nodes), book.Nodes, book.Resources, new TurnTerms(KindOfTurn, AtOnce)
        {
            Made = MadeNodes, Type = Type, Command = Command, Force = Force,
        });

    public override ResolvedPlan Changed(ResolvedPlan plan)
    {
        var made = ChangesImage ? MadeNodes.ToDictionary(node => node.Key, StringComparer.Ordinal) : [];
        if (Type is null && made.Count == 0)
        {
            return plan;
        }

        var keys = Keys.ToHashSet(StringComparer.Ordinal);
        return plan with
        {
            Regions = [.. plan.Regions.Select(region => region with
            {
                Groups = [.. region.Groups.Select(group => group with { Nodes = [.. group.Nodes.Select(As)] })],
            })],
        };

        ResolvedNode As(ResolvedNode node) =>
            made.GetValueOrDefault(node.Key) is { } anew ? node with { Image = anew.Image, TakesUserData = anew.TakesUserData }
            : Type is not null && keys.Contains(node.Key) ? node with { Types = [Type] }
            : node;
    }

    private TurnKind KindOfTurn => Kind switch
    {
        RollKind.Rebuild => TurnKind.Rebuild,
        RollKind.Replace => TurnKind.Replace,
        RollKind.Command => TurnKind.Command,
        _ => TurnKind.Reboot,
    };

    private IReadOnlyList<ResolvedNode> MadeNodes => Made is null ? [] : [.. ResolvedPlanJson.Read(Made).Nodes];

    private List<NodeRecord> NodesOf(IReadOnlyCollection<NodeRecord> nodes)
    {
        var known = nodes.ToDictionary(node => node.Key, StringComparer.Ordinal);
        return [.. Keys.Where(known.ContainsKey).Select(key => known[key])];
    }
}
