using LinodeClusterToolkit.Diagnostics;

namespace LinodeTool.Emulators;

/// <summary>Lets one process at a time start or stop the emulator; gone with the process that holds it.</summary>
internal static class EmulatorLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<IDisposable> TakeAsync(string file, TimeProvider time, CancellationToken cancellation)
    {
        for (var until = time.GetUtcNow() + Patience; ; await Task.Delay(Pause, time, cancellation).ConfigureAwait(false))
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (time.GetUtcNow() < until)
            {
                // held by another: look again
            }
            catch (IOException)
            {
                throw new LinodeToolkitException(EmulatorProblems.Locked(file));
            }
        }
    }
}
