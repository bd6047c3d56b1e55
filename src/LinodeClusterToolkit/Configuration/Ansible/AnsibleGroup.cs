using System.Collections.Concurrent;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration.Ansible;

/// <summary>A playbook on the nodes of a group: one run of Ansible for all of them, and a step a node that tells how it ended there.</summary>
internal sealed class AnsibleGroup(ActionSite site, ConfigurationTools tools, PlaybookRunner runner)
{
    // Filled by the group's step, emptied by those of the nodes.
    private readonly ConcurrentDictionary<string, Problem?> ends = new(StringComparer.Ordinal);
    private readonly PlaybookOnNodes playbook = new(site, tools, runner);

    // A node in its turn is alone with it, and where its turn does not begin nothing may run.
    public IEnumerable<TaskStep> Steps() =>
        site.Action.RunOn == RunOn.All && !site.Group.IsInTurn ? Together() : NodeSteps.For(site, tools, AloneAsync);

    // Nodes that do not get as far are not waited for in vain, and hold up nobody: the milestones before the run end, well or not.
    private IEnumerable<TaskStep> Together()
    {
        foreach (var member in site.Members)
        {
            yield return new TaskStep(Beginning(member)) { After = site.After(member), Subject = site.SubjectOf(member) };
        }

        yield return new TaskStep(site.GroupStep, OnGroupAsync)
        {
            After = [.. site.Members.Select(Beginning)], AtLeast = 0, Subject = site.SubjectOf(null), Doing = site.Doing,
        };
        foreach (var member in site.Members)
        {
            yield return new TaskStep(site.StepOf(member), (step, token) => OnNodeAsync(member, step, token))
            {
                After = [Beginning(member), site.GroupStep], Subject = site.SubjectOf(member), Doing = site.Doing,
            };
        }
    }

    private string WellOn(string key) => $"{site.GroupStep} was well on {key}";

    private string Beginning(Member member) => $"{site.StepOf(member)} may begin";

    private async Task OnGroupAsync(StepContext step, CancellationToken cancellation)
    {
        IReadOnlyList<Member> left = [.. site.Members.Where(CanBeReached)];
        if (left.Count == 0)
        {
            step.Note("no node of the group is there");
            return;
        }

        var all = left.Count;
        try
        {
            await Tries.RunAsync(site.Action.Retries, step, tools.Time, async () =>
            {
                var ended = await playbook.RunAsync(left, step, cancellation).ConfigureAwait(false);
                foreach (var (key, problem) in ended)
                {
                    ends[key] = problem;
                }

                if (tools.Noted is { } tell)
                {
                    // The nodes' own steps may come to other processes, which would run it all again.
                    await Task.WhenAll(ended.Where(end => end.Value is null).Select(end => tell(WellOn(end.Key)))).ConfigureAwait(false);
                }

                left = [.. left.Where(member => ended[member.Key] is not null)];
                if (left.Count > 0)
                {
                    throw new LinodeToolkitException(AnsibleProblems.SomeFailed(site.Action, left.Count, all));
                }
            }, cancellation).ConfigureAwait(false);
        }
        catch (LinodeToolkitException) when (left.All(member => ends.ContainsKey(member.Key)))
        {
            // The steps of those nodes say what went wrong; the others go on.
            step.Note($"failed on {left.Count} of {all} nodes");
        }
    }

    private async Task OnNodeAsync(Member member, StepContext step, CancellationToken cancellation)
    {
        try
        {
            // None is known where the group's run was another process's, or this is tried again: then this node is all that is left to do.
            if (!ends.TryRemove(member.Key, out var problem) && !tools.HasHeard(WellOn(member.Key)))
            {
                await Tries.RunAsync(site.Action.Retries, step, tools.Time, () => AloneAsync(member, step, cancellation), cancellation)
                    .ConfigureAwait(false);
            }
            else if (problem is not null)
            {
                throw new LinodeToolkitException(problem);
            }

            tools.MarkStanding(member);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            tools.MarkFallen(member);
            throw;
        }
    }

    private async Task AloneAsync(Member member, StepContext step, CancellationToken cancellation)
    {
        if ((await playbook.RunAsync([member], step, cancellation).ConfigureAwait(false))[member.Key] is { } problem)
        {
            throw new LinodeToolkitException(problem);
        }
    }

    private bool CanBeReached(Member member) =>
        tools.Stands(member) && tools.Book.Node(member.Key) is { HostKeys.Count: > 0 } node && (node.PublicIpv4 ?? node.Ipv6) is not null;
}
