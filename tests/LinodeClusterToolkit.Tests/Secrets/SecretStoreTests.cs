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
