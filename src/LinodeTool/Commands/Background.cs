using LinodeTool.Host;
using LinodeTool.Settings;

namespace LinodeTool.Commands;

/// <summary>Does the same call again in a process of its own that nobody waits for; what had to be asked has been asked.</summary>
internal static class Background
{
    private static readonly string[] NotAgain = ["--detach", "--no-wait"];

    public static async Task<ExitCode> StartAsync(ToolContext context, string follow)
    {
        PrivateFiles.Folder(context.Folders.State);
        var log = Path.Combine(context.Folders.State, "background.log");
        PrivateFiles.Append(log).Dispose();
        var pid = await Detached.StartAsync(
            [Environment.ProcessPath!, "--yes", "--no-input", "--progress", "plain", .. context.Words.Where(word => !NotAgain.Contains(word))],
            log + ".out", log, context.Host, context.Cancellation).ConfigureAwait(false);
        context.Messages.Note($"goes on in the background (process {pid}, log {log}); to watch: {follow}");
        return ExitCode.Done;
    }
}
