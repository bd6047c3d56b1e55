using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Tries an action again as often as its plan says, with pauses that grow from two seconds to a minute.</summary>
internal static class Tries
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(int retries, StepContext step, TimeProvider time, Func<Task> work, CancellationToken cancellation)
    {
        for (var (attempt, pause) = (0, First); ; attempt++, pause = pause * 2 > Longest ? Longest : pause * 2)
        {
            try
            {
                await work().ConfigureAwait(false);
                return;
            }
            catch (LinodeToolkitException failure) when (attempt < retries)
            {
                step.Note($"try {attempt + 1} of {retries + 1} failed: {failure.Problem.What}; again in {pause.TotalSeconds:0}s");
                await Task.Delay(pause, time, cancellation).ConfigureAwait(false);
            }
        }
    }
}
