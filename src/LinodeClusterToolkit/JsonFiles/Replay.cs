using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>Makes the changes of a log that the files may lack; made twice, they do no harm.</summary>
/// <param name="disk">The files.</param>
/// <param name="log">The log.</param>
/// <param name="next">Where to write what is then put in place.</param>
internal sealed class Replay(FolderDisk disk, RedoLog log, string next)
{
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);

    /// <summary>Plays it, and cuts off what was never decided.</summary>
    /// <param name="from">Where to begin.</param>
    /// <param name="applied">How far the files had been.</param>
    /// <returns>Where the log ends.</returns>
    public long Make(long from, long applied)
    {
        var written = File.GetLastWriteTimeUtc(log.Path);
        var changes = log.Read(from, out var end);
        log.Cut(end);
        foreach (var (change, at) in changes)
        {
            Make(change, written, mayBeEdited: at <= applied);
        }

        return end;
    }

    // What is put in place was written before its record, here as well: a file that is younger than the log is somebody's own work.
    private void Make(FileChange change, DateTime written, bool mayBeEdited)
    {
        var full = disk.Full(change.Path);
        switch (change.Kind)
        {
            case ChangeKind.Put when mayBeEdited && File.GetLastWriteTimeUtc(full) > written + Grain:
                break;
            case ChangeKind.Put:
                disk.Write(next, change.Content);
                File.SetLastWriteTimeUtc(disk.Full(next), written);
                disk.Move(next, change.Path);
                break;
            case ChangeKind.Delete:
                disk.Delete(change.Path);
                break;
            default:
                DemandStart(change, full);
                disk.WriteAt(change.Path, change.Offset, change.Content);
                break;
        }
    }

    private void DemandStart(FileChange change, string full)
    {
        if ((File.Exists(full) ? new FileInfo(full).Length : 0) < change.Offset)
        {
            throw new LinodeToolkitException(JsonProblems.BrokenLog(
                log.Path, $"it adds to {change.Path} behind what is there: the file has lost its end"));
        }
    }
}
