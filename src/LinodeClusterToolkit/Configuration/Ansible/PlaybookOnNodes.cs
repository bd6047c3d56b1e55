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
        var ends = new Dictionary<string, Problem?>(StringComparer.Ordinal);
        if (!tools.Shell.IsReal)
        {
            foreach (var member in members)
            {
                await RecordAsync(member, cancellation).ConfigureAwait(false);
                ends[member.Key] = null;
            }

            return ends;
        }

        var (within, asked) = (PlaybookRun.TimeFor(members.Count, site.Limit), members.Select(member => member.Key).ToHashSet(StringComparer.Ordinal));
        var ways = await Task.WhenAll(tools.Book.Nodes.Where(node => asked.Contains(node.Key) || IsPeer(node))
            .OrderBy(node => node.Key, StringComparer.Ordinal).Select(node => FindAsync(node, within + Spare, cancellation))).ConfigureAwait(false);
        var reached = members.Where(member => ways.Any(way => way.Key == member.Key && way.Problem is null)).ToList();
        foreach (var (key, problem) in ways.Where(way => asked.Contains(way.Key)).Select(way => (way.Key, way.Problem)))
        {
            ends[key] = problem;
        }

        if (reached.Count == 0)
        {
            return ends;
        }

        step.Note($"on {(reached.Count == 1 ? reached[0].Label : $"{reached.Count} nodes")}");
        var (values, secrets) = await tools.GivenAsync(site.Action, cancellation).ConfigureAwait(false);
        var run = new PlaybookRun(File, AnsibleInventory.Of([.. ways.Select(way => way.Host)]), [.. reached.Select(member => member.Label)], values, within)
        {
            Secrets = secrets,
            Environment = ways.Select(way => way.Host.Way).OfType<RemoteWay>().FirstOrDefault()?.Environment ?? new Dictionary<string, string>(),
        };
        var began = tools.Time.GetUtcNow();
        var result = await runner(run, tools.Time, cancellation).ConfigureAwait(false);
        if (PlaybookEnds.NeverRan(result))
        {
            throw new LinodeToolkitException(AnsibleProblems.CannotRun(site.Action, result));
        }

        foreach (var member in reached)
        {
            ends[member.Key] = PlaybookEnds.ProblemOf(site.Action, member.Label, within, result);
        }

        var log = new PlaybookLog(tools, site, File, began);
        log.Write(result);
        log.Write(result, reached.Select(member => (member.Label, ends[member.Key])));
        if (result.Report.Recap is { } recap && reached.Count(member => !recap.ContainsKey(member.Label)) is > 0 and var untouched)
        {
            step.Note($"no play of it came to {untouched} of {reached.Count} nodes");
        }

        return ends;
    }

    // Playbooks may look at other nodes, and have work done on them, as soon as those are complete.
    private static bool IsPeer(NodeRecord node) => node is { LinodeId: not null, State: NodeState.Ready, HostKeys.Count: > 0 };

    private async Task<(string Key, AnsibleHost Host, Problem? Problem)> FindAsync(NodeRecord node, TimeSpan lasting, CancellationToken cancellation)
    {
        var host = AnsibleHost.Of(tools.Book, node, site.Action.At);
        var remote = await tools.HostAsync(node.Key, cancellation).ConfigureAwait(false);
        try
        {
            return (node.Key, host with { Remote = remote, Way = await tools.WayAsync(remote, lasting, cancellation).ConfigureAwait(false) }, null);
        }
        catch (RemoteException lost)
        {
            return (node.Key, host with { Remote = remote }, lost.Problem);
        }
    }

    private async Task RecordAsync(Member member, CancellationToken cancellation)
    {
        var host = await tools.HostAsync(member.Key, cancellation).ConfigureAwait(false);
        var command = new ShellCommand(AnsibleProgram.Name, "--limit", member.Label, File) { Title = site.Title };
        await tools.Shell.RunAsync(host, command, cancellation).ConfigureAwait(false);
    }
}
