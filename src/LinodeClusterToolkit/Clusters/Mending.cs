using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What is to be done again in a run that goes on, since nodes do not stand any more as they were made.</summary>
/// <param name="Reborn">Labels of nodes that are gone: all that was done on them is to be done on those in their place.</param>
/// <param name="Steps">Names of single steps.</param>
internal sealed record Mending(IReadOnlySet<string> Reborn, IReadOnlySet<string> Steps)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public static Mending None { get; } = new(new HashSet<string>(), new HashSet<string>());

    /// <summary>Whether the journal is to forget that a step was done: also where it only wrote down how far others have come.</summary>
    public bool Concerns(TaskStep step) => Steps.Contains(step.Name) || RecordProgress.Is(step) || step.Name == SeeStanding.Name
        || (step.Subject.Node is { } node && Reborn.Contains(node));

    /// <summary>Holds the records of nodes against the cloud, takes lost ones back to where they were only planned, and puts right what one call can.</summary>
    public static async Task<Mending> PrepareAsync(
        ILinodeCloud cloud, ClusterBook book, IReadOnlyList<ResolvedNode> wanted, CloudPatience patience, CancellationToken cancellation)
    {
        NodeRecord[] known = [.. wanted.Select(node => book.FindNode(node.Key)).OfType<NodeRecord>().Where(node =>
            node is { LinodeId: not null, State: not (NodeState.Gone or NodeState.Deleting or NodeState.Stopped) })];
        if (known.Length == 0)
        {
            return None;
        }

        var runs = wanted.Where(node => node.Boot).Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        var standing = await SettledAsync(cloud, book, known, patience, cancellation).ConfigureAwait(false);
        var (reborn, steps) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var node in known)
        {
            var slips = standing.SlipsOf(node, runs.Contains(node.Key) && node.Power == "running").Distinct().ToList();
            if (slips.Count > 0 && node.State == NodeState.Ready)
            {
                // It was complete, and has a part in the run now.
                await book.SaveNodeAsync(node with
                {
                    State = NodeState.Failed, Failure = ProvisioningProblems.Slipped([(node.Label, slips)]).ToString(),
                }).ConfigureAwait(false);
            }

            foreach (var slip in slips)
            {
                switch (slip)
                {
                    case Slip.Gone:
                        await ClearedNodes.ForgetAsync(book, node).ConfigureAwait(false);
                        reborn.Add(node.Label);
                        break;
                    case Slip.Untagged:
                        // It would be missing from every list we wait by. Its id came with the answer to our own create: it is ours.
                        await cloud.TagNodeAsync(node.LinodeId!.Value, book.Cluster.OwnerTag, cancellation).ConfigureAwait(false);
                        break;
                    case Slip.Unguarded:
                        await cloud.GuardNodeAsync(book.Cluster.FirewallId!.Value, node.LinodeId!.Value, cancellation).ConfigureAwait(false);
                        break;
                    case Slip.Off:
                        steps.Add(StartNodes.NameFor(node.Label));
                        break;
                    case Slip.Detached:
                        steps.UnionWith(standing.LooseVolumesOf(node).SelectMany(volume => CreateVolumes.NamesFor(volume.Label)));
                        break;
                }
            }
        }

        return new(reborn, steps);
    }

    // What is just going stands for a while yet, and would be missed only later.
    private static Task<Standing> SettledAsync(
        ILinodeCloud cloud, ClusterBook book, NodeRecord[] known, CloudPatience patience, CancellationToken cancellation) =>
        OnceOnly.WithinAsync(patience, book.Cluster.Name, "changing", cancellation, async token =>
        {
            while (true)
            {
                var standing = await Standing.LookAsync(cloud, book, known, token).ConfigureAwait(false);
                if (!known.Any(standing.IsGoing))
                {
                    return standing;
                }

                await Task.Delay(Pause, patience.Time, token).ConfigureAwait(false);
            }
        });
}
