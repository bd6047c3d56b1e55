using LinodeClusterToolkit.Sql;
using LinodeClusterToolkit.Sqlite;

namespace LinodeClusterToolkit.Tests.Sqlite;

public sealed class CommitWatchTests : IDisposable
{
    private static readonly SqlSchema Words = new("words", ["CREATE TABLE word (text TEXT PRIMARY KEY)"]);
    private readonly TempFolder folder = new();

    [Fact]
    public async Task What_is_stopped_before_its_commit_never_was_and_after_it_is_kept_though_nobody_is_told()
    {
        var commits = 0;
        var watch = new CommitWatch(() => ++commits == 2 ? Stop() : Task.CompletedTask, () => commits == 3 ? Stop() : Task.CompletedTask);
        await using (var file = new SqliteFile(folder["store.db"], Words) { Watch = watch })
        {
            await AddAsync(file, "one");
            await Assert.ThrowsAsync<IOException>(() => AddAsync(file, "two"));
            await Assert.ThrowsAsync<IOException>(() => AddAsync(file, "three"));
        }

        Assert.Equal(["one", "three"], await AllAsync());

        static Task Stop() => Task.FromException(new IOException("stopped"));
    }

    [Fact]
    public async Task Writes_that_are_watched_share_no_commit()
    {
        var commits = 0;
        await using var file = new SqliteFile(folder["store.db"], Words)
        {
            Watch = new CommitWatch(() => Task.FromResult(++commits), () => Task.CompletedTask),
        };

        await Task.WhenAll(Enumerable.Range(1, 50).Select(number => AddAsync(file, $"{number}")));

        Assert.Equal(50, commits);
    }

    public void Dispose() => folder.Dispose();

    private static Task AddAsync(SqliteFile file, string word) =>
        file.WriteAsync(session => session.Execute("INSERT INTO word VALUES ($1)", word), CancellationToken.None);

    private async Task<List<string>> AllAsync()
    {
        await using var file = new SqliteFile(folder["store.db"], Words);
        return await file.ReadAsync(session => session.Query("SELECT text FROM word ORDER BY rowid", row => row.GetString(0)), CancellationToken.None);
    }
}
