using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.JsonFiles;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.JsonFiles;

/// <summary>A process that ends at any change it makes on the disk, or a disk that is full there: the old or the new state, never a part.</summary>
public sealed class FolderDeathTests
{
    private const string Old = "a=old b=old c=- gone=old lines=old";
    private const string New = "a=new b=new c=new gone=- lines=old,new";

    [Fact]
    public async Task Death_at_any_step_leaves_the_old_state_or_the_new_one_and_the_new_one_once_it_was_told()
    {
        var seen = new HashSet<string>();
        for (int at = 1, steps = 0; steps >= at - 1; at++)
        {
            using var temp = new TempFolder();
            await BeginAsync(temp.Path);
            steps = 0;
            var told = await TryAsync(temp.Path, _ => Die(++steps, at));
            var stands = await StandsAsync(temp.Path);
            Assert.True(stands == New || (stands == Old && !told), $"step {at}: {stands}, told: {told}");
            seen.Add(stands);
        }

        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public async Task Death_at_any_step_of_making_good_leaves_it_to_the_next()
    {
        for (int at = 1, steps = 0; steps >= at - 1; at++)
        {
            using var temp = new TempFolder();
            await BeginAsync(temp.Path);
            await TryAsync(temp.Path, what => Die(what.StartsWith("move", StringComparison.Ordinal) ? 1 : 0, 1));
            steps = 0;
            var next = new JsonFolder(temp.Path) { Step = _ => Die(++steps, at) };
            Assert.True(await Record.ExceptionAsync(() => LookAsync(next)) is null or Death);
            Assert.Equal(New, await StandsAsync(temp.Path));
        }
    }

    [Fact]
    public async Task A_record_that_is_torn_anywhere_was_never_decided()
    {
        using var whole = new TempFolder();
        await BeginAsync(whole.Path);
        await TryAsync(whole.Path, what => Die(what.StartsWith("add to", StringComparison.Ordinal) ? 1 : 0, 1));
        var log = await File.ReadAllBytesAsync(Path.Combine(whole.Path, FolderEngine.Own, "log"));
        for (var length = 0; length <= log.Length; length += length < log.Length - 80 ? 17 : 1)
        {
            await File.WriteAllBytesAsync(Path.Combine(whole.Path, FolderEngine.Own, "log"), log[..length]);
            using var temp = new TempFolder();
            Copy(whole.Path, temp.Path);
            Assert.Equal(length == log.Length ? New : Old, await StandsAsync(temp.Path));
        }
    }

    [Fact]
    public async Task After_the_machine_went_down_what_the_disk_had_not_got_yet_is_written_again()
    {
        using var temp = new TempFolder();
        await BeginAsync(temp.Path);
        var dying = new JsonFolder(temp.Path);
        await WriteAsync(dying);

        // As such a disk may look: files lost or empty, all of them promised; the log was flushed.
        await File.WriteAllTextAsync(Path.Combine(temp.Path, "a"), "");
        File.Delete(Path.Combine(temp.Path, "x/c"));
        await File.WriteAllTextAsync(Path.Combine(temp.Path, "gone"), "old");
        await File.WriteAllTextAsync(Path.Combine(temp.Path, "lines"), "old\n\0\0");
        await File.WriteAllTextAsync(Path.Combine(temp.Path, FolderEngine.Own, "state"), $"{7:D20} {99999:D20} another-boot\n");

        Assert.Equal(New, await StandsAsync(temp.Path));
    }

    [Fact]
    public async Task What_somebody_wrote_since_by_hand_is_not_undone_by_that()
    {
        using var temp = new TempFolder();
        await BeginAsync(temp.Path);
        await WriteAsync(new JsonFolder(temp.Path));
        var log = new FileInfo(Path.Combine(temp.Path, FolderEngine.Own, "log"));
        await File.WriteAllTextAsync(Path.Combine(temp.Path, "a"), "by hand");
        File.SetLastWriteTimeUtc(Path.Combine(temp.Path, "a"), log.LastWriteTimeUtc.AddMinutes(1));
        await File.WriteAllTextAsync(Path.Combine(temp.Path, FolderEngine.Own, "state"), $"{7:D20} {log.Length:D20} another-boot\n");

        Assert.Equal(New.Replace("a=new", "a=by hand"), await StandsAsync(temp.Path));
        Assert.Equal(0, new FileInfo(log.FullName).Length);
    }

    [Fact]
    public async Task A_disk_that_is_full_at_any_step_is_said_and_the_same_works_once_there_is_room()
    {
        for (int at = 1, steps = 0; steps >= at - 1; at++)
        {
            using var temp = new TempFolder();
            await BeginAsync(temp.Path);
            steps = 0;
            await using var full = new JsonFolder(temp.Path) { Step = _ => Fill(++steps, at) };
            var problem = await Record.ExceptionAsync(() => WriteAsync(full));
            if (problem is not null)
            {
                Assert.Equal("LCT7104", Assert.IsType<LinodeToolkitException>(problem).Problem.Code);
                Assert.Contains(await LookAsync(full), new[] { Old, New });
                await WriteAsync(full);
            }

            // What had been decided already is decided twice then; all else is as if nothing had been.
            Assert.StartsWith("a=new b=new c=new gone=- lines=old,new", await LookAsync(full), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_log_that_is_broken_in_its_middle_is_named_and_left_as_it_is()
    {
        using var temp = new TempFolder();
        await BeginAsync(temp.Path);
        await TryAsync(temp.Path, what => Die(what.StartsWith("add to", StringComparison.Ordinal) ? 1 : 0, 1));
        var file = Path.Combine(temp.Path, FolderEngine.Own, "log");
        var log = await File.ReadAllBytesAsync(file);
        byte[] twice = [.. log, .. log];
        twice[log.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, twice);

        var problem = (await Assert.ThrowsAsync<LinodeToolkitException>(() => StandsAsync(temp.Path))).Problem;

        Assert.Equal(("LCT7113", file), (problem.Code, problem.Where));
        Assert.Equal(twice, await File.ReadAllBytesAsync(file));
    }

    private static async Task BeginAsync(string path)
    {
        await using var folder = new JsonFolder(path);
        await folder.WriteAsync(
            to =>
            {
                foreach (var name in new[] { "a", "b", "gone" })
                {
                    to.PutText(name, "old");
                }

                to.AddText("lines", "old\n"u8.ToArray());
                return true;
            },
            default);
    }

    private static Task WriteAsync(JsonFolder folder) => folder.WriteAsync(
        to =>
        {
            foreach (var name in new[] { "a", "b", "x/c" })
            {
                to.PutText(name, "new");
            }

            to.Delete("gone");
            to.AddText("lines", "new\n"u8.ToArray());
            return true;
        },
        default);

    /// <summary>Whether somebody was told that it is done.</summary>
    private static async Task<bool> TryAsync(string path, Action<string> step)
    {
        var folder = new JsonFolder(path) { Step = step };
        try
        {
            await WriteAsync(folder);
        }
        catch (Death)
        {
            return false;
        }

        await Record.ExceptionAsync(async () => await folder.DisposeAsync());
        return true;
    }

    private static async Task<string> StandsAsync(string path)
    {
        await using var folder = new JsonFolder(path);
        return await LookAsync(folder);
    }

    private static Task<string> LookAsync(JsonFolder folder) => folder.ReadAsync(
        view => string.Join(' ', new[] { "a", "b", "x/c", "gone" }.Select(name => $"{name.Split('/')[^1]}={view.GetText(name) ?? "-"}")
            .Append($"lines={view.GetText("lines")!.TrimEnd('\n').Replace('\n', ',')}")),
        default);

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
        {
            PrivateFiles.EnsureFolder(folder.Replace(from, to, StringComparison.Ordinal));
        }

        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, file.Replace(from, to, StringComparison.Ordinal));
        }
    }

    private static void Die(int step, int at)
    {
        if (step == at)
        {
            throw new Death();
        }
    }

    private static void Fill(int step, int at)
    {
        if (step == at)
        {
            throw new IOException("No space left on device", 28);
        }
    }

    private sealed class Death : Exception;
}
