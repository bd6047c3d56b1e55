using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Gives a node that is off in its turn an address of its region's own network, once: it takes it as it boots.</summary>
internal sealed class AddPrivateIps(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from turn in changes.Turns
        where turn.GetsPrivateIp
        let label = turn.Node.Label
        select new TaskStep(NameFor(label), (step, token) => EnsureAsync(turn.Node.Key, step, token))
        {
            After = [Milestone.Off(label)],
            Before = [turn.IsMadeAnew ? Milestone.Forgotten(label) : Milestone.Altered(label)],
            Subject = new StepSubject(turn.Node.Region, turn.Node.Group, label),
            Cost = new([nameof(LimitClass.Other)], 0),
            Doing = "adding a private address",
        };

    internal static string NameFor(string label) => $"private address of {label}";

    private async Task EnsureAsync(string key, StepContext step, CancellationToken cancellation)
    {
        if (step.StartedBefore)
        {
            // What an earlier try sent may still land, and a second address is refused.
            await Task.Delay(OnceOnly.Landing(step), tools.Time, cancellation).ConfigureAwait(false);
        }

        var node = tools.Book.Node(key);
        var id = node.LinodeId!.Value;
        var address = await OnceOnly.WhenIdleAsync(tools, node.Label, id, async token =>
        {
            if (await AddressOfAsync(node.Label, id, token).ConfigureAwait(false) is { } earlier)
            {
                return earlier;
            }

            await tools.Cloud.AddPrivateIpAsync(id, token).ConfigureAwait(false);
            return await AddressOfAsync(node.Label, id, token).ConfigureAwait(false);
        }, cancellation).ConfigureAwait(false);
        await tools.Book.ChangeNodeAsync(key, now => now with { PrivateIpv4 = address ?? now.PrivateIpv4 }).ConfigureAwait(false);
    }

    private async Task<string?> AddressOfAsync(string label, long id, CancellationToken cancellation) =>
        (await tools.Cloud.FindNodeAsync(id, cancellation).ConfigureAwait(false)
            ?? throw ProvisioningProblems.GoneInTurn(label).As(ApiFailure.NotFound)).PrivateIpv4;
}
