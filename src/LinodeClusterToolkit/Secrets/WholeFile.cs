using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>Replaces a private file whole or not at all: written beside, flushed, then put in place in one move.</summary>
internal static class WholeFile
{
    /// <summary>Marks a file that is being written; no name of a secret can contain it.</summary>
    public const char Unfinished = '~';

    /// <summary>Writes the file, durable on return; a writer that is killed leaves the old one, and what it had written beside it.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var beside = $"{path}{Unfinished}{Guid.NewGuid():N}";
        try
        {
            using (var file = PrivateFiles.Open(beside, FileMode.CreateNew))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }

        DurableFolder.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>Deletes what killed writers left beside a file; for whoever holds the lock.</summary>
    public static void ForgetUnfinished(string path)
    {
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}{Unfinished}*"))
        {
            File.Delete(left);
        }
    }
}
