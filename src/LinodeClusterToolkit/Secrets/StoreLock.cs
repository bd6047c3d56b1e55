using System.Diagnostics;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>Lets one writer at a time at the files of a store, in this process and in all others of the machine.</summary>
/// <remarks>The system ends the lock with the process that holds it, however that ends; the file stays and means nothing.</remarks>
internal sealed class StoreLock(string file)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>How long to wait for another process.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Waits for the lock; disposing gives it back.</summary>
    /// <exception cref="LinodeToolkitException">LCT7211: another process holds it and does not let go.</exception>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellation)
    {
        // In turn within the process, so that only one of its threads looks at the file again and again.
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var since = Stopwatch.GetTimestamp();
            while (true)
            {
                if (PrivateFiles.TryHold(file) is { } open)
                {
                    return new Hold(open, turn);
                }

                if (Stopwatch.GetElapsedTime(since) > Patience)
                {
                    throw new LinodeToolkitException(SecretProblems.Locked(file, Patience));
                }

                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        }
        catch
        {
            turn.Release();
            throw;
        }
    }

    private sealed class Hold(FileStream open, SemaphoreSlim turn) : IDisposable
    {
        public void Dispose()
        {
            open.Dispose();
            turn.Release();
        }
    }
}
