using LinodeClusterToolkit.Clusters;
using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>What a run would do: shown before the question, by <c>--dry-run</c> and by <c>cluster plan</c>.</summary>
internal static class PreviewView
{
    public static Shape<PreviewDocument> Shape => new(ToolJson.Default.PreviewDocument, preview => preview.Cluster,
    [
        new("cluster", preview => preview.Cluster),
        new("situation", preview => preview.Situation),
        new("adds", preview => Adds(preview.Adds)),
        new("cost", preview => Say.Hourly(preview.Cost.Hourly)) { Right = true },
        new("monthly", preview => Say.Money(preview.Cost.Monthly)) { Right = true },
        new("bound", preview => Say.Span(TimeSpan.FromSeconds(preview.LeastSeconds))) { Right = true },
    ]);

    public static IEnumerable<string> Text(PreviewDocument preview) =>
    [
        $"{preview.Cluster}: {Situation(preview)}",
        .. Table.Lines(preview.Plan.Groups, PlanView.Groups, header: false).Select(line => "  " + line),
        .. Facts.Lines(
            ("adds", Adds(preview.Adds)), ("does", Does(preview.Plan)),
            ("cost", $"{Say.Money(preview.Cost.Monthly)} a month, {Say.Hourly(preview.Cost.Hourly)}"),
            ("time", $"bound {Say.Span(TimeSpan.FromSeconds(preview.LeastSeconds))}, {preview.Calls} API calls ({preview.Because})")),
        .. preview.Plan.Notes.Select(note => "note: " + Say.Plain(note)),
    ];

    /// <summary>How many actions there are at each transition; the plan's own page lists them.</summary>
    private static string? Does(PlanDocument plan)
    {
        var all = plan.Groups.SelectMany(group => group.Actions).Distinct().CountBy(action => action.At).ToList();
        return all.Count == 0 ? null : $"{string.Join(", ", all.Select(at => $"{at.Key} {at.Value}"))} (linodetool plan show lists them)";
    }

    /// <summary>Who pays, and where the token comes from.</summary>
    // Version 3 of the API does not tell the user's name.
    public static string Account(string user, string source) => user.Length > 0 ? $"account {Say.Plain(user)}, {Token(source)}" : Token(source);

    public static string Token(string source) => $"token from {Say.Plain(source)}";

    public static string Adds(AddCounts adds) => string.Join(", ", new (int Number, string Thing)[]
    {
        (adds.Nodes, "node"), (adds.Volumes, "volume"), (adds.Balancers, "balancer"), (adds.Firewalls, "firewall"),
    }.Where(add => add.Number > 0).Select(add => Say.Count(add.Number, add.Thing)).DefaultIfEmpty("nothing"));

    private static string Situation(PreviewDocument preview) => preview.Situation switch
    {
        "finished" => "stands as the plan says, nothing to do",
        "unfinished" => $"a run did not finish; {Adds(preview.Adds)} to go",
        "other" => "made from another plan",
        _ => $"{Say.Count(preview.Plan.NodeCount, "node")} in {Say.Count(preview.Plan.Groups.Select(group => group.Region).Distinct().Count(), "region")}",
    };
}
