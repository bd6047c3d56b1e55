using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Fetches the StackScripts that a plan names by user and label or by id.</summary>
/// <remarks>Their text becomes part of the plan, so that all nodes get the same, whenever they are made.</remarks>
internal sealed class StoredScripts(ILinodeCloud cloud, ResolvedPlan? before)
{
    private readonly Dictionary<string, CloudStackScript> fetched = new(StringComparer.Ordinal);
    private readonly List<Problem> problems = [];

    /// <summary>The plan with the text of every StackScript, held against what it is given and the images it is to run on.</summary>
    /// <param name="cloud">Where they are looked up; it is not asked for what is known.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="before">The plan that the cluster was begun with: what it had fetched stays as it was, whatever became of it since.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="PlanException">One is missing, or does not fit.</exception>
    public static async Task<ResolvedPlan> FillAsync(ILinodeCloud cloud, ResolvedPlan plan, ResolvedPlan? before, CancellationToken cancellation)
    {
        var scripts = new StoredScripts(cloud, before);
        var regions = new List<ResolvedRegion>();
        foreach (var region in plan.Regions)
        {
            var groups = new List<ResolvedGroup>();
            foreach (var grp in region.Groups)
            {
                groups.Add(await scripts.FillAsync(region.Id, grp, cancellation).ConfigureAwait(false));
            }

            regions.Add(region with { Groups = groups });
        }

        return scripts.problems.Count > 0 ? throw new PlanException(scripts.problems) : plan with { Regions = regions };
    }

    private async Task<ResolvedGroup> FillAsync(string region, ResolvedGroup grp, CancellationToken cancellation)
    {
        var actions = new List<ResolvedAction>();
        foreach (var action in grp.Actions)
        {
            var isMissing = action is { Kind: RiderKinds.StackScript, Text: null };
            actions.Add(isMissing ? await FillAsync(region, grp, action, cancellation).ConfigureAwait(false) : action);
        }

        return grp with { Actions = actions };
    }

    private async Task<ResolvedAction> FillAsync(string region, ResolvedGroup grp, ResolvedAction action, CancellationToken cancellation)
    {
        var where = $"{region}/{grp.Name} {action.At.ToString().ToLowerInvariant()}";
        if (TextBefore(action) is { } text)
        {
            return Checked(where, action with { Text = text });
        }

        if (await FetchAsync(where, action, cancellation).ConfigureAwait(false) is not { } script)
        {
            return action;
        }

        if (!script.Images.Contains("any/all"))
        {
            foreach (var image in grp.Nodes.Select(node => node.Image).Distinct().Except(script.Images))
            {
                Tell(where, RiderProblems.OtherImage(action.Name, image, script.Images));
            }
        }

        return Checked(where, action with { Text = script.Script });
    }

    private string? TextBefore(ResolvedAction action) => before?.Regions.SelectMany(region => region.Groups).SelectMany(grp => grp.Actions)
        .FirstOrDefault(earlier => earlier.Kind == action.Kind && earlier.Target == action.Target)?.Text;

    private ResolvedAction Checked(string where, ResolvedAction action)
    {
        foreach (var problem in StackScriptCheck.Of(action))
        {
            Tell(where, problem);
        }

        return action;
    }

    private async Task<CloudStackScript?> FetchAsync(string where, ResolvedAction action, CancellationToken cancellation)
    {
        if (fetched.TryGetValue(action.Target, out var known))
        {
            return known;
        }

        var found = new List<CloudStackScript>();
        if (long.TryParse(action.Target, out var id))
        {
            found = [.. new[] { await cloud.FindStackScriptAsync(id, cancellation).ConfigureAwait(false) }.OfType<CloudStackScript>()];
        }
        else if (action.Target.Split('/') is [var user, var label])
        {
            await foreach (var script in cloud.ListStackScriptsAsync(label, cancellation).ConfigureAwait(false))
            {
                if (script.User == user)
                {
                    found.Add(script);
                }
            }
        }

        if (found is [var one])
        {
            return fetched[action.Target] = one;
        }

        var named = id > 0 ? "id" : "user and label";
        Tell(where, found.Count == 0
            ? RiderProblems.NoStackScript(action.Name, $"{cloud.Description} has none of that {named} that this account may use")
            : RiderProblems.Several(action.Name, found.Select(script => script.Id)));
        return null;
    }

    private void Tell(string where, Problem problem) => problems.Add(problem with { Where = where });
}
