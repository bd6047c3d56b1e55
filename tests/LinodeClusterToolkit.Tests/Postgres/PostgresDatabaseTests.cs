using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Postgres;
using LinodeClusterToolkit.Sql;
using LinodeClusterToolkit.Sqlite;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Postgres;

public sealed class PostgresDatabaseTests : IDisposable
{
    private static readonly SqlSchema Words = new("words", ["CREATE TABLE word (text TEXT PRIMARY KEY)"]);
    private readonly string place = PostgresServer.NewPlace();
    private readonly TempFolder folder = new();

    [Fact]
    public async Task Goes_on_where_the_server_was_killed_and_came_again_and_loses_nothing_it_told_to_be_durable()
    {
        using var server = PostgresServer.Own();
        await using var database = Open(PostgresServer.PlaceIn(server.Url));
        await AddAsync(database, "first");
        var told = new List<string> { "first" };
        var writing = Task.Run(async () =>
        {
            for (var n = 0; n < 300; n++)
            {
                // Where its end was not heard of it is played again, and may be there.
                await database.WriteAsync(session => session.Execute("INSERT INTO word VALUES ($1) ON CONFLICT DO NOTHING", $"{n}"), default);
                told.Add($"{n}");
            }
        });
        for (var kill = 0; kill < 3; kill++)
        {
            var before = told.Count;
            SpinWait.SpinUntil(() => told.Count > before + 5 || writing.IsCompleted);
            server.Restart();
        }

        await writing;
        Assert.Equal(told.Order(), (await AllAsync(database)).Order());
    }

    [Fact]
    public async Task Plays_again_what_waited_for_each_other()
    {
        await using var one = Open(place);
        await using var two = Open(place);
        await AddAsync(one, "a");
        await AddAsync(one, "b");
        using var met = new Barrier(2);
        Task Lock(PostgresDatabase database, params string[] words)
        {
            var tries = 0;
            return database.WriteAsync(
                session =>
                {
                    session.Query("SELECT text FROM word WHERE text = $1 FOR UPDATE", row => row.GetString(0), words[0]);
                    if (tries++ == 0)
                    {
                        met.SignalAndWait();
                    }

                    return session.Query("SELECT text FROM word WHERE text = $1 FOR UPDATE", row => row.GetString(0), words[1]);
                },
                default);
        }

        await Task.WhenAll(Lock(one, "a", "b"), Lock(two, "b", "a"));
    }

    [Fact]
    public async Task One_write_that_fails_takes_nothing_of_those_that_share_its_commit()
    {
        await using var database = Open(place);
        await AddAsync(database, "twice");
        var writes = Enumerable.Range(0, 40).Select(n => AddAsync(database, n % 4 == 0 ? "twice" : $"{n}")).ToArray();
        await Task.WhenAll(writes.Select(write => write.ContinueWith(_ => { }, TaskScheduler.Default)));
        Assert.Equal(10, writes.Count(write => write.IsFaulted));
        Assert.Equal(31, (await AllAsync(database)).Count);
        Assert.Equal("LCT7138", ((LinodeToolkitException)writes[0].Exception!.InnerException!).Problem.Code);
    }

    [Fact]
    public async Task Many_that_open_a_new_place_at_once_make_its_tables_once()
    {
        var all = Enumerable.Range(0, 12).Select(_ => Open(place)).ToArray();
        await Task.WhenAll(all.Select((database, n) => Task.Run(() => AddAsync(database, $"{n}"))));
        Assert.Equal(12, (await AllAsync(all[0])).Count);
        foreach (var database in all)
        {
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Refuses_what_a_newer_version_wrote_and_brings_an_older_one_up_to_date()
    {
        await using (var old = Open(place))
        {
            await AddAsync(old, "kept");
        }

        var newer = new SqlSchema("words", [.. Words.Migrations, "ALTER TABLE word ADD COLUMN more TEXT NOT NULL DEFAULT 'x'"]);
        await using (var database = new PostgresDatabase(PostgresAddress.Parse(place), null, newer))
        {
            Assert.Equal(["kept x"], await database.ReadAsync(
                session => session.Query("SELECT text, more FROM word", row => $"{row.GetString(0)} {row.GetString(1)}"), default));
        }

        await using var again = Open(place);
        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(() => AddAsync(again, "more"));
        Assert.Equal("LCT7101", refused.Problem.Code);
    }

    [Theory]
    [InlineData("postgres://tests:wrong@HOST/postgres", "LCT7133")]
    [InlineData("postgres://tests:tests@HOST/nowhere", "LCT7134")]
    [InlineData("postgres://tests:tests@127.0.0.1:1/postgres", "LCT7132")]
    public async Task Says_what_is_wrong_with_a_server_and_no_password(string url, string code)
    {
        var host = new Uri(place).Authority;
        await using var database = new PostgresDatabase(PostgresAddress.Parse(url.Replace("HOST", host)), null, Words)
        {
            Patience = TimeSpan.FromSeconds(1),
        };
        var wrote = (await Assert.ThrowsAsync<LinodeToolkitException>(() => AddAsync(database, "x"))).Problem;
        var read = (await Assert.ThrowsAsync<LinodeToolkitException>(() => AllAsync(database))).Problem;
        Assert.Equal((code, code), (wrote.Code, read.Code));
        Assert.DoesNotContain("wrong", wrote.ToString());
        Assert.DoesNotContain(":tests", wrote.ToString());
    }

    [Theory]
    [InlineData("http://host/x")]
    [InlineData("postgres://host")]
    [InlineData("Host=x;Database=y")]
    [InlineData("postgres://host/x?sslmode=perhaps")]
    [InlineData("postgres://host/x?schema=a%22b")]
    [InlineData("postgres://host/x?colour=blue")]
    public void Reads_no_address_that_is_none(string url) =>
        Assert.Equal("LCT7131", Assert.Throws<LinodeToolkitException>(() => PostgresAddress.Parse(url)).Problem.Code);

    [Theory]
    [InlineData("postgres://me@db.example.org/lct", "VerifyFull")]
    [InlineData("postgres://me@db.example.org/lct?sslmode=disable", "Disable")]
    [InlineData("postgres://me@127.0.0.1/lct", "Prefer")]
    [InlineData("postgres://me@db.example.org:6432/lct?sslmode=verify-ca", "VerifyCA")]
    public void Goes_to_other_machines_by_checked_certificates_unless_told_otherwise(string url, string mode) =>
        Assert.Equal(mode, PostgresAddress.Parse(url).Settings.SslMode.ToString());

    [Fact]
    public async Task Has_the_same_columns_as_a_database_file()
    {
        await using var server = new PostgresDatabase(
            PostgresAddress.Parse(place), null, PostgresTables.Inventory, PostgresTables.Journal, PostgresTables.Leases);
        await using var file = new SqliteFile(folder["i.db"], SqliteTables.All);
        var here = await server.ReadAsync(
            session => session.Query(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = $1",
                row => $"{row.GetString(0)}.{row.GetString(1)}", PostgresAddress.Parse(place).Schema),
            default);
        var there = await file.ReadAsync(
            session => session.Query(
                "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
                row => $"{row.GetString(0)}.{row.GetString(1)}"),
            default);
        Assert.Equal(there.Order(StringComparer.Ordinal), here.Order(StringComparer.Ordinal));
    }

    public void Dispose() => folder.Dispose();

    private static PostgresDatabase Open(string place) => new(PostgresAddress.Parse(place), null, Words);

    private static Task AddAsync(PostgresDatabase to, string word) =>
        to.WriteAsync(session => session.Execute("INSERT INTO word VALUES ($1)", word), default);

    private static Task<List<string>> AllAsync(PostgresDatabase of) =>
        of.ReadAsync(session => session.Query("SELECT text FROM word", row => row.GetString(0)), default);
}
