namespace LinodeClusterToolkit.Inventory;

/// <summary>Finds what changed between two records of one thing; stores keep it in the same write.</summary>
internal static class StateChanges
{
    public static IEnumerable<StateChange> Between(NodeRecord? before, NodeRecord after)
    {
        (StateAspect Aspect, string? From, string To)[] all =
        [
            (StateAspect.State, before?.State.ToString(), after.State.ToString()),
            (StateAspect.Power, before?.Power ?? Unknown, after.Power),
            (StateAspect.Boot, (before?.Boot ?? BootState.Unknown).ToString(), after.Boot.ToString()),
            (StateAspect.Configuration, (before?.Configuration ?? ConfigurationState.None).ToString(), after.Configuration.ToString()),
            (StateAspect.Stage, (before?.Stage ?? NodeStage.None).ToString(), after.Stage.ToString()),
        ];
        return from one in all
               where one.From != one.To
               select new StateChange(0, after.ClusterId, after.Key, after.Label, one.Aspect, one.From, one.To, after.Updated);
    }

    public static IEnumerable<StateChange> Between(ClusterRecord? before, ClusterRecord after) => before?.State == after.State
        ? []
        : [new StateChange(0, after.Id, null, after.Name, StateAspect.State, before?.State.ToString(), after.State.ToString(), after.Changed)];

    private const string Unknown = "unknown";
}
