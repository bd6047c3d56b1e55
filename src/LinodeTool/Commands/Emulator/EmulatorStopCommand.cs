using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class EmulatorStopCommand
{
    private static readonly Guide Guide = new(
        "To end the local emulator. Its cloud stays on disk and is there again at the next start.",
        ["emulator stop", "emulator stop --quiet"],
        ["emulator start", "emulator reset"]);

    public static Verb Create() => new("stop", "Stop the local emulator", Guide, async context =>
    {
        using var local = context.LocalEmulator();
        context.Messages.Note(await local.StopAsync(context.Cancellation).ConfigureAwait(false) ? "stopped" : "none was running");
        return ExitCode.Done;
    });
}
