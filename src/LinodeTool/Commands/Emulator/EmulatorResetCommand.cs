using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class EmulatorResetCommand
{
    private static readonly Guide Guide = new(
        "To start over with an empty cloud: the running emulator forgets everything, and so does the inventory kept for it.",
        ["emulator reset", "emulator reset --yes"],
        ["emulator status", "emulator stop"])
    {
        ExitNotes = ["9: not agreed to"],
    };

    public static Verb Create() => new("reset", "Empty the local emulator", Guide, async context =>
    {
        using var local = context.LocalEmulator();
        await context.Asker.AgreeToLoseAsync(
            "emulator", "resetting the emulator", ["everything in the emulated cloud and its inventory would be forgotten"]).ConfigureAwait(false);
        await local.ResetAsync(context.Cancellation).ConfigureAwait(false);
        context.ForgetEmulated();
        context.Messages.Note("the emulated cloud is empty");
        return ExitCode.Done;
    });
}
