using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;

namespace LinodeClusterToolkit.Tests.Secrets;

public sealed class EnvironmentSecretStoreTests
{
    private static readonly EnvironmentSecretStore Store = new(() => new Dictionary<string, string>
    {
        ["LINODETOOL_SECRET_PERSONAL_TOKEN"] = "abc", ["LINODETOOL_SECRET_DB_ROOT_PASSWORD"] = "x y",
        ["LINODETOOL_SECRET_"] = "no name", ["HOME"] = "/root",
    });

    [Theory]
    [InlineData("personal-token", "abc")]
    [InlineData("personal.token", "abc")]
    [InlineData("db/root-password", "x y")]
    [InlineData("home", null)]
    public async Task Reads_a_secret_from_its_variable(string name, string? value) => Assert.Equal(value, (await Store.FindAsync(name))?.Reveal());

    [Fact]
    public async Task Lists_names_that_lead_to_what_is_there()
    {
        var names = await Store.ListAsync(default);

        Assert.Equal(["db-root-password", "personal-token"], names);
        Assert.NotNull(await Store.FindAsync(names[0]));
    }

    [Fact]
    public async Task Writes_nothing_and_says_which_variable_to_set()
    {
        foreach (var write in new Func<Task>[]
        {
            () => Store.SetAsync("my/own", new("x"), default), () => Store.TrySetAsync("my/own", new("x"), null, default),
            () => Store.DeleteAsync("my/own", default),
        })
        {
            var problem = (await Assert.ThrowsAsync<LinodeToolkitException>(write)).Problem;
            Assert.Equal(("LCT7207", "LINODETOOL_SECRET_MY_OWN"), (problem.Code, problem.Where));
        }

        Assert.Equal("LCT1030", (await Assert.ThrowsAsync<LinodeToolkitException>(() => Store.FindAsync("../x"))).Problem.Code);
    }
}
