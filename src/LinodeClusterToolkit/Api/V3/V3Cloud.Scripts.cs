using System.Runtime.CompilerServices;

namespace LinodeClusterToolkit.Api.V3;

/// <content>StackScripts, and the firewalls there are none of.</content>
internal sealed partial class V3Cloud
{
    private const string Anything = "any/all";

    // Users are told by numbers that no call explains. Whose the first StackScript of all is, though, is known: Linode's own.
    private const long First = 1;
    private long? linode;

    public async Task<CloudStackScript> CreateStackScriptAsync(StackScriptOrder order, CancellationToken cancellation)
    {
        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        var on = order.Images.Contains(Anything) ? names.Distributions : order.Images.Select(names.Distribution);
        var made = await client.SendAsync(
            new CreateStackScript(new(order.Label, [.. on], order.Script, order.Description, IsPublic: false)), cancellation).ConfigureAwait(false);
        return new(made.StackScriptId, order.Label, order.Description) { Images = order.Images, Script = order.Script };
    }

    public async IAsyncEnumerable<CloudStackScript> ListStackScriptsAsync(string label, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        var own = await client.SendAsync(new ListStackScripts(), cancellation).ConfigureAwait(false);
        var all = await PublicAsync(cancellation).ConfigureAwait(false);
        var others = all.ExceptBy(own.Select(one => one.StackScriptId), one => one.StackScriptId);
        foreach (var script in own.Select(one => ScriptOf(one, "", names)).Concat(others.Select(one => ScriptOf(one, UserOf(one), names)))
            .Where(one => one.Label == label))
        {
            yield return script;
        }
    }

    public async Task<CloudStackScript?> FindStackScriptAsync(long id, CancellationToken cancellation)
    {
        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        if (await OwnAsync(id, cancellation).ConfigureAwait(false) is { } own)
        {
            return ScriptOf(own, "", names);
        }

        var all = await PublicAsync(cancellation).ConfigureAwait(false);
        return all.FirstOrDefault(one => one.StackScriptId == id) is { } found ? ScriptOf(found, UserOf(found), names) : null;
    }

    public async IAsyncEnumerable<CloudStackScript> ListOwnStackScriptsAsync(
        string? label, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        foreach (var script in await client.SendAsync(new ListStackScripts(), cancellation).ConfigureAwait(false))
        {
            if (label is null || script.Label == label)
            {
                yield return ScriptOf(script, "", names);
            }
        }
    }

    public Task<bool> DeleteStackScriptAsync(long id, CancellationToken cancellation) =>
        IsDeletedAsync(client.SendAsync(new DeleteStackScript(id), cancellation));

    public Task<CloudFirewall> CreateFirewallAsync(FirewallOrder order, CancellationToken cancellation) =>
        throw new LinodeApiException(ApiFailure.Refused, V3Problems.NoFirewalls());

    public IAsyncEnumerable<CloudFirewall> ListFirewallsAsync(CloudFilter filter, CancellationToken cancellation) =>
        AsyncEnumerable.Empty<CloudFirewall>();

    public IAsyncEnumerable<long> ListGuardedNodesAsync(long firewallId, CancellationToken cancellation) =>
        throw new LinodeApiException(ApiFailure.NotFound, V3Problems.NoFirewalls());

    public Task GuardNodeAsync(long firewallId, long nodeId, CancellationToken cancellation) =>
        throw new LinodeApiException(ApiFailure.Refused, V3Problems.NoFirewalls());

    public Task<bool> DeleteFirewallAsync(long firewallId, CancellationToken cancellation) => Task.FromResult(false);

    private async Task<IReadOnlyList<StackScriptReply>> PublicAsync(CancellationToken cancellation)
    {
        var all = await client.SendAsync(new ListPublicStackScripts(), cancellation).ConfigureAwait(false);
        linode = all.FirstOrDefault(one => one.StackScriptId == First)?.UserId ?? linode;
        return all;
    }

    private string UserOf(StackScriptReply script) => script.UserId is { } user && user == linode ? "linode" : $"user {script.UserId}";

    private async Task<StackScriptReply?> OwnAsync(long id, CancellationToken cancellation)
    {
        try
        {
            return (await client.SendAsync(new ListStackScripts(id), cancellation).ConfigureAwait(false))
                .FirstOrDefault(one => one.StackScriptId == id);
        }
        catch (LinodeApiException gone) when (gone.Failure == ApiFailure.NotFound)
        {
            return null;
        }
    }

    private static CloudStackScript ScriptOf(StackScriptReply row, string user, V3Catalogue.Numbers names) =>
        new(row.StackScriptId, row.Label, row.Description)
        {
            User = user, Script = row.Script, Images = [.. row.DistributionIds.Select(id => names.Image(id))],
        };
}
