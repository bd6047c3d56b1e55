using System.Globalization;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Remote;
using LinodeTool.Output;
using LinodeTool.Progress;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>What a step did: its events out of the run's file, and what ran on its node in the time of its tries.</summary>
internal static class StepLog
{
    /// <param name="context">The call.</param>
    /// <param name="all">Events of its run.</param>
    /// <param name="task">The step.</param>
    public static IReadOnlyList<StepLogDocument> Read(ToolContext context, IReadOnlyList<EventDocument> all, TaskDocument task)
    {
        EventDocument[] events = [.. EventsOf(all, task)];
        var times = Tries(events);
        var node = events.Select(happened => happened.Node).OfType<string>().FirstOrDefault();
        var ran = node is null ? [] : Entries(context.Toolkit.NodeLog.Tail(node, int.MaxValue))
            .Where(entry => times.Any(time => time.From <= entry.Ts && entry.Ts <= time.To));
        return [.. events.Select(Told).OfType<StepLogDocument>().Concat(ran).OrderBy(entry => entry.Ts)];
    }

    /// <summary>Whether the last that was told of a step is not its end.</summary>
    public static bool IsOpen(IReadOnlyList<EventDocument> all, TaskDocument task) => EventsOf(all, task).LastOrDefault(happened => Told(happened) is not null)
        is { Type: RunEventTypes.TaskQueued or RunEventTypes.TaskStarted or RunEventTypes.TaskWaiting or RunEventTypes.TaskRetrying };

    /// <summary>Entries of a node's log: a line with the time each, and what belongs to it set in.</summary>
    public static IEnumerable<StepLogDocument> Entries(IReadOnlyList<string> lines)
    {
        StepLogDocument? open = null;
        var own = new List<string>();
        foreach (var line in lines)
        {
            if (!line.StartsWith(' ') && line.Split(' ', 2) is [var at, var what]
                && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var ts))
            {
                if (open is not null)
                {
                    yield return open with { Lines = [.. own] };
                }

                (open, own) = (new(ts, "node", what, []), []);
            }
            else
            {
                own.Add(line.StartsWith("  ", StringComparison.Ordinal) ? line[2..] : line);
            }
        }

        if (open is not null)
        {
            yield return open with { Lines = [.. own] };
        }
    }

    /// <summary>From the beginning of each try to its end; one that has none is still going on.</summary>
    private static List<(DateTimeOffset From, DateTimeOffset To)> Tries(IReadOnlyList<EventDocument> events)
    {
        var tries = new List<(DateTimeOffset From, DateTimeOffset To)>();
        foreach (var happened in events)
        {
            if (happened.Type == RunEventTypes.TaskStarted)
            {
                tries.Add((happened.Ts, DateTimeOffset.MaxValue));
            }
            else if (happened.Type is RunEventTypes.TaskRetrying or RunEventTypes.TaskFinished or RunEventTypes.TaskFailed && tries.Count > 0)
            {
                tries[^1] = (tries[^1].From, happened.Ts);
            }
        }

        return tries;
    }

    private static IEnumerable<EventDocument> EventsOf(IReadOnlyList<EventDocument> all, TaskDocument task) =>
        all.Where(happened => happened.Task == task.Step);

    private static StepLogDocument? Told(EventDocument happened)
    {
        var tries = happened.Attempt > 1 ? $" (try {happened.Attempt})" : "";
        var took = happened.Ms is { } ms ? $" after {Say.Span(TimeSpan.FromMilliseconds(ms))}" : "";
        return happened.Type switch
        {
            RunEventTypes.TaskQueued => new(happened.Ts, "run", "ready to begin", []),
            RunEventTypes.TaskStarted => new(happened.Ts, "run", $"started{tries}{Colon(happened.Text)}", []),
            RunEventTypes.TaskWaiting => new(happened.Ts, "run", $"waiting{Colon(happened.Text)}", []),
            RunEventTypes.TaskRetrying => new(happened.Ts, "run", $"failed, tried {happened.Text}{tries}{Colon(Cause(happened))}", Why(happened)),
            RunEventTypes.TaskFinished when happened.Text is { } before => new(happened.Ts, "run", before, []),
            RunEventTypes.TaskFinished => new(happened.Ts, "run", $"finished{took}", []),
            RunEventTypes.TaskFailed => new(happened.Ts, "run", $"failed{took}{Colon(Cause(happened))}",
                [.. Why(happened), .. (happened.Error?.Fix ?? []).Select(fix => $"fix: {fix}")]),
            RunEventTypes.TaskSkipped => new(happened.Ts, "run", $"skipped{Colon(happened.Text)}", []),
            _ => null,
        };
    }

    private static string Colon(string? text) => string.IsNullOrEmpty(text) ? "" : $": {text}";

    private static string? Cause(EventDocument happened) => happened.Error is { } error ? $"{error.Code} {error.What}" : null;

    private static IReadOnlyList<string> Why(EventDocument happened) => happened.Error?.Why is { } why ? [$"why: {why}"] : [];
}
