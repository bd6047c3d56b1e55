using System.Runtime.CompilerServices;
using System.Text.Json;
using LinodeClusterToolkit.Clusters;
using LinodeTool.Views;

namespace LinodeTool.Progress;

/// <summary>Reads a run's events back, also while they are still being written.</summary>
internal static class EventFile
{
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
    public static async IAsyncEnumerable<EventDocument> FollowAsync(string file, TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (!File.Exists(file))
        {
            await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
        }

        using var reader = Open(file);
        var begun = "";
        while (true)
        {
            var text = await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
            var lines = (begun + text).Split('\n');
            begun = lines[^1];
            foreach (var happened in lines[..^1].Select(Parse).OfType<EventDocument>())
            {
                yield return happened;
                if (happened.Type == RunEventTypes.RunSummary)
                {
                    yield break;
                }
            }

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
