using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Progress;
using LinodeTool.Settings;

namespace LinodeTool.Commands;

/// <summary>The work of a run, with its observer and its two ways to be stopped.</summary>
internal delegate Task<RunSummary> RunWork(IRunObserver observer, CancellationToken stop, CancellationToken leave);

/// <summary>Lets a run happen in view of the user: progress, files, Ctrl-C, and what to say at the end.</summary>
internal static class RunWatch
{
    /// <param name="context">The call.</param>
    /// <param name="plan">Text of the plan, kept with the run.</param>
    /// <param name="work">The run.</param>
    public static async Task<RunSummary> WatchAsync(ToolContext context, string? plan, RunWork work)
    {
        var interrupt = context.Host.Interrupt;
        using var files = new RunFolder(context.Folders, plan);
        using var copy = context.Value(context.Root.Globals.Events) is { } path ? EventFile(context, path) : null;
        await using var loop = new ProgressLoop(
            [.. Views(context), files, .. copy is null ? (IEnumerable<IProgressView>)[] : [new JsonView(copy)]], context.Host.Time);
        using var said = interrupt.Stop.Register(() => loop.Say("stopping: letting calls finish, state is saved (again = stop now)"));
        try
        {
            return await work(loop, interrupt.Stop, interrupt.Leave).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interrupt.Happened && loop.Model.Cluster.Length > 0)
        {
            context.Messages.Note($"to go on: {Resume(context, loop.Model.Cluster)}");
            throw;
        }
    }

    /// <summary>Says why a run did not get to its end, and how to go on.</summary>
    /// <param name="context">The call.</param>
    /// <param name="summary">How the run ended.</param>
    /// <param name="again">Command line that goes on, where that takes more than this run; null where going on with the run is all.</param>
    public static ExitCode Conclude(ToolContext context, RunSummary summary, string? again = null)
    {
        switch ((summary.RolledBack ?? summary).Outcome)
        {
            case "done" when summary.RolledBack is null:
                return ExitCode.Done;
            case "done":
                context.Messages.Fail(EndTable.Problems(summary, context.CommandLine));
                return ExitCode.RunFailed;
            case "interrupted":
                var why = context.Host.Interrupt.Happened ? "interrupted" : "asked to stop from elsewhere";
                context.Messages.Note($"{why}; to go on: {again ?? Resume(context, summary.Cluster)}");
                return context.Host.Interrupt.Happened ? context.Host.Interrupt.Code : ExitCode.Interrupted;
            default:
                context.Messages.Fail(EndTable.Problems(summary, again ?? context.Line($"cluster retry {Shell.Quote(summary.Cluster)}")));
                return ExitCode.RunFailed;
        }
    }

    private static string Resume(ToolContext context, string cluster) => context.Line($"cluster resume {Shell.Quote(cluster)}");

    private static IEnumerable<IProgressView> Views(ToolContext context)
    {
        var (host, ink) = (context.Host, context.Messages.Ink);
        var asked = context.Settings.Choice(Keys.Progress, "auto", "auto", "tty", "plain", "json", "none");
        var quiet = context.Has(context.Root.Globals.Quiet);
        var canMove = host.ErrorIsTerminal && Ink.Understands(host);
        return asked switch
        {
            "none" => [],
            "json" => [new JsonView(host.Error)],
            "auto" when quiet => [],
            "tty" or "auto" when canMove => [new TtyView(host.Error, host.Screen, ink, host.Time)],
            _ => [new PlainView(host.Error, host.Time)], // also --progress tty into a pipe: an escape byte helps nobody there
        };
    }

    private static StreamWriter EventFile(ToolContext context, string path)
    {
        try
        {
            return path == "-"
                ? throw new LinodeToolkitException(UsageProblems.BadValue("--events", path, "a file; --progress json writes to standard error"))
                : PrivateFiles.Create(context.Host.FullPath(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LinodeToolkitException(CommandProblems.Unwritable(path, failure.Message), failure);
        }
    }
}
