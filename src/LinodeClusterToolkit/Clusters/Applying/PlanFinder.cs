using System.Text.Json;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters.Applying;

/// <summary>What is only kept: it shows when something next comes to it.</summary>
internal static class PlanFinder
{
    public static IEnumerable<PlannedChange> Find(ApplyScene scene)
    {
        if (scene.InForce is not [.., { Regions.Count: > 0 } last])
        {
            yield break;
        }

        foreach (var (region, group) in scene.Target.Regions.SelectMany(region => region.Groups.Select(group => (region.Id, group))))
        {
            if (last.Regions.FirstOrDefault(one => one.Id == region)?.Groups.FirstOrDefault(one => one.Name == group.Name) is { } old)
            {
                foreach (var change in Of(region, old, group))
                {
                    yield return change;
                }
            }
        }

        foreach (var (fact, from, to) in new[]
        {
            ("name", last.PlanName, scene.Target.PlanName), ("protect", last.Protect ? "on" : "off", scene.Target.Protect ? "on" : "off"),
        })
        {
            if (from != to)
            {
                yield return ChangeRules.PlanOther.Of("plan", fact, fact) with { Fact = fact, From = from, To = to, Why = "the plan says so" };
            }
        }
    }

    private static IEnumerable<PlannedChange> Of(string region, ResolvedGroup old, ResolvedGroup group)
    {
        if (!Json(old.Actions.Select(action => new ResolvedGroup("", 0, []) { Actions = [action] })).SequenceEqual(
            Json(group.Actions.Select(action => new ResolvedGroup("", 0, []) { Actions = [action] }))))
        {
            yield return On(ChangeRules.GroupActions, "actions", Names(old), Names(group));
        }

        if (Order(old) != Order(group))
        {
            yield return On(ChangeRules.GroupOrder, "order", Order(old), Order(group));
        }

        if (old.Model is { } was && group.Model is { } now && Templates(was) != Templates(now))
        {
            yield return On(ChangeRules.GroupNames, "names", Templates(was), Templates(now));
        }

        PlannedChange On(ChangeRule rule, string fact, string from, string to) =>
            rule.Of("group", $"{region}/{group.Name}", group.Name) with { Region = region, Group = group.Name, Fact = fact, From = from, To = to, Why = "the plan says so" };
    }

    private static IEnumerable<string> Json(IEnumerable<ResolvedGroup> groups) =>
        groups.Select(group => ResolvedPlanJson.Write(new("", "", [new("", [group], [])], new Dictionary<string, long>(), [])));

    private static string Names(ResolvedGroup group) =>
        string.Join(", ", group.Actions.Select(action => $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(action.At.ToString()).Replace("_", "", StringComparison.Ordinal)} {action.Name}"));

    // The fewest nodes follow the number of nodes where the plan says nothing of them.
    private static string Order(ResolvedGroup group) => string.Join(", ",
        group.Min == group.Nodes.Count ? "min all" : $"min {group.Min}", $"after {string.Join(' ', group.DependsOn)}",
        $"ready {string.Join(' ', group.Ready.Select(check => check.Command ?? $"{check.Port}{check.Path}"))}",
        group.Model?.Like.Boot == false ? "left off" : "booted");

    private static string Templates(NodeModel model) =>
        string.Join(' ', new[] { model.Label, model.HostName, model.PublicFqdn, model.PrivateFqdn }.OfType<string>());
}
