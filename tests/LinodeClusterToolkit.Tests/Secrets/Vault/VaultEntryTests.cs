using System.Text.Json.Nodes;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Secrets.Vault;

namespace LinodeClusterToolkit.Tests.Secrets.Vault;

/// <summary>How secrets lie in a Vault, and what others may have done to them there.</summary>
public sealed class VaultEntryTests : IAsyncLifetime
{
    private VaultStage stage = null!;

    public async Task InitializeAsync() => stage = await VaultStage.StartAsync();

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task A_secret_is_an_entry_of_its_own_in_the_field_value()
    {
        await stage.Store().SetAsync("web/key", new("s3cret"), default);

        var entry = await DoAsync("GET", "secret/data/lct/web/key");
        Assert.Equal(("s3cret", 1), ((string)entry["data"]!["data"]!["value"]!, (int)entry["data"]!["metadata"]!["version"]!));
    }

    [Fact]
    public async Task Reads_what_somebody_wrote_by_hand()
    {
        await DoAsync("POST", "secret/data/lct/token", new { data = new { value = "by hand", note = "of Ann" } });

        Assert.Equal("by hand", (await stage.Store().FindAsync("token"))!.Reveal());
    }

    [Fact]
    public async Task Says_where_an_entry_is_of_another_form()
    {
        await DoAsync("POST", "secret/data/lct/token", new { data = new { password = "not shown" } });

        var problem = await stage.ProblemAsync(stage.Store().FindAsync("token"));
        Assert.Equal(("LCT7235", "secret/data/lct/token"), (problem.Code, problem.Where));
    }

    [Fact]
    public async Task What_somebody_deleted_is_none_and_can_be_written_anew()
    {
        var store = stage.Store();
        await store.SetAsync("a", new("1"), default);
        await DoAsync("DELETE", "secret/data/lct/a");

        Assert.Null(await store.ReadAsync("a", default));
        Assert.True(await store.TrySetAsync("a", new("2"), expected: null, default));
        Assert.False(await store.TrySetAsync("a", new("3"), expected: null, default));

        await DoAsync("PUT", "secret/destroy/lct/a", new { versions = new[] { 2 } });
        Assert.False(await store.SetAsync("a", new("4"), default));
        Assert.Equal("4", (await store.FindAsync("a"))!.Reveal());
    }

    [Fact]
    public async Task Deletes_all_versions_also_where_somebody_deleted_the_newest()
    {
        var store = stage.Store();
        await store.SetAsync("a", new("1"), default);
        await store.SetAsync("a", new("2"), default);
        await DoAsync("DELETE", "secret/data/lct/a");

        Assert.False(await store.DeleteAsync("a", default));
        Assert.Equal("[]", (await DoAsync("GET", "secret/metadata/lct/a"))["errors"]!.ToJsonString());
    }

    [Fact]
    public async Task Writes_where_check_and_set_is_demanded()
    {
        await DoAsync("POST", "secret/config", new { cas_required = true });

        Assert.False(await stage.Store().SetAsync("a", new("1"), default));
        Assert.True(await stage.Store().SetAsync("a", new("2"), default));
    }

    [Fact]
    public async Task Lists_only_what_can_be_a_secret_of_ours()
    {
        await stage.Store().SetAsync("a", new("1"), default);
        foreach (var other in new[] { "lct/Not Ours", "lct/UPPER/a", "lct/..hidden", "elsewhere/b" })
        {
            await DoAsync("POST", $"secret/data/{Uri.EscapeDataString(other).Replace("%2F", "/")}", new { data = new { value = "x" } });
        }

        Assert.Equal(["a"], await stage.Store().ListAsync(default));
    }

    [Fact]
    public async Task Two_prefixes_share_nothing()
    {
        var (one, other) = (stage.Store(stage.Root with { Prefix = "teams/one" }), stage.Store(stage.Root with { Prefix = "/teams/other/" }));
        await one.SetAsync("a", new("1"), default);

        Assert.Empty(await other.ListAsync(default));
        Assert.Null(await other.FindAsync("a"));
    }

    [Fact]
    public async Task Takes_the_whole_mount_where_there_is_no_prefix()
    {
        var store = stage.Store(stage.Root with { Prefix = "" });
        await store.SetAsync("web/a", new("1"), default);

        Assert.Equal(["web/a"], await store.ListAsync(default));
        Assert.NotNull((await DoAsync("GET", "secret/data/web/a"))["data"]);
    }

    [Fact]
    public async Task Works_inside_a_namespace()
    {
        await DoAsync("POST", "sys/namespaces/team");
        await stage.Server.DoAsync("POST", "sys/mounts/kv", new { type = "kv", options = new { version = "2" } }, inside: "team");
        var inside = stage.Store(stage.Root with { Namespace = "team", Mount = "kv" });
        await inside.SetAsync("a", new("1"), default);

        Assert.Equal("1", (await inside.FindAsync("a"))!.Reveal());
        Assert.Equal("LCT7233", (await stage.ProblemAsync(stage.Store(stage.Root with { Mount = "kv" }).FindAsync("a"))).Code);
        Assert.Contains("namespace team", inside.Description, StringComparison.Ordinal);
    }

    private async Task<JsonObject> DoAsync(string method, string path, object? body = null) => await stage.Server.DoAsync(method, path, body) ?? [];
}
