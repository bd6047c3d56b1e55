using System.Diagnostics;
using System.Globalization;
using System.Text;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>Lets one writer, or any number of readers, at the files of a folder, in all processes of the machine.</summary>
/// <remarks>The system ends the lock with the process that holds it, however that ends; the file stays and means nothing.</remarks>
internal sealed class FolderLock(string folder, string inside, TimeSpan patience)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly string file = Path.Combine(inside, "lock");
    private readonly string holder = Path.Combine(inside, "holder");

    /// <summary>Waits for the lock; disposing gives it back.</summary>
    /// <param name="alone">To write.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="LinodeToolkitException">LCT7103: another process holds it and does not let go.</exception>
    public async Task<IDisposable> TakeAsync(bool alone, CancellationToken cancellation)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            if (TryOpen(alone) is { } open)
            {
                return open;
            }

            if (Stopwatch.GetElapsedTime(since) > patience)
            {
                var who = File.Exists(holder) ? File.ReadAllText(holder).Trim() : "one that reads";
                throw new LinodeToolkitException(JsonProblems.Locked(folder, who));
            }

            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }

    private FileStream? TryOpen(bool alone)
    {
        try
        {
            // On Unix this is flock(), shared unless nothing is shared.
            if (!alone)
            {
                return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            }

            var open = PrivateFiles.Open(file, FileMode.OpenOrCreate, FileShare.None);
            Sign(open);
            return open;
        }
        catch (IOException thrown) when (PrivateFiles.IsHeld(thrown))
        {
            return null;
        }
    }

    private void Sign(FileStream open)
    {
        try
        {
            using var name = PrivateFiles.Open(holder, FileMode.Create, FileShare.ReadWrite);
            name.Write(Self());
        }
        catch
        {
            open.Dispose();
            throw;
        }
    }

    private static byte[] Self() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"process {Environment.ProcessId} on {Environment.MachineName}, since {DateTime.UtcNow:yyyy-MM-dd HH:mm:ss}Z\n"));
}
