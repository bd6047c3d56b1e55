using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class TaskLogsCommand
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    private const int MostLate = 10;

    private static readonly Guide Guide = new(
        "To see what one step did: when it started, waited, was tried again and why, how it ended, and what "
            + "ran on its node meanwhile with what that printed. "
            + "Secrets are masked in what is kept.",
        ["task logs 7f3a.12", "task logs 7f3a.12 --follow", "task logs 7f3a.12 -o json"],
        ["task list", "task show", "node why", "cluster events"]);

    public static Verb Create()
    {
        var id = Words.Required("id", "Id of the step, e.g. 7f3a.12");
        var follow = Words.Flag("--follow", "Go on until the step has ended, or its run");
        return new Verb("logs", "Show what a step of a run did", Guide, async context =>
        {
            var task = await StepIds.FindAsync(context, context.Value(id)).ConfigureAwait(false);
            if (context.Has(follow))
            {
                return await FollowAsync(context, task).ConfigureAwait(false);
            }

            var events = await new RunEvents(context, task.Cluster ?? "", task.Run).ReadAsync().ConfigureAwait(false);
            var entries = StepLog.Read(context, events, task);
            if (context.View.IsText && !context.View.HasColumns)
            {
                Write(context, entries);
                if (entries.Count == 0)
                {
                    context.Messages.Note($"step {task.Id} ({task.Step}) is {task.State}; nothing of it was written down here");
                }
            }
            else
            {
                context.View.List(entries, StepLogView.Shape);
            }

            return ExitCode.Done;
        })
        {
            id, follow,
        };
    }

    // Entries come as what they tell of ends, so that one may stand before what was written already.
    private static async Task<ExitCode> FollowAsync(ToolContext context, TaskDocument task)
    {
        var run = new RunEvents(context, task.Cluster ?? "", task.Run);
        var written = new HashSet<(DateTimeOffset, string, string, int)>();
        for (var late = 0; ;)
        {
            var goesOn = await GoesOnAsync(context, task).ConfigureAwait(false);
            var events = await run.ReadAsync().ConfigureAwait(false);
            var entries = StepLog.Read(context, events, task).GroupBy(entry => (entry.Ts, entry.Source, entry.Text))
                .SelectMany(same => same.Select((entry, at) => (Entry: entry, Mark: (same.Key.Ts, same.Key.Source, same.Key.Text, at))));
            Write(context, [.. entries.Where(one => written.Add(one.Mark)).Select(one => one.Entry)]);

            // The journal knows of an end before the run's file tells of it; whoever died in between never tells.
            if (!goesOn && (!StepLog.IsOpen(events, task) || late++ == MostLate))
            {
                return ExitCode.Done;
            }

            await Task.Delay(Pace, context.Host.Time, context.Cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<bool> GoesOnAsync(ToolContext context, TaskDocument task)
    {
        var now = await StepIds.FindAsync(context, task.Id).ConfigureAwait(false);
        return now.State is "waiting" or "started" && task.Cluster is { } cluster
            && await context.Toolkit.FindLeaseAsync(cluster, context.Cancellation).ConfigureAwait(false) is not null;
    }

    private static void Write(ToolContext context, IReadOnlyList<StepLogDocument> entries)
    {
        foreach (var line in context.View.IsDocument ? entries.Select(StepLogView.Json) : entries.SelectMany(StepLogView.Text))
        {
            context.Host.Out.WriteLine(line);
        }

        context.Host.Out.Flush();
    }
}
