using LinodeTool.Host;
using LinodeTool.Output;

namespace LinodeTool.Progress;

/// <summary>The screen of a run as lines: never more than the terminal's height less two, none as wide as the terminal.</summary>
internal static class Layout
{
    private const int LeastWidth = 40;
    private const int Spare = 2;
    private const int RowsAround = 3;

    public static IReadOnlyList<string> Lines(RunModel model, ScreenSize screen, DateTimeOffset now)
    {
        var width = Math.Max(LeastWidth, screen.Width) - 1;
        var budget = Math.Max(1, screen.Height - Spare);
        var (rows, folded) = Rows(model, Math.Max(1, budget - RowsAround));
        var lines = new List<string> { Header(model, now, width) };
        lines.AddRange(rows.Select(row => row.Text(width, Names(rows), now)));
        if (model.Slowest is { } slowest)
        {
            lines.Add($"  slowest   {slowest.Label}   {slowest.Doing}   {Say.Span(now - slowest.Since)}");
        }

        lines.Add(string.Join(" · ", new[]
        {
            folded > 0 ? $"{folded} more groups" : null,
            model.Steps > 0 ? $"{model.StepsEnded}/{model.Steps} steps" : null,
            $"log: linodetool task list --run {model.Run}",
        }.OfType<string>()));
        return [.. lines.Take(budget).Select(line => Cut(line, width))];
    }

    /// <summary>The same table once more for the end of a run, at any height.</summary>
    public static IEnumerable<string> Final(RunModel model, int width, DateTimeOffset now)
    {
        var rows = model.Groups.Select(Row.Of).ToList();
        return rows.Select(row => Cut(row.Text(width, Names(rows), now), width));
    }

    /// <summary>Too many groups: those finished are folded first, then groups into regions, then all into one.</summary>
    private static (IReadOnlyList<Row> Rows, int Folded) Rows(RunModel model, int most)
    {
        var all = model.Groups.Select(Row.Of).ToList();
        if (all.Count <= most)
        {
            return (all, 0);
        }

        var open = model.Groups.Where(group => !group.IsDone).ToList();
        if (open.Count > most)
        {
            open = [.. open.Where(group => group.IsBegun)];
        }

        if (open.Count > 0 && open.Count <= most)
        {
            return ([.. open.Select(Row.Of)], all.Count - open.Count);
        }

        var regions = model.Groups.GroupBy(group => group.Region).Select(region => Row.Of(region.Key, "all groups", [.. region])).ToList();
        return regions.Count <= most ? (regions, 0) : ([Row.Of("all", "groups", model.Groups)], 0);
    }

    private static string Header(RunModel model, DateTimeOffset now, int width)
    {
        var counts = string.Join(" · ", new[]
        {
            $"{model.Ready}/{model.Total} {Goal.Of(model.Verb)}",
            Some(model.Count(Stage.Working), "working"), Some(model.Count(Stage.Retrying), "retrying"), Some(model.Count(Stage.Failed), "failed"),
        }.OfType<string>());
        var clock = Say.Clock(now - (model.Started ?? now));
        var left = model.Left(now) is { } time ? $"   ~{Say.Clock(time)} left" : "";
        string[] forms =
        [
            $"{model.Cluster}  run {model.Run}   {clock}   {counts}{left}", $"{model.Cluster}   {clock}   {counts}{left}",
            $"{clock}   {counts}{left}", $"{clock} {counts}",
        ];
        return forms.FirstOrDefault(form => form.Length <= width) ?? forms[^1];
    }

    private static string? Some(int number, string word) => number > 0 ? $"{number} {word}" : null;

    private static (int Region, int Group) Names(IReadOnlyList<Row> rows) =>
        (rows.Select(row => row.Region.Length).DefaultIfEmpty().Max(), rows.Select(row => row.Group.Length).DefaultIfEmpty().Max());

    private static string Cut(string line, int width)
    {
        var plain = Say.Plain(line);
        return plain.Length <= width ? plain : plain[..(width - 1)] + "…";
    }
}
