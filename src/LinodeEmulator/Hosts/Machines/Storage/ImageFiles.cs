using System.Globalization;
using LinodeEmulator.Hosts.Machines.Linux;
using LinodeEmulator.Hosts.Machines.Plans;
using LinodeEmulator.State;

namespace LinodeEmulator.Hosts.Machines.Storage;

/// <summary>The account's own images: a file each, of which the disks of nodes are copies. One without a file is that of a node that had written
/// nothing yet.</summary>
internal sealed class ImageFiles(Ground ground)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, TaskCompletionSource> _expected = [];
    private long _followed = -1;

    public string PathOf(long id)
    {
        Files.MakePrivateFolder(ground.ImageFolder);
        return string.Create(CultureInfo.InvariantCulture, $"{ground.ImageFolder}/{id}.img");
    }

    /// <summary>Takes in that an image will be taken, before anybody can ask for it. An image whose file is there is taken.</summary>
    public void Expect(IEnumerable<Capture> captures)
    {
        lock (_gate)
        {
            foreach (var capture in captures.Where(one => !_expected.ContainsKey(one.ImageId)))
            {
                var taking = _expected[capture.ImageId] = new(TaskCreationOptions.RunContinuationsAsynchronously);
                if (File.Exists(PathOf(capture.ImageId)))
                {
                    taking.SetResult();
                }
            }
        }
    }

    /// <summary>Makes the image of what is on a disk. A system that runs from it waits meanwhile.</summary>
    /// <param name="capture">Which disk, for which image.</param>
    /// <param name="disk">The disk's file; there may be none yet.</param>
    /// <param name="mounted">Where its filesystem is in use; null where it is not.</param>
    public async Task TakeAsync(Capture capture, string disk, string? mounted)
    {
        if (Find(capture.ImageId) is not { Task.IsCompleted: false } taking)
        {
            return;
        }

        try
        {
            if (!File.Exists(disk) && capture.Source is { } source)
            {
                await CopyAsync(source, disk);
            }

            if (File.Exists(disk))
            {
                await CopyAtRestAsync(disk, PathOf(capture.ImageId), mounted);
            }

            taking.SetResult();
        }
        catch (Exception wrong)
        {
            taking.SetException(wrong);
            throw;
        }
    }

    /// <summary>Copies an image to where a disk is to be. False where it has no file, and the disk is as good as new.</summary>
    public async Task<bool> CopyAsync(long id, string disk)
    {
        await (Find(id)?.Task ?? Task.CompletedTask);
        if (!File.Exists(PathOf(id)))
        {
            return false;
        }

        Files.MakePrivateFolder(Path.GetDirectoryName(disk)!);
        await CopyFileAsync(PathOf(id), disk);
        return true;
    }

    /// <summary>An image that was deleted takes its file along.</summary>
    public void Follow(Cloud cloud)
    {
        if (_followed == cloud.Images.Version || !Directory.Exists(ground.ImageFolder))
        {
            return;
        }

        _followed = cloud.Images.Version;
        foreach (var file in Directory.GetFiles(ground.ImageFolder, "*.img").Where(file => IsGone(file, cloud)))
        {
            File.Delete(file);
        }
    }

    private static async Task CopyAtRestAsync(string disk, string image, string? mounted)
    {
        if (mounted is null)
        {
            await CopyFileAsync(disk, image);
            return;
        }

        await Tool.RunAsync("fsfreeze", ["--freeze", mounted]);
        try
        {
            await CopyFileAsync(disk, image);
        }
        finally
        {
            await Tool.RunAsync("fsfreeze", ["--unfreeze", mounted]);
        }

        await Tool.TryAsync("e2fsck", ["-f", "-p", image]);
    }

    // Under its name only once it is whole.
    private static async Task CopyFileAsync(string from, string to)
    {
        var part = $"{to}.part";
        await Tool.RunAsync("cp", ["--sparse=always", "--reflink=auto", "--", from, part]);
        File.Move(part, to, overwrite: true);
    }

    private static bool IsGone(string file, Cloud cloud) =>
        long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && cloud.Images.Find(id) is null;

    private TaskCompletionSource? Find(long id)
    {
        lock (_gate)
        {
            return _expected.GetValueOrDefault(id);
        }
    }
}
