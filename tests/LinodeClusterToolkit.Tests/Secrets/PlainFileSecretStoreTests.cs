using System.Globalization;
using System.Runtime.Versioning;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;

namespace LinodeClusterToolkit.Tests.Secrets;

[UnsupportedOSPlatform("windows")]
public sealed class PlainFileSecretStoreTests : SecretStoreTests, IDisposable
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;
    private readonly TempFolder folder = new();

    public PlainFileSecretStoreTests() => Store = new PlainFileSecretStore(folder["secrets"]);

    private protected override ISecretStore Store { get; }

    [Fact]
    public async Task Makes_files_and_folders_that_only_their_owner_can_read()
    {
        await Store.SetAsync("web/nodes/key", new("x"), default);
        Assert.Equal(FolderMode, File.GetUnixFileMode(folder["secrets"]));
        Assert.Equal(FolderMode, File.GetUnixFileMode(folder["secrets/web/nodes"]));
        Assert.Equal(FileMode, File.GetUnixFileMode(folder["secrets/web/nodes/key"]));
        Assert.Equal("x"u8.ToArray(), File.ReadAllBytes(folder["secrets/web/nodes/key"]));
    }

    [Fact]
    public async Task Makes_missing_folders_above_its_own_as_private()
    {
        await new PlainFileSecretStore(folder["new/data/secrets"]).SetAsync("a", new("1"), default);
        Assert.Equal((FolderMode, FolderMode), (File.GetUnixFileMode(folder["new"]), File.GetUnixFileMode(folder["new/data"])));
    }

    [Fact]
    public async Task Touches_nothing_until_something_is_stored()
    {
        await Store.FindAsync("a", default);
        await Store.ListAsync(default);
        await Store.DeleteAsync("a", default);
        Assert.False(Directory.Exists(folder["secrets"]));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public async Task Refuses_a_file_others_can_get_at(UnixFileMode more)
    {
        await Store.SetAsync("a", new("1"), default);
        File.SetUnixFileMode(folder["secrets/a"], FileMode | more);
        Assert.Equal("LCT7201", (await ProblemAsync(() => Store.FindAsync("a", default))).Code);
        Assert.Equal("LCT7201", (await ProblemAsync(() => Store.SetAsync("a", new("2"), default))).Code);
        Assert.Equal("1", File.ReadAllText(folder["secrets/a"]));
    }

    [Theory]
    [InlineData("secrets")]
    [InlineData("secrets/web")]
    public async Task Refuses_a_folder_others_can_look_into(string wide)
    {
        await Store.SetAsync("web/a", new("1"), default);
        File.SetUnixFileMode(folder[wide], FolderMode | UnixFileMode.OtherExecute);
        var problem = await ProblemAsync(() => Store.FindAsync("web/a", default));
        Assert.Equal(("LCT7201", $"chmod 0700 '{folder[wide]}'"), (problem.Code, Assert.Single(problem.Fixes)));
    }

    [Fact]
    public async Task Refuses_links_to_files_and_folders()
    {
        await Store.SetAsync("real/a", new("1"), default);
        File.CreateSymbolicLink(folder["secrets/linked"], folder["secrets/real/a"]);
        Directory.CreateSymbolicLink(folder["secrets/folder"], folder["secrets/real"]);
        Assert.Equal("LCT7202", (await ProblemAsync(() => Store.FindAsync("linked", default))).Code);
        Assert.Equal("LCT7202", (await ProblemAsync(() => Store.SetAsync("linked", new("2"), default))).Code);
        Assert.Equal("LCT7202", (await ProblemAsync(() => Store.FindAsync("folder/a", default))).Code);
        Assert.Equal("LCT7202", (await ProblemAsync(() => Store.SetAsync("folder/b", new("2"), default))).Code);
        Assert.Equal(["real/a"], await Store.ListAsync(default));
    }

    [Fact]
    public async Task Refuses_a_secret_where_a_folder_is_and_a_folder_where_a_secret_is()
    {
        await Store.SetAsync("web/a", new("1"), default);
        Assert.Equal("LCT1036", (await ProblemAsync(() => Store.SetAsync("web", new("2"), default))).Code);
        Assert.Equal("LCT1036", (await ProblemAsync(() => Store.SetAsync("web/a/b", new("2"), default))).Code);
    }

    [Fact]
    public async Task Shows_the_old_value_or_the_new_and_never_a_part()
    {
        var values = new[] { new string('a', 50_000), new string('b', 50_000) };
        await Store.SetAsync("a", new(values[0]), default);
        var writers = Enumerable.Range(0, 4).Select(who => Task.Run(async () =>
        {
            for (var n = 0; n < 20; n++)
            {
                await Store.SetAsync("a", new(values[(who + n) % 2]), default);
            }
        })).ToArray();
        var all = Task.WhenAll(writers);
        do
        {
            Assert.Contains((await Store.FindAsync("a", default))!.Reveal(), values);
        }
        while (!all.IsCompleted);
        await all;
        Assert.Equal(["a", "~lock"], Directory.GetFiles(folder["secrets"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Ignores_what_a_killed_writer_left_and_removes_it_with_the_secret()
    {
        await Store.SetAsync("a", new("1"), default);
        File.WriteAllText(folder["secrets/a~0123"], "half");
        Assert.Equal(["a"], await Store.ListAsync(default));
        await Store.DeleteAsync("a", default);
        Assert.Equal("~lock", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(folder["secrets"]))));
    }

    [Fact]
    public async Task Two_stores_over_one_folder_lose_nothing_of_each_others()
    {
        var stores = new[] { Store, new PlainFileSecretStore(folder["secrets"]) };
        await Store.SetAsync("sum", new("0"), default);

        await Task.WhenAll(stores.Select(store => Task.Run(async () =>
        {
            for (var added = 0; added < 20;)
            {
                var seen = (await store.ReadAsync("sum", default))!;
                var more = int.Parse(seen.Value.Reveal(), CultureInfo.InvariantCulture) + 1;
                added += await store.TrySetAsync("sum", new($"{more}"), seen.Version, default) ? 1 : 0;
            }
        })));

        Assert.Equal("40", (await Store.FindAsync("sum"))!.Reveal());
    }

    [Fact]
    public async Task Says_that_a_file_is_not_text()
    {
        await Store.SetAsync("a", new("1"), default);
        File.WriteAllBytes(folder["secrets/a"], [0xFF, 0xFE, 0x00]);
        Assert.Equal("LCT7210", (await ProblemAsync(() => Store.FindAsync("a", default))).Code);
    }

    [Fact]
    public async Task Says_that_its_folder_cannot_be_made()
    {
        File.WriteAllText(folder["secrets"], "in the way");
        Assert.Equal(7, (await ProblemAsync(() => Store.SetAsync("a", new("1"), default))).Family);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<Problem> ProblemAsync(Func<Task> work) => (await Assert.ThrowsAsync<LinodeToolkitException>(work)).Problem;
}
