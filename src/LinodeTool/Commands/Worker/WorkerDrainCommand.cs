using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Work;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Settings;

namespace LinodeTool.Commands;

internal static class WorkerDrainCommand
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private static readonly Guide Guide = new(
        "To end a worker in good order, before its machine is updated say: it takes nothing new, ends the steps it has begun, and hands its runs to others. "
            + "Waits until it has ended, unless --no-wait is given.",
        ["worker drain lct-3", "worker drain lct-3 --timeout 10m", "worker drain lct-3 --no-wait"],
        ["worker list", "worker start"])
    {
        ExitNotes = ["5: no worker of that name is up", "8: it has not ended within --timeout; it goes on ending"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the worker, as worker list has it");
        return new Verb("drain", "Have a worker end what it has begun, and leave", Guide, async context =>
        {
            if (!context.Toolkit.CanSubmit)
            {
                throw new LinodeToolkitException(SettingsProblems.NotShared(context.Inventory.Name));
            }

            var worker = context.Value(name);
            if (!await context.Toolkit.DrainWorkerAsync(worker, context.Cancellation).ConfigureAwait(false))
            {
                var known = await context.Toolkit.ListWorkersAsync(context.Cancellation).ConfigureAwait(false);
                throw new LinodeToolkitException(CommandProblems.NoWorker(worker, [.. known.Select(one => one.Name)]));
            }

            return await WaitAsync(context, worker).ConfigureAwait(false);
        })
        {
            name,
        };
    }

    private static async Task<ExitCode> WaitAsync(ToolContext context, string name)
    {
        if (context.Has(context.Root.Globals.NoWait))
        {
            context.Messages.Note($"worker {Say.Plain(name)} was asked to end what it has begun");
            return ExitCode.Done;
        }

        var until = context.Timeout is { } limit ? context.Host.Time.GetUtcNow() + limit : DateTimeOffset.MaxValue;
        while (await FindAsync(context, name).ConfigureAwait(false) is { State: not WorkerState.Lost })
        {
            if (context.Host.Time.GetUtcNow() >= until)
            {
                throw new LinodeToolkitException(CommandProblems.NotInTime($"the end of worker {name}", context.Timeout!.Value));
            }

            await Task.Delay(Pace, context.Host.Time, context.Cancellation).ConfigureAwait(false);
        }

        context.Messages.Note($"worker {Say.Plain(name)} has ended");
        return ExitCode.Done;
    }

    private static async Task<WorkerRecord?> FindAsync(ToolContext context, string name) =>
        (await context.Toolkit.ListWorkersAsync(context.Cancellation).ConfigureAwait(false)).FirstOrDefault(one => one.Name == name);
}
