using LinodeTool.Output;

namespace LinodeTool.Progress;

/// <summary>One line of the progress table: a group, a region, or everything.</summary>
internal sealed record Row(
    string Region, string Group, int Ready, int Failed, int Total, IReadOnlyList<NodeProgress> Open, DateTimeOffset? Started, DateTimeOffset? Ended,
    string Goal)
{
    private const int WideEnough = 96;
    private const int NarrowBelow = 64;
    private const int ShortName = 20;
    private const int MostStages = 3;

    public static Row Of(GroupProgress group) => Of(group.Region, group.Group, [group]);

    public static Row Of(string region, string name, IReadOnlyCollection<GroupProgress> groups) => new(
        region, name, groups.Sum(group => group.Ready), groups.Sum(group => group.Failed), groups.Sum(group => group.Total),
        [.. groups.SelectMany(group => group.Nodes.Values).Where(node => node.Stage is Stage.Working or Stage.Retrying)],
        groups.Min(group => group.Started), groups.All(group => group.IsDone) ? groups.Max(group => group.Ended) : null,
        groups.First().Goal);

    /// <param name="width">Columns there are; few leave no room for bars.</param>
    /// <param name="names">Widest region and group of the table.</param>
    /// <param name="now">For times that still run.</param>
    public string Text(int width, (int Region, int Group) names, DateTimeOffset now)
    {
        var count = $"{Ready}/{Total}".PadLeft($"{Total}/{Total}".Length);
        return width switch
        {
            >= WideEnough => $"  {Region.PadRight(names.Region)}  {Group.PadRight(names.Group)}  {Bar(20)}  {count,5}  {State(now)}",
            >= NarrowBelow => $"  {Region.PadRight(names.Region)}  {Group.PadRight(names.Group)}  {Bar(12)}  {count,5}  {State(now)}",
            _ => $"{Short($"{Region}/{Group}").PadRight(Math.Min(ShortName, names.Region + names.Group + 1))} {count,5} {State(now)}",
        };
    }

    private static string Short(string name) => name.Length <= ShortName ? name : name[..(ShortName - 1)] + "…";

    private string Bar(int length)
    {
        var done = Total == 0 ? length : Ready * length / Total;
        var failed = Total == 0 || Failed == 0 ? 0 : Math.Clamp(Failed * length / Total, 1, length - done);
        return new string('#', done) + new string('!', failed) + new string('.', length - done - failed);
    }

    private string State(DateTimeOffset now)
    {
        var parts = new List<string>();
        if (Failed > 0)
        {
            parts.Add($"{Failed} failed");
        }

        var retrying = Open.Where(node => node.Stage == Stage.Retrying).ToList();
        if (retrying.Count > 0)
        {
            var why = retrying[0].Doing is { Length: > 0 } doing ? $", {doing}" : "";
            parts.Add($"retrying {retrying.Count} (try {retrying.Max(node => node.Attempt)}{why})");
        }

        parts.AddRange(Open.Where(node => node.Stage == Stage.Working).GroupBy(node => node.Doing.Length > 0 ? node.Doing : "working")
            .OrderByDescending(doing => doing.Count()).Take(MostStages).Select(doing => $"{doing.Key} {doing.Count()}"));

        var took = Started is { } from ? Say.Span((Ended ?? now) - from) : "";
        return Ready >= Total && Total > 0 ? $"{Goal}  {took}"
            : parts.Count > 0 ? string.Join(", ", parts)
            : "waiting";
    }
}
