using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>What a program of this machine came to.</summary>
/// <param name="ExitCode">Its exit code; null where its time was over.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record Finished(int? ExitCode, string Output, string Error);

/// <summary>Starts programs, and ends them with itself. Safe for use from many threads.</summary>
internal sealed class Children(Keeper keeper, TimeProvider time) : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Process, bool> running = new();
    private volatile bool ended;

    /// <summary>Starts a program that stays until it is ended.</summary>
    public Process Start(ProcessStartInfo start)
    {
        ObjectDisposedException.ThrowIf(ended, this);
        var child = Process.Start(start)!;
        running[child] = true;
        var id = child.Id;
        keeper.Add(id);
        child.Exited += (_, _) => keeper.Remove(id);
        child.EnableRaisingEvents = true;
        if (ended)
        {
            _ = StopAsync(child);
        }

        return child;
    }

    /// <summary>Runs a program to its end, or until its time is over.</summary>
    /// <param name="start">The program.</param>
    /// <param name="input">What it reads; null for nothing.</param>
    /// <param name="within">How long it may take.</param>
    /// <param name="cancellation">Ends it early.</param>
    public async Task<Finished> RunAsync(ProcessStartInfo start, Sensitive? input, TimeSpan within, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var child = Start(start);
        var (output, error) = (Capture.Head(child.StandardOutput.BaseStream), Capture.Head(child.StandardError.BaseStream));
        using var feeding = new CancellationTokenSource();
        var fed = FeedAsync(child.StandardInput.BaseStream, input, feeding.Token);
        int? code = null;
        try
        {
            await child.WaitForExitAsync(either.Token).ConfigureAwait(false);
            code = child.ExitCode;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Its time is over: what it printed so far is told.
        }
        finally
        {
            await StopAsync(child).ConfigureAwait(false);
            await feeding.CancelAsync().ConfigureAwait(false);
            await fed.ConfigureAwait(false);
            if (!cancellation.IsCancellationRequested)
            {
                await Task.WhenAll(output.EndAsync(time), error.EndAsync(time)).ConfigureAwait(false);
            }

            await EndAsync(child).ConfigureAwait(false);
        }

        ObjectDisposedException.ThrowIf(ended, this);
        return new(code, output.Text, error.Text);
    }

    /// <summary>Ends a program, and waits until it is gone.</summary>
    public async Task EndAsync(Process child)
    {
        if (running.TryRemove(child, out _))
        {
            await StopAsync(child).ConfigureAwait(false);
            child.Dispose();
        }
    }

    /// <summary>Ends all of them; who waits for one is told so.</summary>
    public async ValueTask DisposeAsync()
    {
        ended = true;
        await Task.WhenAll(running.Keys.Select(StopAsync)).ConfigureAwait(false);
    }

    /// <summary>Asks it to end, so that it ends what it started itself, such as a proxy command; a moment later it is not asked any more.</summary>
    private async Task StopAsync(Process child)
    {
        try
        {
            if (child.HasExited)
            {
                return;
            }

            if (!OperatingSystem.IsWindows() && SendSignal(child.Id, Terminate) == 0)
            {
                await child.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience, time).ConfigureAwait(false);
                return;
            }
        }
        catch (TimeoutException)
        {
            // It does not listen.
        }
        catch (InvalidOperationException)
        {
            // Another call ended it, and put it away.
            return;
        }

        await KillAsync(child).ConfigureAwait(false);
    }

    private static async Task KillAsync(Process child)
    {
        try
        {
            child.Kill(entireProcessTree: true);
            await child.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            // It was gone already.
        }
    }

    private static async Task FeedAsync(Stream to, Sensitive? input, CancellationToken cancellation)
    {
        try
        {
            await using (to.ConfigureAwait(false))
            {
                if (input is not null)
                {
                    await to.WriteAsync(Encoding.UTF8.GetBytes(input.Reveal()), cancellation).ConfigureAwait(false);
                }
            }
        }
        catch (Exception unread) when (unread is IOException or OperationCanceledException)
        {
            // It ended, or closed its input, before it had read all: its exit code tells the rest.
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);
}
