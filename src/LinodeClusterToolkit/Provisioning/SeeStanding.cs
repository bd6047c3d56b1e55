using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Looks at the end whether all that was made still stands: what somebody did meanwhile beside us is named, not found out by its users.</summary>
internal sealed class SeeStanding(ProvisioningTools tools) : IGraphPart
{
    /// <summary>Name of the step that looks; what it saw in an earlier run says nothing of now.</summary>
    public const string Name = "see what stands";

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        if (changes.AddedNodes.Count == 0)
        {
            yield break;
        }

        // Well or not: what is complete is looked at also where something else failed.
        yield return new TaskStep(Milestone.Ended)
        {
            After =
            [
                Milestone.Finished, .. changes.AddedNodes.Select(node => Milestone.Assembled(node.Label)),
                .. changes.Turns.Where(turn => turn.IsMadeAnew).Select(turn => Milestone.TurnEnded(turn.Node.Label)),
            ],
            AtLeast = 0,
        };
        yield return new TaskStep(Name, (_, token) => LookAsync(changes.AddedNodes, token))
        {
            After = [Milestone.Ended], Cost = new([nameof(Api.Http.LimitClass.List)], 0), Doing = "looking at what stands",
        };
    }

    private async Task LookAsync(IReadOnlyList<ResolvedNode> added, CancellationToken cancellation)
    {
        var complete = added.Where(node => tools.Book.Node(node.Key) is { State: NodeState.Ready, LinodeId: not null }).ToList();
        await Task.WhenAll(complete.Select(node => NodeWaits.SettledAsync(tools, tools.Book.Node(node.Key), "changing", cancellation)))
            .ConfigureAwait(false);
        var standing = await Standing.LookAsync(
            tools.Cloud, tools.Book, [.. complete.Select(node => tools.Book.Node(node.Key))], cancellation).ConfigureAwait(false);
        var slipped = complete.Select(node => (node.Key, node.Label, Slips: standing.SlipsOf(tools.Book.Node(node.Key), node.Boot)))
            .Where(one => one.Slips.Count > 0).ToDictionary(one => one.Key, one => (one.Label, one.Slips), StringComparer.Ordinal);
        if (slipped.Count > 0)
        {
            await tools.Book.ChangeNodesAsync(slipped.Keys, now => now with
            {
                State = NodeState.Failed, Failure = ProvisioningProblems.Slipped([slipped[now.Key]]).ToString(),
            }).ConfigureAwait(false);
            throw ProvisioningProblems.Slipped([.. slipped.Values]).As(ApiFailure.NotFound);
        }
    }
}
