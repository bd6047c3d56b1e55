using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Secrets.Vault;
using LinodeClusterToolkit.Tests.Secrets.Vault.Double;

namespace LinodeClusterToolkit.Tests.Secrets.Vault;

/// <summary>The toolkit with its secrets in a Vault.</summary>
public sealed class VaultToolkitTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Keeps_secrets_there_and_gives_its_token_back_in_the_end()
    {
        await using var server = await DoubleServer.StartAsync();
        var (role, secret) = await server.NewRoleAsync(new { token_policies = "root" });
        await using (var toolkit = new LinodeToolkit(Options(() => new() { Address = server.Url, Auth = new VaultAppRole(new(role), new(secret)) })))
        {
            await toolkit.Secrets.SetAsync("a", new("1"), default);
            Assert.Equal("1", (await toolkit.Secrets.FindAsync("a"))!.Reveal());
        }

        Assert.Equal(1, server.Vault.Tokens);
        Assert.False(Directory.Exists(folder["data/secrets"]));
    }

    [Fact]
    public async Task Says_so_where_no_Vault_was_named_and_does_not_fall_back_to_files()
    {
        await using var toolkit = new LinodeToolkit(Options(null));

        Assert.Equal("LCT7223", Assert.Throws<LinodeToolkitException>(() => toolkit.Secrets).Problem.Code);
        Assert.False(Directory.Exists(folder["data/secrets"]));
    }

    private LinodeToolkitOptions Options(Func<VaultOptions>? vault) => new()
    {
        DataFolder = folder["data"], CacheFolder = folder["cache"], Token = () => new("none"), SecretStore = "vault", Vault = vault,
    };
}
