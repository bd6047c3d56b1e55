using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>The work of an action on one node.</summary>
internal delegate Task NodeWork(Member member, StepContext step, CancellationToken cancellation);

/// <summary>Lays out an action that is done node by node: on all at once, on the first that is there, or on one after the other.</summary>
internal static class NodeSteps
{
    public static IEnumerable<TaskStep> For(ActionSite site, ConfigurationTools tools, NodeWork work)
    {
        switch (site.Action.RunOn)
        {
            case RunOn.First:
                yield return new TaskStep(site.GroupStep, (step, token) => OnFirstAsync(site, tools, work, step, token))
                {
                    After = site.GroupAfter, Subject = site.SubjectOf(null), Doing = site.Doing,
                };
                break;
            case RunOn.EachInTurn:
                for (var at = 0; at < site.Members.Count; at++)
                {
                    var member = site.Members[at];
                    yield return new TaskStep(site.StepOf(member), (step, token) => InTurnAsync(site, member, tools, work, step, token))
                    {
                        After = at == 0 ? site.TurnAfter(member) : [.. site.TurnAfter(member), site.StepOf(site.Members[at - 1])],
                        Subject = site.SubjectOf(member),
                        Doing = site.Doing,
                    };
                }

                break;
            default:
                foreach (var member in site.Members)
                {
                    yield return new TaskStep(site.StepOf(member), (step, token) => OnAsync(site, member, tools, work, step, token))
                    {
                        After = site.After(member), Subject = site.SubjectOf(member), Doing = site.Doing,
                    };
                }

                break;
        }
    }

    private static Task OnFirstAsync(ActionSite site, ConfigurationTools tools, NodeWork work, StepContext step, CancellationToken cancellation)
    {
        if (site.Members.FirstOrDefault(member => site.Group.IsInTurn || tools.Stands(member)) is not { } first)
        {
            step.Note("no node of the group is there");
            return Task.CompletedTask;
        }

        step.Note($"on {first.Label}");
        return OnAsync(site, first, tools, work, step, cancellation);
    }

    // A node that fell out before is passed over; one that fails in its turn ends it.
    private static Task InTurnAsync(
        ActionSite site, Member member, ConfigurationTools tools, NodeWork work, StepContext step, CancellationToken cancellation) =>
        site.Group.IsInTurn || tools.Stands(member) ? OnAsync(site, member, tools, work, step, cancellation) : Task.CompletedTask;

    private static async Task OnAsync(
        ActionSite site, Member member, ConfigurationTools tools, NodeWork work, StepContext step, CancellationToken cancellation)
    {
        try
        {
            // What the node does by itself it also tries again by itself, at boots of its own too.
            var retries = site.IsDoneByNode ? 0 : site.Action.Retries;
            await Tries.RunAsync(retries, step, tools.Time, () => work(member, step, cancellation), cancellation).ConfigureAwait(false);
            tools.MarkStanding(member);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            tools.MarkFallen(member);
            throw;
        }
    }
}
