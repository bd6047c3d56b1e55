using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Secrets.Vault;
using LinodeClusterToolkit.Tests.Secrets.Vault.Double;

namespace LinodeClusterToolkit.Tests.Secrets.Vault;

/// <summary>
/// What every store does, on the double; or, where VAULT_LIVE_TEST is set, on the real Vault that VAULT_ADDR and VAULT_TOKEN name, under a prefix of
/// the test's own that is empty again afterwards.
/// </summary>
public sealed class VaultSecretStoreTests : SecretStoreTests, IAsyncLifetime
{
    private static readonly bool IsLive = Environment.GetEnvironmentVariable("VAULT_LIVE_TEST") is { Length: > 0 };
    private DoubleServer? server;
    private VaultSecretStore store = null!;

    private protected override ISecretStore Store => store;

    public async Task InitializeAsync()
    {
        server = IsLive ? null : await DoubleServer.StartAsync();
        store = new(new()
        {
            Address = server?.Url ?? new(Variable("VAULT_ADDR")!),
            Auth = new VaultToken(new(server?.Vault.RootToken ?? Variable("VAULT_TOKEN")!)),
            Mount = Variable("VAULT_LIVE_MOUNT") ?? "secret",
            Namespace = IsLive ? Variable("VAULT_NAMESPACE") : null,
            CaFile = IsLive ? Variable("VAULT_CACERT") : null,
            Prefix = $"lct-test/{Guid.NewGuid():N}",
        }, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        foreach (var name in IsLive ? await store.ListAsync(default) : [])
        {
            await store.DeleteAsync(name, default);
        }

        await store.DisposeAsync();
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task A_secret_made_anew_has_another_version_although_numbers_begin_anew()
    {
        await Store.SetAsync("a", new("1"), default);
        var seen = (await Store.ReadAsync("a", default))!.Version;
        await Store.DeleteAsync("a", default);
        await Store.SetAsync("a", new("2"), default);

        Assert.NotEqual(seen, (await Store.ReadAsync("a", default))!.Version);
        Assert.False(await Store.TrySetAsync("a", new("3"), seen, default));
        Assert.Equal("2", (await Store.FindAsync("a"))!.Reveal());
    }

    [Fact]
    public async Task Eight_that_write_whatever_is_there_all_get_through()
    {
        var replaced = await Task.WhenAll(Enumerable.Range(0, 8).Select(who => Task.Run(() => Store.SetAsync("a", new($"{who}"), default))));

        Assert.Single(replaced, false);
        Assert.StartsWith("8@", (await Store.ReadAsync("a", default))!.Version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_what_lies_deep_and_wide()
    {
        var names = Enumerable.Range(0, 20).Select(number => $"clusters/x/nodes/n{number:00}/admin-key").ToList();
        await Task.WhenAll(names.Select(name => Store.SetAsync(name, new("x"), default)));

        Assert.Equal(names, await Store.ListAsync(default));
    }

    [Fact]
    public async Task A_name_may_stand_beside_a_folder_of_the_same_name()
    {
        await Store.SetAsync("a/b", new("1"), default);
        await Store.SetAsync("a", new("2"), default);

        Assert.Equal(["a", "a/b"], await Store.ListAsync(default));
        Assert.True(await Store.DeleteAsync("a", default));
        Assert.Equal("1", (await Store.FindAsync("a/b"))!.Reveal());
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_is_not_deleted_either()
    {
        var problem = (await Assert.ThrowsAsync<LinodeToolkitException>(() => Store.DeleteAsync("../a", default))).Problem;
        Assert.Equal("LCT1030", problem.Code);
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
