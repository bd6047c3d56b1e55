using System.Runtime.Versioning;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Sql;
using LinodeClusterToolkit.Sqlite;

namespace LinodeClusterToolkit.Tests.Sqlite;

[UnsupportedOSPlatform("windows")]
public sealed class SqliteFileTests : IAsyncDisposable
{
    private static readonly SqlSchema Words = new("words", ["CREATE TABLE word (text TEXT PRIMARY KEY)"]);
    private readonly TempFolder folder = new();
    private readonly SqliteFile file;

    public SqliteFileTests() => file = new SqliteFile(folder["data/store.db"], Words);

    [Fact]
    public async Task Makes_a_private_file_in_a_private_folder()
    {
        await AddAsync(file, "one");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder["data"]));
        Assert.All(
            Directory.GetFiles(folder["data"]),
            path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));
        Assert.True(File.Exists(folder["data/store.db-wal"]), "write-ahead log in use");
    }

    [Fact]
    public void Touches_nothing_before_its_first_use() => Assert.False(Directory.Exists(folder["data"]));

    [Fact]
    public async Task Refuses_a_file_others_can_read()
    {
        await AddAsync(file, "one");
        File.SetUnixFileMode(file.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        await using var again = new SqliteFile(file.Path, Words);
        var problem = await ProblemAsync(() => CountAsync(again));
        Assert.Equal("LCT7201", problem.Code);
        Assert.Equal([$"chmod 0600 '{file.Path}'"], problem.Fixes);
        Assert.Contains("its mode is 0640", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_folder_others_can_look_into_and_works_once_that_is_mended()
    {
        Directory.CreateDirectory(folder["data"], (UnixFileMode)0b111_101_101);
        Assert.Equal("LCT7201", (await ProblemAsync(() => AddAsync(file, "one"))).Code);
        File.SetUnixFileMode(folder["data"], (UnixFileMode)0b111_000_000);
        await AddAsync(file, "one");
        Assert.Equal(1, await CountAsync(file));
    }

    [Fact]
    public async Task Says_that_a_path_cannot_be_used()
    {
        File.WriteAllText(folder["data"], "in the way");
        Assert.Equal("LCT7203", (await ProblemAsync(() => CountAsync(file))).Code);
    }

    [Fact]
    public async Task Refuses_a_file_of_a_newer_version_and_leaves_it_alone()
    {
        await using (var newer = new SqliteFile(file.Path, new SqlSchema("words", [.. Words.Migrations, "CREATE TABLE later (x)"])))
        {
            await AddAsync(newer, "one");
        }

        var problem = await ProblemAsync(() => AddAsync(file, "two"));
        Assert.Equal("LCT7101", problem.Code);
        Assert.Equal("its words records have format 2, this version knows up to 1", problem.Why);
    }

    [Fact]
    public async Task Brings_an_older_file_up_step_by_step_and_keeps_its_rows()
    {
        await AddAsync(file, "one");
        var schema = new SqlSchema(
            "words", [.. Words.Migrations, "ALTER TABLE word ADD COLUMN length INTEGER", "UPDATE word SET length = length(text)"]);
        var other = new SqlSchema("numbers", ["CREATE TABLE number (value INTEGER)"]);
        await using var later = new SqliteFile(file.Path, schema, other);
        Assert.Equal([3], await later.ReadAsync(session => session.Query("SELECT length FROM word", row => row.GetInt32(0)), default));
        Assert.Empty(await later.ReadAsync(session => session.Query("SELECT value FROM number", row => row.GetInt32(0)), default));
    }

    [Fact]
    public async Task Says_that_a_file_is_damaged()
    {
        Directory.CreateDirectory(folder["data"], (UnixFileMode)0b111_000_000);
        File.WriteAllText(file.Path, string.Concat(Enumerable.Repeat("this is no database. ", 500)));
        File.SetUnixFileMode(file.Path, (UnixFileMode)0b110_000_000);
        var problem = await ProblemAsync(() => CountAsync(file));
        Assert.Equal("LCT7102", problem.Code);
        Assert.Equal(file.Path, problem.Where);
    }

    [Fact]
    public async Task Says_that_a_page_is_damaged_before_it_writes_anything()
    {
        await file.WriteAsync(
            session => Enumerable.Range(0, 500).Sum(n => session.Execute("INSERT INTO word VALUES ($1)", $"{n} {new string('x', 100)}")), default);
        await file.DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(file.Path);
        bytes.AsSpan(bytes.Length - 4096).Fill(0xAB);
        await File.WriteAllBytesAsync(file.Path, bytes);
        await using var again = new SqliteFile(file.Path, Words);
        Assert.Equal("LCT7102", (await ProblemAsync(() => AddAsync(again, "one"))).Code);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file.Path));
    }

    [Fact]
    public async Task An_empty_file_has_lost_its_content_and_is_not_taken_for_a_new_one()
    {
        Directory.CreateDirectory(folder["data"], (UnixFileMode)0b111_000_000);
        File.WriteAllText(file.Path, "");
        File.SetUnixFileMode(file.Path, (UnixFileMode)0b110_000_000);
        Assert.Equal("LCT7107", (await ProblemAsync(() => AddAsync(file, "one"))).Code);
        Assert.Equal(0, new FileInfo(file.Path).Length);
        Assert.Equal([file.Path], Directory.GetFiles(folder["data"]));
    }

    [Fact]
    public async Task A_log_without_its_file_is_not_taken_for_the_log_of_a_new_one()
    {
        Directory.CreateDirectory(folder["data"], (UnixFileMode)0b111_000_000);
        File.WriteAllText(file.Path + "-wal", "what was written last");
        Assert.Equal("LCT7108", (await ProblemAsync(() => AddAsync(file, "one"))).Code);
        Assert.Equal([file.Path + "-wal"], Directory.GetFiles(folder["data"]));
        File.Delete(file.Path + "-wal");
        await AddAsync(file, "one");
    }

    [Fact]
    public async Task Says_that_a_file_stays_locked_and_that_later_it_may_not_be()
    {
        await AddAsync(file, "one");
        await using var hasty = new SqliteFile(file.Path, Words) { LockWait = TimeSpan.FromMilliseconds(1) };
        using var other = new SqliteSession(file.Path, TimeSpan.Zero);
        other.Execute("BEGIN IMMEDIATE");
        var problem = await ProblemAsync(() => AddAsync(hasty, "two"));
        Assert.Equal(("LCT7103", true), (problem.Code, problem.Retryable));
        other.Execute("COMMIT");
        await AddAsync(hasty, "two");
    }

    [Fact]
    public async Task Says_that_the_disk_is_full_loses_nothing_and_goes_on_when_there_is_room()
    {
        await AddAsync(file, "one");
        await file.WriteAsync(session => session.Query("PRAGMA max_page_count = 1", _ => 0), default);
        var problem = await ProblemAsync(() => AddAsync(file, new string('x', 100_000)));
        Assert.Equal("LCT7104", problem.Code);
        await file.WriteAsync(session => session.Query("PRAGMA max_page_count = 1000000", _ => 0), default);
        await AddAsync(file, "two");
        Assert.Equal(2, await CountAsync(file));
    }

    [Fact]
    public async Task Says_that_a_file_cannot_be_written()
    {
        await file.WriteAsync(session => session.Execute("PRAGMA query_only = ON"), default);
        Assert.Equal("LCT7105", (await ProblemAsync(() => AddAsync(file, "one"))).Code);
    }

    [Fact]
    public async Task Writes_that_wait_together_share_a_commit()
    {
        using var free = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = file.WriteAsync(session =>
        {
            begun.SetResult();
            free.Wait();
            return session.Execute("INSERT INTO word VALUES ('first')");
        }, default);
        await begun.Task;
        var waiting = Enumerable.Range(0, 200).Select(n => AddAsync(file, $"word {n}")).ToArray();

        // The last of them still sees nothing but the first from outside: all of theirs is one transaction.
        var outside = file.WriteAsync(_ =>
        {
            using var other = new SqliteSession(file.Path, TimeSpan.Zero);
            return other.Query("SELECT count(*) FROM word", row => row.GetInt32(0))[0];
        }, default);
        free.Set();
        await first;
        Assert.Equal(1, await outside);
        await Task.WhenAll(waiting);
        Assert.Equal(201, await CountAsync(file));
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing_of_itself_and_takes_no_other_with_it()
    {
        var before = AddAsync(file, "a");
        var fails = file.WriteAsync(session =>
        {
            session.Execute("INSERT INTO word VALUES ('half')");
            return session.Execute("INSERT INTO word VALUES ('a')");
        }, default);
        var after = AddAsync(file, "c");
        await Assert.ThrowsAsync<LinodeToolkitException>(() => fails);
        await Task.WhenAll(before, after);
        var words = await file.ReadAsync(session => session.Query("SELECT text FROM word ORDER BY text", row => row.GetString(0)), default);
        Assert.Equal(["a", "c"], words);
    }

    [Fact]
    public async Task A_write_cancelled_before_its_turn_is_not_made()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            file.WriteAsync(session => session.Execute("INSERT INTO word VALUES ('a')"), cancelled.Token));
        Assert.Equal(0, await CountAsync(file));
    }

    [Fact]
    public async Task What_was_told_to_be_durable_is_there_when_the_process_dies_the_next_moment()
    {
        var written = 0;
        for (var n = 0; n < 50; n++)
        {
            await AddAsync(file, $"word {n}");
            written++;
        }

        // As the disk looks to whoever comes after a kill: the files as they are, the log neither closed nor merged.
        var inFlight = Enumerable.Range(100, 50).Select(n => AddAsync(file, $"word {n}")).ToArray();
        Directory.CreateDirectory(folder["after"], (UnixFileMode)0b111_000_000);
        File.Copy(file.Path, folder["after/store.db"]);
        File.Copy(file.Path + "-wal", folder["after/store.db-wal"]);
        await Task.WhenAll(inFlight);

        await using var after = new SqliteFile(folder["after/store.db"], Words);
        Assert.InRange(await CountAsync(after), written, written + inFlight.Length);
        Assert.Equal(["ok"], await after.ReadAsync(session => session.Query("PRAGMA integrity_check", row => row.GetString(0)), default));
    }

    [Fact]
    public async Task Many_that_open_and_write_the_same_new_file_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(who => Task.Run(async () =>
        {
            await using var mine = new SqliteFile(file.Path, Words);
            await Task.WhenAll(Enumerable.Range(0, 50).Select(n => AddAsync(mine, $"{who} says {n}")));
        })));
        Assert.Equal(400, await CountAsync(file));
    }

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        folder.Dispose();
    }

    private static Task AddAsync(SqliteFile to, string text) =>
        to.WriteAsync(session => session.Execute("INSERT INTO word VALUES ($1)", text), default);

    private static async Task<int> CountAsync(SqliteFile of) =>
        (await of.ReadAsync(session => session.Query("SELECT count(*) FROM word", row => row.GetInt32(0)), default))[0];

    private static async Task<Problem> ProblemAsync(Func<Task> work) => (await Assert.ThrowsAsync<LinodeToolkitException>(work)).Problem;
}
