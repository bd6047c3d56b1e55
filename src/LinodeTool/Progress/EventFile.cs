using System.Runtime.CompilerServices;
using System.Text.Json;
using LinodeTool.Views;

namespace LinodeTool.Progress;

/// <summary>Reads a run's events back, also while they are still being written.</summary>
internal static class EventFile
{
    private const int Quiet = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static IEnumerable<EventDocument> Read(string file)
    {
        if (!File.Exists(file))
        {
            yield break;
        }

        using var reader = Open(file);
        while (reader.ReadLine() is { } line)
        {
            if (Parse(line) is { } happened)
            {
                yield return happened;
            }
        }
    }

    /// <summary>All events from the first on, until the run's last one.</summary>
    /// <param name="file">Where they are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isAtWork">Whether more may come after a last event, or without one: a run that is gone on with says hello again.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async IAsyncEnumerable<EventDocument> FollowAsync(
        string file, TimeProvider time, Func<Task<bool>> isAtWork, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (!File.Exists(file))
        {
            await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
        }

        using var reader = Open(file);
        var (begun, quiet) = ("", 0);
        while (quiet < Quiet)
        {
            var text = await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
            var lines = (begun + text).Split('\n');
            begun = lines[^1];
            foreach (var happened in lines[..^1].Select(Parse).OfType<EventDocument>())
            {
                yield return happened;
            }

            // Whoever was just started to go on with it needs a moment until it is seen at work.
            quiet = text.Length > 0 || await isAtWork().ConfigureAwait(false) ? 0 : quiet + 1;
            await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
        }
    }

    private static StreamReader Open(string file) =>
        new(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    /// <summary>Null for a line torn by a crash.</summary>
    private static EventDocument? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, ToolJson.Default.EventDocument);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
