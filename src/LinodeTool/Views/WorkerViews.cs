using System.Text.Json;
using System.Text.Json.Serialization;
using LinodeClusterToolkit.Work;
using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>A worker.</summary>
internal sealed record WorkerDocument(
    string Name, string Machine, int Process, string State, DateTimeOffset Started, DateTimeOffset Seen, int Concurrency, int Steps, int Runs)
{
    public static WorkerDocument From(WorkerRecord worker) => new(
        worker.Name, worker.Machine, worker.Process, worker.State.ToString().ToLowerInvariant(), worker.Started, worker.Seen,
        worker.Concurrency, worker.Steps, worker.Runs);
}

/// <summary>Something a worker says of itself.</summary>
internal sealed record WorkerNoticeDocument(DateTimeOffset Ts, string Kind, string Text)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Customer { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Run { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Step { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ErrorBody? Error { get; init; }

    public static WorkerNoticeDocument From(WorkerNotice notice) => new(notice.At, notice.Kind, notice.Text)
    {
        Customer = notice.Customer, Run = notice.Run, Step = notice.Step, Error = notice.Problem is { } problem ? ErrorBody.From(problem) : null,
    };
}

internal static class WorkerView
{
    public static Shape<WorkerDocument> Shape => new(ToolJson.Default.WorkerDocument, worker => worker.Name,
    [
        new("name", worker => worker.Name),
        new("state", worker => worker.State),
        new("machine", worker => worker.Machine),
        new("process", worker => Number(worker.Process)) { Right = true },
        new("runs", worker => Number(worker.Runs)) { Right = true },
        new("steps", worker => Number(worker.Steps)) { Right = true },
        new("most", worker => Number(worker.Concurrency)) { Right = true },
        new("seen", worker => Say.Time(worker.Seen)),
        new("started", worker => Say.Time(worker.Started)) { Wide = true },
    ]);

    public static string Load(WorkLoad load) => FormattableString.Invariant(
        $"runs: {load.RunsWaiting} waiting, {load.RunsUnderWay} under way · ") + FormattableString.Invariant(
        $"steps: {load.StepsWaiting} waiting, {load.StepsUnderWay} under way, {load.StepsPaused} to be tried again");

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

internal static class WorkerNoticeView
{
    public static string Json(WorkerNoticeDocument notice) => JsonSerializer.Serialize(notice, ToolJson.Default.WorkerNoticeDocument);

    public static string Line(WorkerNotice notice)
    {
        var why = notice.Problem is { } problem && !notice.Text.Contains(problem.What, StringComparison.Ordinal) ? $": {problem.Code} {problem.What}" : "";
        return $"{Say.Time(notice.At)}  {notice.Kind,-13}  {notice.Text}{why}";
    }
}
