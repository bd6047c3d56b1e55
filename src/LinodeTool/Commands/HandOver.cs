using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Work;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>Hands a run to workers instead of doing it: it is safe in the records before this process ends.</summary>
internal static class HandOver
{
    /// <summary>Whether what is not waited for is done by workers here: a queue is configured, and records are kept where they can share them.</summary>
    public static bool IsMeant(ToolContext context) => context.Queue.IsConfigured && context.Toolkit.CanSubmit;

    /// <summary>Has workers make what a preview showed.</summary>
    public static async Task<ExitCode> CreateAsync(ToolContext context, ClusterPreview preview) => await TellAsync(
        context, await context.Toolkit.SubmitAsync(preview, context.Cancellation).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Has workers change a cluster as a preview showed.</summary>
    public static async Task<ExitCode> ApplyAsync(ToolContext context, ApplyPreview preview) => await TellAsync(
        context, await context.Toolkit.SubmitApplyAsync(preview, context.Cancellation).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Has workers go on with the last run of a cluster.</summary>
    /// <param name="context">The call.</param>
    /// <param name="stands">How the cluster stands.</param>
    /// <param name="again">Names of the failed steps to try again; null for all.</param>
    public static async Task<ExitCode> GoOnAsync(ToolContext context, Standing stands, IReadOnlySet<string>? again)
    {
        if (await context.Toolkit.SubmitResumeAsync(stands.Cluster.Name, again, context.Cancellation).ConfigureAwait(false) is { } submitted)
        {
            return await TellAsync(context, submitted).ConfigureAwait(false);
        }

        // Another has gone on with it since it was looked at, and has come to its end.
        context.Messages.Note($"the last run of {Output.Say.Plain(stands.Cluster.Name)} came to its end; there is nothing to go on with");
        return ExitCode.Done;
    }

    private static async Task<ExitCode> TellAsync(ToolContext context, SubmittedRun submitted)
    {
        var run = await FindAsync(context, submitted).ConfigureAwait(false);
        var document = RunStateDocument.From(submitted.Cluster, run, run?.Verb ?? "create", "queued", lease: null) with { Run = submitted.Run };
        context.View.One(document, RunStateView.Shape, RunStateView.Text);
        var workers = await context.Toolkit.ListWorkersAsync(context.Cancellation).ConfigureAwait(false);
        if (!workers.Any(worker => worker.State == WorkerState.Running))
        {
            context.Messages.Warn([CommandProblems.NobodyWorks()]);
        }

        context.Messages.Note($"handed to workers; to watch, from any machine: {context.Line($"cluster events {Shell.Quote(submitted.Cluster)} --follow")}");
        return ExitCode.Done;
    }

    private static async Task<RunRecord?> FindAsync(ToolContext context, SubmittedRun submitted)
    {
        await foreach (var run in context.Toolkit.ListRunsAsync(submitted.Cluster, context.Cancellation).ConfigureAwait(false))
        {
            if (run.Id == submitted.Run)
            {
                return run;
            }
        }

        return null;
    }
}
