using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Output;

namespace LinodeTool.Views;

internal static class StoryView
{
    public static Shape<StoryDocument> Shape => new(ToolJson.Default.StoryDocument, story => story.Node.Label,
    [
        new("node", story => story.Node.Label),
        new("state", story => story.Node.State),
        new("failure", story => story.Node.Failure),
        new("run", story => story.Run),
        new("log_file", story => story.LogFile),
    ]);

    /// <summary>What failed comes first and what to do next last: both are looked for.</summary>
    public static IEnumerable<string> Text(StoryDocument story)
    {
        var others = story.Steps.Where(step => step.Task.State is not ("failed" or "skipped")).Select(step => step.Task).ToList();
        var skipped = story.Steps.Count(step => step.Task.State == "skipped");
        return
        [
            .. Facts.Lines(
                ("node", story.Node.Label), ("cluster", story.Node.Cluster), ("state", State(story.Node)), ("power", story.Node.Power),
                ("failure", story.Node.Failure), ("public", story.Node.PublicIpv4), ("login", story.Node.Login), ("last run", story.Run)),
            .. story.Steps.Where(step => step.Task.State == "failed").SelectMany(Failed),
            .. others.Count > 0 ? Table.Lines(others, Columns, header: true).Prepend("") : [],
            .. skipped > 0 ? [$"{Say.Count(skipped, "step")} after that skipped"] : (IEnumerable<string>)[],
            .. story.Log.Count > 0 ? ["", $"log, from the end of {story.LogFile}", .. story.Log.Select(line => "  " + Say.Plain(line))]
                : (IEnumerable<string>)[],
            "", .. story.Next.Select((line, i) => (i == 0 ? "next  " : "      ") + Say.Plain(line)),
        ];
    }

    private static IReadOnlyList<Column<TaskDocument>> Columns =>
        [.. TaskView.Shape.Columns.Where(column => column.Name is "id" or "step" or "state" or "attempts" or "took")];

    private static IEnumerable<string> Failed(StoryStepDocument step)
    {
        var tries = step.Task.Attempts > 1 ? $" after {step.Task.Attempts} attempts" : "";
        var told = step.Error is { } error
            ? ProblemText.Lines([new Problem(error.Code, error.What, Why: error.Why, Fix: error.Fix) { RequestId = error.RequestId }], Ink.None)
            : [step.Task.Problem ?? "no reason was written down"];
        return [.. told.Select(line => "  " + line).Prepend($"{Say.Plain(step.Task.Step)} failed{tries} (step {step.Task.Id})").Prepend("")];
    }

    private static string State(NodeDocument node) => node.Configuration == "none" ? node.State : $"{node.State}, {node.Configuration}";
}
