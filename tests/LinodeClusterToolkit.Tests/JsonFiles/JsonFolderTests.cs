using System.Runtime.Versioning;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.JsonFiles;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Tests.JsonFiles;

[UnsupportedOSPlatform("windows")]
public sealed class JsonFolderTests : IAsyncDisposable
{
    private readonly TempFolder temp = new();
    private readonly JsonFolder folder;

    public JsonFolderTests() => folder = new(temp["data/inventory"]);

    [Fact]
    public void Touches_nothing_before_its_first_use() => Assert.False(Directory.Exists(temp["data"]));

    [Fact]
    public async Task Makes_private_files_in_private_folders()
    {
        await PutAsync(folder, "a/b/one", "1");
        const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.All(Directory.GetFiles(temp["data"], "*", SearchOption.AllDirectories), file => Assert.Equal(File600, File.GetUnixFileMode(file)));
        Assert.All(
            Directory.GetDirectories(temp["data"], "*", SearchOption.AllDirectories).Append(temp["data"]),
            one => Assert.Equal(File600 | UnixFileMode.UserExecute, File.GetUnixFileMode(one)));
        Assert.Equal("1", await File.ReadAllTextAsync(Path.Combine(folder.Path, "a/b/one")));
    }

    [Fact]
    public async Task Refuses_a_folder_others_can_look_into_and_works_once_that_is_mended()
    {
        Directory.CreateDirectory(folder.Path, (UnixFileMode)0b111_101_101);
        Assert.Equal("LCT7201", (await ProblemAsync(() => PutAsync(folder, "one", "1"))).Code);
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_000_000);
        await PutAsync(folder, "one", "1");
    }

    [Fact]
    public async Task Refuses_a_folder_of_a_newer_version_and_leaves_it_alone()
    {
        await PutAsync(folder, "one", "1");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "format.json"), """{ "format": 2 }""");
        var problem = await ProblemAsync(() => PutAsync(folder, "one", "2"));
        Assert.Equal("LCT7101", problem.Code);
        Assert.Equal("its inventory records have format 2, this version knows up to 1", problem.Why);
        Assert.Equal("LCT7101", (await ProblemAsync(() => GetAsync(folder, "one"))).Code);
        Assert.Equal("1", await File.ReadAllTextAsync(Path.Combine(folder.Path, "one")));
    }

    [Fact]
    public async Task A_folder_that_has_lost_its_format_is_not_taken_for_a_new_one()
    {
        await PutAsync(folder, "clusters/web/one", "1");
        File.Delete(Path.Combine(folder.Path, "format.json"));
        Assert.Equal("LCT7112", (await ProblemAsync(() => GetAsync(folder, "clusters/web/one"))).Code);
    }

    [Fact]
    public async Task Says_who_holds_the_lock_and_that_later_it_may_be_free()
    {
        await PutAsync(folder, "one", "1");
        await using var hasty = new JsonFolder(folder.Path) { LockWait = TimeSpan.FromMilliseconds(1) };
        var inside = Path.Combine(folder.Path, FolderEngine.Own);
        using (await new FolderLock(folder.Path, inside, TimeSpan.Zero).TakeAsync(alone: true, default))
        {
            var problem = await ProblemAsync(() => PutAsync(hasty, "one", "2"));
            Assert.Equal(("LCT7103", true), (problem.Code, problem.Retryable));
            Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", problem.Why, StringComparison.Ordinal);
            Assert.Equal("LCT7103", (await ProblemAsync(() => GetAsync(hasty, "one"))).Code);
        }

        await PutAsync(hasty, "one", "3");
        Assert.Equal("3", await GetAsync(folder, "one"));
    }

    [Fact]
    public async Task Writes_that_wait_together_share_a_commit_and_one_that_fails_leaves_nothing_and_takes_no_other_with_it()
    {
        using var free = new ManualResetEventSlim();
        var commits = 0;
        await using var counting = new JsonFolder(folder.Path) { Step = what => commits += what == "flush the record" ? 1 : 0 };
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = counting.WriteAsync(
            to =>
            {
                begun.SetResult();
                free.Wait();
                to.PutText("first", "1");
                return true;
            },
            default);
        await begun.Task;
        var waiting = Enumerable.Range(0, 50).Select(n => PutAsync(counting, $"file {n}", $"{n}")).ToArray();
        var fails = counting.WriteAsync<bool>(
            to =>
            {
                to.PutText("file 1", "spoilt");
                to.PutText("half", "1");
                to.AddText("lines", "half\n"u8.ToArray());
                to.Delete("first");
                throw new LinodeToolkitException(new Problem("LCT9999", "failed"));
            },
            default);
        var after = PutAsync(counting, "after", "1");
        free.Set();
        await Assert.ThrowsAsync<LinodeToolkitException>(() => fails);
        await Task.WhenAll([first, after, .. waiting]);

        Assert.Equal(2, commits);
        Assert.Equal("1", await GetAsync(folder, "file 1"));
        Assert.Equal(("1", "1"), (await GetAsync(folder, "first"), await GetAsync(folder, "after")));
        Assert.False(File.Exists(Path.Combine(folder.Path, "half")) || File.Exists(Path.Combine(folder.Path, "lines")));
    }

    [Fact]
    public async Task A_write_cancelled_before_its_turn_is_not_made()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => folder.WriteAsync(
            to =>
            {
                to.PutText("one", "1");
                return true;
            },
            cancelled.Token));
        Assert.Null(await GetAsync(folder, "one"));
    }

    [Fact]
    public async Task What_is_stopped_before_its_commit_never_was_and_after_it_is_kept_though_nobody_is_told()
    {
        var commits = 0;
        var watch = new CommitWatch(() => ++commits == 2 ? Stop() : Task.CompletedTask, () => commits == 3 ? Stop() : Task.CompletedTask);
        await using (var watched = new JsonFolder(folder.Path) { Watch = watch })
        {
            await PutAsync(watched, "one", "1");
            await Assert.ThrowsAsync<LinodeToolkitException>(() => PutAsync(watched, "two", "1"));
            await Assert.ThrowsAsync<LinodeToolkitException>(() => PutAsync(watched, "three", "1"));
        }

        Assert.Equal(("1", null, "1"), (await GetAsync(folder, "one"), await GetAsync(folder, "two"), await GetAsync(folder, "three")));

        static Task Stop() => Task.FromException(new IOException("stopped"));
    }

    [Fact]
    public async Task Writes_that_are_watched_share_no_commit()
    {
        var commits = 0;
        await using var watched = new JsonFolder(folder.Path) { Watch = new(() => Task.FromResult(++commits), () => Task.CompletedTask) };
        await Task.WhenAll(Enumerable.Range(1, 50).Select(n => PutAsync(watched, $"{n}", "1")));
        Assert.Equal(50, commits);
    }

    [Fact]
    public async Task Many_that_open_and_write_the_same_new_folder_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(who => Task.Run(async () =>
        {
            await using var mine = new JsonFolder(folder.Path);
            await Task.WhenAll(Enumerable.Range(0, 50).Select(n => PutAsync(mine, $"{who}/{n}", "1")));
        })));
        Assert.Equal(400, Enumerable.Range(0, 8).Sum(who => Directory.GetFiles(Path.Combine(folder.Path, $"{who}")).Length));
    }

    [Fact]
    public async Task Keeps_no_more_beside_the_files_than_it_needs()
    {
        await using (var other = new JsonFolder(folder.Path))
        {
            await PutAsync(other, "one", "1");
        }

        var left = Directory.GetFiles(Path.Combine(folder.Path, FolderEngine.Own), "*", SearchOption.AllDirectories);
        Assert.Equal([".gitignore", "holder", "lock", "log", "state"], left.Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Equal(0, new FileInfo(Path.Combine(folder.Path, FolderEngine.Own, "log")).Length);
    }

    public async ValueTask DisposeAsync()
    {
        await folder.DisposeAsync();
        temp.Dispose();
    }

    private static Task PutAsync(JsonFolder to, string path, string text) => to.WriteAsync(
        transaction =>
        {
            transaction.PutText(path, text);
            return true;
        },
        default);

    private static Task<string?> GetAsync(JsonFolder from, string path) => from.ReadAsync(view => view.GetText(path), default);

    private static async Task<Problem> ProblemAsync(Func<Task> work) => (await Assert.ThrowsAsync<LinodeToolkitException>(work)).Problem;
}
