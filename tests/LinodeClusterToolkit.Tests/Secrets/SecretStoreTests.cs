using System.Globalization;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Secrets;

/// <summary>What every secret store does.</summary>
public abstract class SecretStoreTests
{
    private protected abstract ISecretStore Store { get; }

    [Theory]
    [InlineData("personal-token", "abc")]
    [InlineData("web/nodes/7/admin-key", "-----BEGIN…\nline\n")]
    [InlineData("empty", "")]
    public async Task Gives_back_a_secret_exactly(string name, string value)
    {
        Assert.Null(await Store.FindAsync(name, default));
        Assert.False(await Store.SetAsync(name, new(value), default));
        Assert.Equal(value, (await Store.FindAsync(name, default))!.Reveal());
    }

    [Fact]
    public async Task Says_whether_a_write_replaced_a_secret()
    {
        await Store.SetAsync("a", new("1"), default);
        Assert.True(await Store.SetAsync("a", new("2"), default));
        Assert.Equal("2", (await Store.FindAsync("a", default))!.Reveal());
    }

    [Fact]
    public async Task A_version_stays_until_the_secret_changes()
    {
        await Store.SetAsync("a", new("1"), default);
        var first = (await Store.ReadAsync("a", default))!;
        Assert.Equal(first, await Store.ReadAsync("a", default));

        await Store.SetAsync("a", new("2"), default);
        Assert.NotEqual(first.Version, (await Store.ReadAsync("a", default))!.Version);
    }

    [Fact]
    public async Task Writes_a_new_secret_only_where_there_is_none()
    {
        Assert.True(await Store.TrySetAsync("web/a", new("1"), expected: null, default));
        Assert.False(await Store.TrySetAsync("web/a", new("2"), expected: null, default));
        Assert.Equal("1", (await Store.FindAsync("web/a"))!.Reveal());

        await Store.DeleteAsync("web/a", default);
        Assert.True(await Store.TrySetAsync("web/a", new("3"), expected: null, default));
    }

    [Fact]
    public async Task Replaces_a_secret_only_where_it_still_is_what_was_seen()
    {
        await Store.SetAsync("a", new("1"), default);
        var seen = (await Store.ReadAsync("a", default))!.Version;
        Assert.True(await Store.TrySetAsync("a", new("2"), seen, default));
        Assert.False(await Store.TrySetAsync("a", new("3"), seen, default));
        Assert.Equal("2", (await Store.FindAsync("a"))!.Reveal());

        seen = (await Store.ReadAsync("a", default))!.Version;
        await Store.DeleteAsync("a", default);
        Assert.False(await Store.TrySetAsync("a", new("4"), seen, default));
        Assert.Empty(await Store.ListAsync(default));
    }

    [Fact]
    public async Task Eight_writers_that_each_add_one_lose_no_update()
    {
        await Store.SetAsync("sum", new("0"), default);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var added = 0; added < 5;)
            {
                var seen = (await Store.ReadAsync("sum", default))!;
                var more = int.Parse(seen.Value.Reveal(), CultureInfo.InvariantCulture) + 1;
                added += await Store.TrySetAsync("sum", new($"{more}"), seen.Version, default) ? 1 : 0;
            }
        })));

        Assert.Equal("40", (await Store.FindAsync("sum"))!.Reveal());
    }

    [Fact]
    public async Task Of_eight_that_write_a_new_secret_at_once_one_does()
    {
        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            who => Task.Run(() => Store.TrySetAsync("a", new($"{who}"), expected: null, default))));

        Assert.Equal($"{Array.IndexOf(done, true)}", (await Store.FindAsync("a"))!.Reveal());
        Assert.Single(done, true);
    }

    [Fact]
    public async Task Lists_names_sorted_and_forgets_deleted_ones()
    {
        Assert.Empty(await Store.ListAsync(default));
        foreach (var name in new[] { "b/2", "c", "a", "b/10" })
        {
            await Store.SetAsync(name, new("x"), default);
        }

        Assert.Equal(["a", "b/10", "b/2", "c"], await Store.ListAsync(default));
        Assert.True(await Store.DeleteAsync("b/2", default));
        Assert.False(await Store.DeleteAsync("b/2", default));
        Assert.False(await Store.DeleteAsync("never/was", default));
        Assert.Equal(["a", "b/10", "c"], await Store.ListAsync(default));
        Assert.Null(await Store.FindAsync("b/2", default));
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    public async Task Refuses_names_that_lead_elsewhere(string name)
    {
        Assert.Equal("LCT1030", (await Assert.ThrowsAsync<LinodeToolkitException>(() => Store.SetAsync(name, new("x"), default))).Problem.Code);
        Assert.Equal(
            "LCT1030", (await Assert.ThrowsAsync<LinodeToolkitException>(() => Store.TrySetAsync(name, new("x"), null, default))).Problem.Code);
        Assert.Equal("LCT1030", (await Assert.ThrowsAsync<LinodeToolkitException>(() => Store.FindAsync(name, default))).Problem.Code);
    }

    [Fact]
    public async Task Says_which_secret_is_missing_and_where()
    {
        var problem = (await Assert.ThrowsAsync<LinodeToolkitException>(() => Store.GetAsync(SecretReference.Parse("secret:db")))).Problem;
        Assert.Equal(("LCT3004", $"no secret 'db' in {Store.Description}"), (problem.Code, problem.What));
        await Store.SetAsync("db", new("x"), default);
        Assert.Equal("x", (await Store.GetAsync(SecretReference.To("db"))).Reveal());
    }
}
