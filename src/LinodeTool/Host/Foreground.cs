using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LinodeTool.Host;

/// <summary>A program that has our streams, and with them the terminal, for as long as it runs.</summary>
internal static partial class Foreground
{
    /// <summary>Waits for its end; signals that reach us go on to it.</summary>
    /// <remarks>Ctrl-C reaches it by itself, being in the same group; a second INT does no harm to a program that is about to end.</remarks>
    /// <param name="start">The program, with no stream redirected.</param>
    /// <param name="leave">Gives up the wait, and leaves the program to itself.</param>
    /// <returns>Its exit code; 128 and the signal's number where one ended it.</returns>
    public static async Task<int> RunAsync(ProcessStartInfo start, CancellationToken leave)
    {
        var child = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupted = Pass(PosixSignal.SIGINT, 2, child.Task);
        using var terminated = Pass(PosixSignal.SIGTERM, 15, child.Task);
        using var hungUp = Pass(PosixSignal.SIGHUP, 1, child.Task);
        using var process = Process.Start(start)!;
        child.SetResult(process.Id);
        await process.WaitForExitAsync(leave).ConfigureAwait(false);
        return process.ExitCode;
    }

    // What comes before the program has begun reaches it as soon as it has.
    private static PosixSignalRegistration Pass(PosixSignal signal, int number, Task<int> child) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true; // who waits for the program tells how it ended
        if (!OperatingSystem.IsWindows())
        {
            _ = SendAsync(child, number);
        }
    });

    private static async Task SendAsync(Task<int> child, int signal) => _ = Send(await child.ConfigureAwait(false), signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
