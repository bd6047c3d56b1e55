using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>What a program of this machine came to.</summary>
/// <param name="ExitCode">Its exit code; null where its time was over.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record Finished(int? ExitCode, string Output, string Error);

/// <summary>Starts programs, and ends them with itself. Safe for use from many threads.</summary>
internal sealed class Children(TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Process, bool> running = new();
    private volatile bool ended;

    /// <summary>Starts a program that stays; its standard input is closed.</summary>
    public Process Start(ProcessStartInfo start)
    {
        ObjectDisposedException.ThrowIf(ended, this);
        var child = Process.Start(start)!;
        running[child] = true;
        if (ended)
        {
            Kill(child);
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
            Kill(child);
        }
        finally
        {
            Kill(child);
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
            Kill(child);
            await child.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            child.Dispose();
        }
    }

    /// <summary>Ends all of them; who waits for one is told so.</summary>
    public async ValueTask DisposeAsync()
    {
        ended = true;
        foreach (var child in running.Keys)
        {
            Kill(child);
        }

        await Task.WhenAll(running.Keys.Select(GoneAsync)).ConfigureAwait(false);
    }

    private static async Task GoneAsync(Process child)
    {
        try
        {
            await child.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            // Who waited for it put it away first.
        }
    }

    private static void Kill(Process child)
    {
        try
        {
            if (!child.HasExited)
            {
                // What it started itself, such as a proxy command, goes with it.
                child.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It was gone already, or another call ended it.
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
}
