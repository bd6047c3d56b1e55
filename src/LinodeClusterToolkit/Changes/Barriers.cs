using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Changes;

/// <summary>Declares the milestones of each node and how they hang together: from the create call to a node that can take its part.</summary>
internal sealed class Barriers : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        yield return new TaskStep(Milestone.Firewall);
        foreach (var script in changes.AddedNodes.Select(node => changes.RidersOf(node).ScriptFor(node)).OfType<BootScript>().Distinct())
        {
            yield return new TaskStep(Milestone.Stored(script));
        }

        // Whoever was not created has no address to be told: the others are not kept waiting for good.
        yield return new TaskStep(Milestone.Addresses)
        {
            After = [.. changes.AddedNodes.Where(IsToGetAddresses).Select(node => Milestone.Exists(node.Label))], AtLeast = 0,
        };
        foreach (var step in changes.AddedNodes.SelectMany(StepsOf))
        {
            yield return step;
        }

        foreach (var node in changes.StartedNodes)
        {
            var subject = new StepSubject(node.Region, node.Group, node.Label);
            foreach (var step in Chain(
                subject, Milestone.Watched(node.Label), Milestone.Booted(node.Label), Milestone.Reachable(node.Label),
                Milestone.Past(Transition.Boot, node.Label), Milestone.Assembled(node.Label)))
            {
                yield return step;
            }
        }

        foreach (var name in changes.Edits.SelectMany(Around).Distinct(StringComparer.Ordinal))
        {
            yield return new TaskStep(name);
        }

        yield return new TaskStep(Milestone.NodesGone);

        // One whose disks are made anew keeps its addresses, and may have to wait for the turns of others.
        bool IsToGetAddresses(ResolvedNode node) => changes.TurnOf(node.Key) is not { Kind: TurnKind.Rebuild };
    }

    private static IEnumerable<string> Around(Edit edit)
    {
        var key = edit.Change.Key;
        return edit.Change.Rule switch
        {
            _ when edit.Is(ChangeRules.NodeSsh) => [Milestone.Proven(edit.Change.Label)],
            _ when edit.Is(ChangeRules.VolumeGrown) => [Milestone.Grown(key)],
            _ when edit.Is(ChangeRules.VolumeLoose) => [Milestone.Hung(key)],
            _ when edit.Is(ChangeRules.VolumeRemoved) => [Milestone.Left(key), Milestone.Taken(key)],
            _ when edit.Is(ChangeRules.VolumeAdded) || edit.Is(ChangeRules.VolumeLost) => [Milestone.Enlarged(edit.Record!.Label)],
            _ => [],
        };
    }

    private static IEnumerable<TaskStep> StepsOf(ResolvedNode node)
    {
        var (label, subject) = (node.Label, new StepSubject(node.Region, node.Group, node.Label));
        string[] path = [Milestone.Exists(label), Milestone.LaidOut(label), Milestone.Booted(label)];

        // A node that stays off ends with its disks and volumes: nobody can look inside.
        string[] inside =
        [
            Milestone.Reachable(label), Milestone.Secured(label), Milestone.Past(Transition.Created, label), Milestone.Configured(label),
            Milestone.Past(Transition.FirstBoot, label), Milestone.Past(Transition.SshReady, label), Milestone.Past(Transition.Boot, label),
        ];
        string[] whole = node.Boot ? [.. path, .. inside] : path;
        foreach (var step in Chain(subject, whole))
        {
            yield return step;
        }

        yield return new TaskStep(Milestone.Equipped(label)) { Subject = subject, After = [Milestone.LaidOut(label)] };
        yield return new TaskStep(Milestone.Ready(label)) { Subject = subject, After = [whole[^1], Milestone.Equipped(label)] };
        if (node.Boot)
        {
            yield return new TaskStep(Milestone.Joined(label)) { Subject = subject, After = [Milestone.Secured(label), Milestone.Addresses] };
        }

        yield return new TaskStep(Milestone.Assembled(label))
        {
            Subject = subject, After = node.Boot ? [Milestone.Ready(label), Milestone.Joined(label)] : [Milestone.Ready(label)],
        };
    }

    private static IEnumerable<TaskStep> Chain(StepSubject subject, params IReadOnlyList<string> names) =>
        names.Select((name, at) => new TaskStep(name) { Subject = subject, After = at == 0 ? [] : [names[at - 1]] });
}
