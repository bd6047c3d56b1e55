using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>What stands beside the files so that they change together or not at all; used by one thread at a time.</summary>
/// <remarks>
/// A commit is a record in the log, flushed. Then the files are changed, each in one move, and flushed much later, many at once: until then the log
/// is played again by whoever comes first after the machine has gone down, and what a killed process had not done yet is done by whoever comes next.
/// </remarks>
internal sealed class FolderEngine
{
    /// <summary>Folder of the engine's own; what is in it needs no backup and no version control.</summary>
    public const string Own = ".engine";

    private const string Next = Own + "/next/";
    private const long LogIsLong = 64 << 20;

    private readonly string root;
    private readonly FolderDisk disk;
    private readonly RedoLog log;
    private readonly string stateFile;
    private FolderState state = new(0, 0, "");
    private bool isTidy;

    public FolderEngine(string root, FolderDisk disk)
    {
        (this.root, this.disk) = (root, disk);
        log = new(Path.Combine(root, Own, "log"), disk);
        stateFile = Path.Combine(root, Own, "state");
    }

    public long Generation => state.Generation;

    /// <summary>Makes the folder where it is missing; no lock is needed, and none can be had before.</summary>
    public void Birth()
    {
        PrivateFiles.EnsureFolder(root);
        PrivateFiles.EnsureFolder(Path.Combine(root, Own));
        PrivateFiles.EnsureFolder(Path.Combine(root, Next));
        PrivateFiles.EnsureFile(Path.Combine(root, Own, "lock"));
    }

    /// <summary>Looks how far the files are; false where something is to be done first that needs the lock alone.</summary>
    public bool IsReady()
    {
        state = FolderState.Read(stateFile);
        return FolderFormat.IsThere(root) && state.IsSettled(log.Length);
    }

    /// <summary>Does that: marks a new folder, and plays what the log has and the files may lack.</summary>
    public void MakeReady()
    {
        state = FolderState.Read(stateFile);
        if (!FolderFormat.IsThere(root))
        {
            disk.Write(Own + "/.gitignore", "*\n"u8.ToArray());
            FolderFormat.Mark(root, disk, NextFile(0));
        }

        if (state.IsSettled(log.Length))
        {
            return;
        }

        var isSameBoot = state.Boot == FolderState.ThisBoot && state.Applied <= log.Length;
        var end = new Replay(disk, log, NextFile(0)).Make(isSameBoot ? state.Applied : 0, state.Applied);
        Settle(end);
        if (!isSameBoot)
        {
            Flush();
        }
    }

    /// <summary>Writes what takes room, so that its lack is met before anything is decided.</summary>
    public void Prepare(IReadOnlyList<FileChange> changes)
    {
        Tidy();
        try
        {
            for (var at = 0; at < changes.Count; at++)
            {
                if (changes[at].Kind == ChangeKind.Put)
                {
                    disk.Write(NextFile(at), changes[at].Content);
                }
            }
        }
        catch (Exception thrown) when (IsOfTheSystem(thrown))
        {
            Abandon(changes);
            throw;
        }
    }

    /// <summary>Takes back what was prepared.</summary>
    public void Abandon(IReadOnlyList<FileChange> changes)
    {
        for (var at = 0; at < changes.Count; at++)
        {
            File.Delete(Path.Combine(root, NextFile(at)));
        }
    }

    /// <summary>Decides: from here on the changes are made, whatever happens.</summary>
    public void Decide(IReadOnlyList<FileChange> changes)
    {
        var before = log.Length;
        try
        {
            log.Append(changes);
            AddAll(changes);
        }
        catch (Exception thrown) when (IsOfTheSystem(thrown))
        {
            // No room: what was added is cut off again, and only then the record, since it would do it anew.
            foreach (var change in changes.Where(change => change.Kind == ChangeKind.Add))
            {
                disk.Cut(change.Path, change.Offset);
            }

            log.Cut(before);
            Abandon(changes);
            throw;
        }
    }

    /// <summary>Makes the changes.</summary>
    public void Apply(IReadOnlyList<FileChange> changes)
    {
        for (var at = 0; at < changes.Count; at++)
        {
            if (changes[at].Kind == ChangeKind.Put)
            {
                disk.Move(NextFile(at), changes[at].Path);
            }
            else if (changes[at].Kind == ChangeKind.Delete)
            {
                disk.Delete(changes[at].Path);
            }
        }

        Settle(log.Length);
        if (FolderState.ThisBoot is null || log.Length > LogIsLong)
        {
            Flush();
        }
    }

    /// <summary>Flushes the files and empties the log.</summary>
    public void Flush()
    {
        Tidy();
        if (log.Length == 0)
        {
            return;
        }

        disk.Say("flush the files");
        DiskFlush.Flush(root, log.Read(0, out _).Select(one => one.Change.Path).ToHashSet(StringComparer.Ordinal));
        log.Cut(0);
        state = state with { Applied = 0 };
        disk.Say("write the state");
        state.Write(stateFile);
    }

    private static bool IsOfTheSystem(Exception thrown) => thrown is IOException or UnauthorizedAccessException;

    // What a killed process had prepared; whoever holds the lock alone knows that nobody is at it.
    private void Tidy()
    {
        if (!isTidy)
        {
            foreach (var left in Directory.EnumerateFiles(Path.Combine(root, Next)))
            {
                File.Delete(left);
            }

            isTidy = true;
        }
    }

    private static string NextFile(int at) => $"{Next}{at}";

    private void AddAll(IReadOnlyList<FileChange> changes)
    {
        foreach (var change in changes.Where(change => change.Kind == ChangeKind.Add))
        {
            disk.WriteAt(change.Path, change.Offset, change.Content);
        }
    }

    private void Settle(long applied)
    {
        state = new(state.Generation + 1, applied, FolderState.ThisBoot ?? "");
        disk.Say("write the state");
        state.Write(stateFile);
    }
}
