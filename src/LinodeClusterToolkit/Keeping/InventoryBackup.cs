using System.Text;
using System.Text.Json;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Keeping;

/// <summary>An inventory in one file: a line that says what it is, a line for each cluster, a line that says it is whole.</summary>
internal static class InventoryBackup
{
    private const string Format = "linode-cluster-toolkit inventory";
    private const int Version = 1;

    /// <summary>Writes a file that has its name only once it is whole.</summary>
    public static async Task<int> WriteAsync(
        string file, string from, IAsyncEnumerable<ClusterCopy> clusters, DateTimeOffset now, CancellationToken cancellation)
    {
        var draft = $"{file}.{Guid.NewGuid():N}.new";
        try
        {
            PrivateFiles.EnsureFile(draft);
            var count = 0;
            var stream = new FileStream(draft, FileMode.Truncate, FileAccess.Write, FileShare.None);
            await using (stream.ConfigureAwait(false))
            {
                var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\n" };
                await using var untilEnd = writer.ConfigureAwait(false);
                var head = new CopyHead(Format, Version, from, now);
                await writer.WriteLineAsync(JsonSerializer.Serialize(head, CopyJson.Default.CopyHead)).ConfigureAwait(false);
                await foreach (var cluster in clusters.WithCancellation(cancellation).ConfigureAwait(false))
                {
                    await writer.WriteLineAsync(cluster.Text).ConfigureAwait(false);
                    count++;
                }

                await writer.WriteLineAsync(JsonSerializer.Serialize(new CopyEnd(count), CopyJson.Default.CopyEnd)).ConfigureAwait(false);
                await writer.FlushAsync(cancellation).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, file, overwrite: true);
            return count;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LinodeToolkitException(KeepingProblems.NoFile(file, failure.Message), failure);
        }
        finally
        {
            if (File.Exists(draft))
            {
                File.Delete(draft);
            }
        }
    }

    /// <summary>Reads a whole file before anything of it is used.</summary>
    /// <exception cref="LinodeToolkitException">It is none, is cut, or was written by a newer version.</exception>
    public static IReadOnlyList<ClusterCopy> Read(string file)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LinodeToolkitException(KeepingProblems.NoFile(file, failure.Message), failure);
        }

        var head = lines.Length == 0 ? null : Parse(lines[0], CopyJson.Default.CopyHead);
        if (head is not { Format: Format })
        {
            throw Bad("its first line is not that of a backup");
        }

        if (head.Version > Version)
        {
            throw new LinodeToolkitException(Sql.SqlProblems.NewerSchema(file, "backup", head.Version, Version));
        }

        if (lines.Length < 2 || !lines[^1].Contains("\"clusters\"", StringComparison.Ordinal)
            || Parse(lines[^1], CopyJson.Default.CopyEnd)?.Clusters != lines.Length - 2)
        {
            throw Bad("its end is missing");
        }

        return [.. lines[1..^1].Select((line, at) => ClusterCopy.Read(line) ?? throw Bad($"line {at + 2} holds no cluster"))];

        LinodeToolkitException Bad(string why) => new(KeepingProblems.NoBackup(file, why));
    }

    private static T? Parse<T>(string line, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
