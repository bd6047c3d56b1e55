using System.Diagnostics;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>Lets one writer at a time at the files of a store, in this process and in all others of the machine.</summary>
/// <remarks>The system ends the lock with the process that holds it, however that ends; the file stays and means nothing.</remarks>
internal sealed class StoreLock(string file)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    // What the system calls a file that is held: Linux, macOS, Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

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
                if (TryOpen() is { } open)
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

    private FileStream? TryOpen()
    {
        FileStream? open = null;
        PrivateFiles.Guard(file, () =>
        {
            try
            {
                // On Unix this is flock().
                open = PrivateFiles.Open(file, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException thrown) when (Held.Contains(thrown.HResult))
            {
                // held by another: look again
            }
        });
        return open;
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
