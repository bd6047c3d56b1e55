using System.Globalization;
using System.Runtime.Versioning;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Secrets;

[UnsupportedOSPlatform("windows")]
public sealed class EncryptedFileSecretStoreTests : SecretStoreTests, IDisposable
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TempFolder folder = new();

    public EncryptedFileSecretStoreTests() => Store = Open();

    private protected override ISecretStore Store { get; }

    private string Path => folder["data/secrets.age"];

    [Fact]
    public async Task Makes_one_file_and_its_folder_that_only_their_owner_can_read()
    {
        await Store.SetAsync("web/nodes/key", new("very secret"), default);

        Assert.Equal(FileMode, File.GetUnixFileMode(Path));
        Assert.Equal(FileMode | UnixFileMode.UserExecute, File.GetUnixFileMode(folder["data"]));
        Assert.Equal(["secrets.age", "secrets.lock"], Directory.GetFileSystemEntries(folder["data"]).Select(System.IO.Path.GetFileName).Order());
        Assert.DoesNotContain("secret", File.ReadAllText(Path)[..200].Replace("scrypt", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_for_no_passphrase_and_makes_nothing_until_something_is_stored()
    {
        var store = new EncryptedFileSecretStore(Path, () => throw new InvalidOperationException("asked"), 12);
        Assert.Null(await store.FindAsync("a"));
        Assert.Empty(await store.ListAsync(default));
        Assert.False(await store.DeleteAsync("a", default));
        Assert.False(await store.TrySetAsync("a", new("1"), "7", default));
        Assert.False(Directory.Exists(folder["data"]));
    }

    [Fact]
    public async Task Asks_once_and_again_after_a_wrong_answer()
    {
        await Store.SetAsync("a", new("1"), default);
        var answers = new Queue<string>(["wrong", "open sesame"]);
        var store = new EncryptedFileSecretStore(Path, () => new(answers.Dequeue()), 12);

        Assert.Equal("LCT7212", (await ProblemAsync(() => store.FindAsync("a"))).Code);
        Assert.Equal("1", (await store.FindAsync("a"))!.Reveal());
        await store.SetAsync("b", new("2"), default);
    }

    [Fact]
    public async Task A_wrong_passphrase_writes_nothing()
    {
        await Store.SetAsync("a", new("1"), default);
        var before = File.ReadAllBytes(Path);
        var other = Open("another");

        Assert.Equal("LCT7212", (await ProblemAsync(() => other.SetAsync("a", new("2"), default))).Code);
        Assert.Equal("LCT7212", (await ProblemAsync(() => other.DeleteAsync("a", default))).Code);
        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    [Fact]
    public async Task Says_that_there_is_no_passphrase()
    {
        Assert.Equal("LCT7206", (await ProblemAsync(() => new EncryptedFileSecretStore(Path, null, 12).SetAsync("a", new("1"), default))).Code);
        Assert.Equal("LCT7206", (await ProblemAsync(() => Open("").SetAsync("a", new("1"), default))).Code);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task A_damaged_file_is_neither_read_nor_replaced()
    {
        await Store.SetAsync("a", new("1"), default);
        var damaged = File.ReadAllBytes(Path);
        damaged[^5] ^= 1;
        File.WriteAllBytes(Path, damaged);

        foreach (var store in new[] { Store, Open() })
        {
            Assert.Equal("LCT7215", (await ProblemAsync(() => store.FindAsync("a"))).Code);
            Assert.Equal("LCT7215", (await ProblemAsync(() => store.SetAsync("b", new("2"), default))).Code);
        }

        Assert.Equal(damaged, File.ReadAllBytes(Path));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{ "format": 2, "version": 1, "secrets": {} }""")]
    [InlineData("""{ "format": 1, "version": 1, "secrets": { "a": { "version": 1 } } }""")]
    [InlineData("""{ "format": 1, "version": 1, "secrets": { "a": { "version": 1, "value": "canary" }, "a": { "version": 1, "value": "x" } } }""")]
    [InlineData("canary")]
    public async Task Says_that_a_file_that_opens_holds_something_else_and_does_not_repeat_it(string content)
    {
        await Store.SetAsync("a", new("1"), default);
        File.WriteAllBytes(Path, LinodeClusterToolkit.Secrets.Age.AgeFile.Seal(
            LinodeClusterToolkit.Secrets.Age.AgeKey.Make(new("open sesame"), 12), System.Text.Encoding.UTF8.GetBytes(content)));

        var thrown = await Assert.ThrowsAsync<LinodeToolkitException>(() => Open().FindAsync("a"));
        Assert.Equal("LCT7220", thrown.Problem.Code);
        Assert.DoesNotContain("canary", thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_file_or_a_folder_others_can_get_at()
    {
        await Store.SetAsync("a", new("1"), default);
        File.SetUnixFileMode(Path, FileMode | UnixFileMode.GroupRead);
        Assert.Equal("LCT7201", (await ProblemAsync(() => Store.FindAsync("a"))).Code);

        File.SetUnixFileMode(Path, FileMode);
        File.SetUnixFileMode(folder["data"], (UnixFileMode)0b111_101_101);
        Assert.Equal("LCT7201", (await ProblemAsync(() => Store.SetAsync("a", new("2"), default))).Code);
    }

    [Fact]
    public async Task Sees_what_another_has_written()
    {
        await Store.SetAsync("a", new("1"), default);
        var other = Open();
        await other.SetAsync("a", new("2"), default);
        await other.SetAsync("b", new("3"), default);

        Assert.Equal("2", (await Store.FindAsync("a"))!.Reveal());
        await Store.SetAsync("c", new("4"), default);
        Assert.Equal(["a", "b", "c"], await other.ListAsync(default));
    }

    [Fact]
    public async Task A_secret_that_was_deleted_and_made_again_is_another()
    {
        await Store.SetAsync("a", new("1"), default);
        var seen = (await Store.ReadAsync("a", default))!.Version;
        await Store.DeleteAsync("a", default);
        await Store.SetAsync("a", new("1"), default);

        Assert.False(await Store.TrySetAsync("a", new("2"), seen, default));
    }

    [Fact]
    public async Task What_comes_while_one_write_is_under_way_shares_the_next()
    {
        var store = Open();
        await Task.WhenAll(Enumerable.Range(0, 328).Select(at => store.SetAsync($"nodes/{at}", new($"{at}"), default)));

        Assert.InRange(store.Writes, 1, 20);
        Assert.Equal(328, (await Open().ListAsync(default)).Count);
    }

    [Fact]
    public async Task Two_stores_over_one_file_lose_nothing_of_each_others()
    {
        var stores = new[] { Open(), Open(), Open() };
        await Store.SetAsync("sum", new("0"), default);

        await Task.WhenAll(stores.Select((store, who) => Task.Run(async () =>
        {
            for (var added = 0; added < 6;)
            {
                var seen = (await store.ReadAsync("sum", default))!;
                var more = int.Parse(seen.Value.Reveal(), CultureInfo.InvariantCulture) + 1;
                added += await store.TrySetAsync("sum", new($"{more}"), seen.Version, default) ? 1 : 0;
                await store.SetAsync($"own/{who}/{more}", new("x"), default);
            }
        })));

        Assert.Equal("18", (await Store.FindAsync("sum"))!.Reveal());
    }

    [Fact]
    public async Task A_writer_that_is_stopped_at_any_byte_leaves_the_old_file_whole()
    {
        await Store.SetAsync("a", new("old"), default);
        var old = File.ReadAllBytes(Path);
        await Store.SetAsync("a", new("new"), default);
        var written = File.ReadAllBytes(Path);
        File.WriteAllBytes(Path, old);
        var reader = Open();

        for (var stopped = 0; stopped <= written.Length; stopped++)
        {
            File.WriteAllBytes($"{Path}~{stopped}", written[..stopped]);
            Assert.Equal("old", (await reader.FindAsync("a"))!.Reveal());
        }

        // The next to write clears up what all of them left.
        await reader.SetAsync("b", new("2"), default);
        Assert.Equal(["secrets.age", "secrets.lock"], Directory.GetFiles(folder["data"]).Select(System.IO.Path.GetFileName).Order());
        Assert.Equal(("old", "2"), ((await Open().FindAsync("a"))!.Reveal(), (await Open().FindAsync("b"))!.Reveal()));
    }

    [Fact]
    public async Task A_write_that_fails_leaves_the_old_file_and_the_store_goes_on()
    {
        await Store.SetAsync("a", new("1"), default);
        Directory.Delete(folder["data"], recursive: true);
        File.WriteAllText(folder["data"], "in the way");
        Assert.Equal(7, (await ProblemAsync(() => Store.SetAsync("a", new("2"), default))).Family);

        File.Delete(folder["data"]);
        await Store.SetAsync("a", new("3"), default);
        Assert.Equal("3", (await Open().FindAsync("a"))!.Reveal());
    }

    [Fact]
    public async Task A_change_that_is_refused_stops_no_other()
    {
        var (bad, good) = (Store.SetAsync("bad", new("\ud800"), default), Store.SetAsync("good", new("1"), default));

        await Assert.ThrowsAnyAsync<ArgumentException>(() => bad);
        await good;
        Assert.Equal(["good"], await Store.ListAsync(default));
    }

    [Fact]
    public async Task A_change_that_is_cancelled_before_its_write_is_not_made()
    {
        using var stop = new CancellationTokenSource();
        using (await new StoreLock(LockFile()).TakeAsync(default))
        {
            var waiting = Store.SetAsync("a", new("1"), stop.Token);
            var other = Store.SetAsync("b", new("2"), default);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            Assert.False(other.IsCompleted);
        }

        await Store.SetAsync("c", new("3"), default);
        Assert.Equal(["b", "c"], await Store.ListAsync(default));
    }

    [Theory]
    [InlineData("ümläut 🔑 \u0000 end")]
    [InlineData("\"quotes\" and \\ and </script>")]
    public async Task Keeps_any_text_exactly(string value)
    {
        await Store.SetAsync("a", new(value), default);

        Assert.Equal(value, (await Open().FindAsync("a"))!.Reveal());
    }

    public void Dispose() => folder.Dispose();

    private static async Task<Problem> ProblemAsync(Func<Task> work) => (await Assert.ThrowsAsync<LinodeToolkitException>(work)).Problem;

    private string LockFile()
    {
        Directory.CreateDirectory(folder["data"], FileMode | UnixFileMode.UserExecute);
        return folder["data/secrets.lock"];
    }

    // The lowest work factor: what is written is the same otherwise.
    private EncryptedFileSecretStore Open(string passphrase = "open sesame") => new(Path, () => new Sensitive(passphrase), workFactor: 12);
}
