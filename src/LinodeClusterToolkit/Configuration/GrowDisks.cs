using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Takes the filesystems that a node made itself to the size that their disks have got in its turn; the platform grows its own.</summary>
internal sealed class GrowDisks(ConfigurationTools tools) : IGraphPart
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(20);

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from turn in changes.Turns
        where turn.Kind == TurnKind.Reboot && turn.Group.Members[0].Runs
        let mounts = turn.Disks.Where(disk => disk.MadeOnNode is not null).Select(disk => disk.Mount).OfType<string>().ToList()
        where mounts.Count > 0
        let node = turn.Node
        select new TaskStep($"grow filesystems {node.Label}", (_, token) => GrowAsync(node.Key, mounts, token))
        {
            After = [Milestone.Reachable(node.Label)],
            Before = [Milestone.Past(Transition.Boot, node.Label)],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Doing = "growing filesystems",
        };

    private Task GrowAsync(string key, IReadOnlyList<string> mounts, CancellationToken cancellation)
    {
        var script = EditStorage.Begin();
        foreach (var mount in mounts)
        {
            script.Call("grown_at", mount);
        }

        return tools.RunAsync(key, script, cancellation, Within);
    }
}
