using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class EmulatorStatusCommand
{
    private static readonly Guide Guide = new(
        "To see whether the local emulator runs, where, and where it keeps its cloud.",
        ["emulator status", "emulator status -o json"],
        ["emulator start", "emulator stop"]);

    public static Verb Create() => new("status", "Show the local emulator", Guide, async context =>
    {
        using var local = context.LocalEmulator();
        context.View.One(await local.LookAsync(context.Cancellation).ConfigureAwait(false), EmulatorView.Shape, EmulatorView.Text);
        return ExitCode.Done;
    });
}
