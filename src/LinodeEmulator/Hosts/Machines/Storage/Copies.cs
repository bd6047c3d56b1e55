using LinodeEmulator.Hosts.Machines.Linux;
using LinodeEmulator.State;

namespace LinodeEmulator.Hosts.Machines.Storage;

/// <summary>Files of disks, volumes and backups that are copies of others. They are made in the order in which the cloud came to have them, and nobody
/// uses one before it is there. A copy of what nobody has written to yet has no file, as the other has none.</summary>
internal sealed class Copies(Ground ground)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task> _known = new(StringComparer.Ordinal);
    private Task _last = Task.CompletedTask;
    private (long, long, long) _followed;

    /// <summary>Begins the copies that the cloud has come to have, and deletes the files of backups that are gone.</summary>
    public void Follow(Cloud cloud)
    {
        var now = (cloud.Disks.Version, cloud.Volumes.Version, cloud.Backups.Version);
        if (_followed == now)
        {
            return;
        }

        _followed = now;
        foreach (var (backup, one) in cloud.Backups.Rows.SelectMany(backup => backup.Disks.Select(one => (backup, one))))
        {
            Want(Origin.Of(one), Origin.Of(one.Disk));
        }

        foreach (var disk in cloud.Disks.Rows.Where(disk => disk.Origin is not null))
        {
            Want(Origin.Of(disk), disk.Origin!);
        }

        foreach (var volume in cloud.Volumes.Rows.Where(volume => volume.Origin is not null))
        {
            Want(Origin.Of(volume), volume.Origin!);
        }

        DeleteOld(cloud);
    }

    /// <summary>Ends when this file may be used.</summary>
    /// <exception cref="IOException">It should have been a copy, and could not be made.</exception>
    public Task OfAsync(string file)
    {
        lock (_gate)
        {
            return _known.GetValueOrDefault(file) ?? Task.CompletedTask;
        }
    }

    /// <summary>Ends when there is nothing more to copy, whether it went well or not.</summary>
    public Task SettleAsync()
    {
        lock (_gate)
        {
            return AfterAsync(_last);
        }
    }

    private static async Task AfterAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (IOException)
        {
            // Whoever needs the file is told.
        }
    }

    private void Want(string target, string source)
    {
        var (to, from) = (ground.FileOf(target), ground.FileOf(source));
        lock (_gate)
        {
            if (!_known.ContainsKey(to))
            {
                _known[to] = File.Exists(to) ? Task.CompletedTask : _last = CopyAsync(_last, from, to);
            }
        }
    }

    private static async Task CopyAsync(Task previous, string from, string to)
    {
        await AfterAsync(previous);
        await Task.Yield();
        if (File.Exists(from))
        {
            Files.MakePrivateFolder(Path.GetDirectoryName(to)!);
            await using (await Stillness.OfAsync(from))
            {
                await Tool.RunAsync("cp", ["--sparse=always", "--reflink=auto", "--", from, $"{to}.part"]);
            }

            // Under its name only once it is whole.
            File.Move($"{to}.part", to);
        }
    }

    private void DeleteOld(Cloud cloud)
    {
        if (Directory.Exists(ground.BackupFolder))
        {
            var kept = cloud.Backups.Rows.SelectMany(backup => backup.Disks).Select(one => ground.FileOf(Origin.Of(one))).ToHashSet();
            foreach (var file in Directory.GetFiles(ground.BackupFolder, "*.img").Where(file => !kept.Contains(file)))
            {
                lock (_gate)
                {
                    _last = DeleteAsync(_last, file);
                }
            }
        }
    }

    // After what is copied from it by now.
    private static async Task DeleteAsync(Task previous, string file)
    {
        await AfterAsync(previous);
        File.Delete(file);
    }
}
