using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration.Ansible;

/// <summary>Has a playbook run on some nodes of a group, by the toolkit's own connections, and says how it ended on each.</summary>
internal sealed class PlaybookOnNodes(ActionSite site, ConfigurationTools tools, PlaybookRunner runner)
{
    // A program that may boot nodes needs a key of theirs for as long as it runs, and a little longer.
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(2);

    private string File => site.Action.File ?? site.Action.Target;

    /// <summary>What went wrong on each of the nodes, by key; null where all is well.</summary>
    /// <exception cref="LinodeToolkitException">Ansible could not work at all.</exception>
    public async Task<IReadOnlyDictionary<string, Problem?>> RunAsync(IReadOnlyList<Member> members, StepContext step, CancellationToken cancellation)
    {
        if (!tools.Shell.IsReal)
        {
            await Task.WhenAll(members.Select(member => RecordAsync(member, cancellation))).ConfigureAwait(false);
            return members.ToDictionary(member => member.Key, _ => (Problem?)null, StringComparer.Ordinal);
        }

        var within = PlaybookRun.TimeFor(members.Count, site.Limit);
        var found = await FindAsync(members, within + Spare, cancellation).ConfigureAwait(false);
        var ends = members.ToDictionary(member => member.Key, member => found[member.Key].Problem, StringComparer.Ordinal);
        List<Member> reached = [.. members.Where(member => ends[member.Key] is null)];
        if (reached.Count > 0)
        {
            step.Note($"on {(reached.Count == 1 ? reached[0].Label : $"{reached.Count} nodes")}");
            var result = await RunAsync(reached, [.. found.Values.Select(one => one.Host)], within, cancellation).ConfigureAwait(false);
            foreach (var member in reached)
            {
                ends[member.Key] = PlaybookEnds.ProblemOf(site.Action, member.Label, within, result.End);
            }

            result.Log.Write(result.End, reached.Select(member => (member.Label, ends[member.Key])));
            if (result.End.Report.Recap is { } recap && reached.Count(member => !recap.ContainsKey(member.Label)) is > 0 and var untouched)
            {
                step.Note($"no play of it came to {untouched} of {reached.Count} nodes");
            }
        }

        return ends;
    }

    private async Task<(PlaybookResult End, PlaybookLog Log)> RunAsync(
        List<Member> reached, IReadOnlyList<AnsibleHost> hosts, TimeSpan within, CancellationToken cancellation)
    {
        var (values, secrets) = await tools.GivenAsync(site.Action, cancellation).ConfigureAwait(false);
        var run = new PlaybookRun(File, AnsibleInventory.Of(hosts), [.. reached.Select(member => member.Label)], values, within)
        {
            Secrets = secrets,
            Environment = hosts.Select(host => host.Way).OfType<RemoteWay>().First().Environment,
        };
        var log = new PlaybookLog(tools, site, File, tools.Time.GetUtcNow());
        var result = await runner(run, tools.Time, cancellation).ConfigureAwait(false);
        log.Write(result);
        return PlaybookEnds.NeverRan(result)
            ? throw new LinodeToolkitException(AnsibleProblems.CannotRun(site.Action, result))
            : (result, log);
    }

    /// <summary>The nodes it is for, and all others that are complete, with the ways there; or why there is none.</summary>
    private async Task<Dictionary<string, (AnsibleHost Host, Problem? Problem)>> FindAsync(
        IReadOnlyList<Member> members, TimeSpan lasting, CancellationToken cancellation)
    {
        var asked = members.Select(member => member.Key).ToHashSet(StringComparer.Ordinal);
        var nodes = tools.Book.Nodes.Where(node => asked.Contains(node.Key) || IsPeer(node)).OrderBy(node => node.Key, StringComparer.Ordinal).ToList();
        var hosts = await Task.WhenAll(nodes.Select(node => FindAsync(node, lasting, cancellation))).ConfigureAwait(false);
        return nodes.Zip(hosts).ToDictionary(pair => pair.First.Key, pair => pair.Second, StringComparer.Ordinal);
    }

    // Playbooks may look at other nodes, and have work done on them, as soon as those are complete.
    private static bool IsPeer(NodeRecord node) => node is { LinodeId: not null, State: NodeState.Ready, HostKeys.Count: > 0 };

    private async Task<(AnsibleHost Host, Problem? Problem)> FindAsync(NodeRecord node, TimeSpan lasting, CancellationToken cancellation)
    {
        var host = AnsibleHost.Of(tools.Book, node, site.Action.At);
        var remote = await tools.HostAsync(node.Key, cancellation).ConfigureAwait(false);
        try
        {
            return (host with { Remote = remote, Way = await tools.WayAsync(remote, lasting, cancellation).ConfigureAwait(false) }, null);
        }
        catch (RemoteException lost)
        {
            return (host with { Remote = remote }, lost.Problem);
        }
    }

    private async Task RecordAsync(Member member, CancellationToken cancellation)
    {
        var host = await tools.HostAsync(member.Key, cancellation).ConfigureAwait(false);
        var command = new ShellCommand(AnsibleProgram.Name, "--limit", member.Label, File) { Title = site.Title };
        await tools.Shell.RunAsync(host, command, cancellation).ConfigureAwait(false);
    }
}
