using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Secrets.Vault;
using LinodeClusterToolkit.Tests.Api.Http;
using LinodeClusterToolkit.Tests.Secrets.Vault.Double;

namespace LinodeClusterToolkit.Tests.Secrets.Vault;

/// <summary>Where a token may go.</summary>
public sealed class VaultPlaceTests : IAsyncLifetime
{
    private VaultStage stage = null!;

    public async Task InitializeAsync() => stage = await VaultStage.StartAsync();

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Theory]
    [InlineData("http://vault.example.com:8200")]
    [InlineData("http://192.168.1.4:8200")]
    [InlineData("ftp://127.0.0.1/")]
    public void Refuses_to_send_a_token_unencrypted_to_another_machine(string url) => Assert.Equal("LCT7221", Problem(Options(url)).Code);

    [Theory]
    [InlineData("https://vault.example.com", "https://vault.example.com/v1/")]
    [InlineData("https://vault.example.com:8200/v1/", "https://vault.example.com:8200/v1/")]
    [InlineData("https://example.com/vault/", "https://example.com/vault/v1/")]
    [InlineData("http://localhost:8200", "http://localhost:8200/v1/")]
    public void Takes_addresses_with_and_without_the_version(string url, string called) =>
        Assert.Equal(called, new VaultPlace(Options(url)).Address.AbsoluteUri);

    [Fact]
    public void Refuses_paths_that_climb_or_break_out()
    {
        foreach (var bad in new[] { "a/../b", "..", "a//b", "a b", "a?b", "a%2f", "a\r\nX: y" })
        {
            Assert.Equal("LCT7222", Problem(Options("https://v") with { Mount = bad }).Code);
            Assert.Equal("LCT7222", Problem(Options("https://v") with { Prefix = bad }).Code);
            Assert.Equal("LCT7222", Problem(Options("https://v") with { Namespace = bad }).Code);
        }
    }

    [Theory]
    [InlineData("https://active.example.com:8200/v1/secret/data/a?list=true", true)]
    [InlineData("https://other.example.com/v1/secret/data/a?list=true", true)]
    [InlineData("https://standby.example.com:8200/v1/secret/data/a?list=true", true)]
    [InlineData("http://active.example.com:8200/v1/secret/data/a?list=true", false)]
    [InlineData("https://active.example.com:9999/v1/secret/data/a?list=true", false)]
    [InlineData("https://active.example.com:8200/v1/secret/data/b?list=true", false)]
    [InlineData("https://active.example.com:8200/v1/secret/data/a", false)]
    [InlineData("https://active.example.com.evil.example/v1/secret/data/a?list=true", false)]
    [InlineData("https://ann@active.example.com:8200/v1/secret/data/a?list=true", false)]
    [InlineData("/v1/sys/seal", false)]
    public void Follows_a_standby_only_to_hosts_that_were_named_and_only_with_the_same_call(string told, bool follows)
    {
        var place = new VaultPlace(Options("https://standby.example.com:8200") with { Hosts = ["active.example.com:8200", "OTHER.example.com"] });

        var next = place.Onward(new(place.Address, "secret/data/a?list=true"), new(told, UriKind.RelativeOrAbsolute));
        Assert.Equal(follows, next is not null);
    }

    [Fact]
    public async Task A_standby_is_followed_to_the_active_node_with_method_and_body()
    {
        await using var standby = await DoubleServer.StartAsync(stage.Time);
        standby.Active = stage.Server.Url;
        var store = stage.Store(stage.Root with { Address = standby.Url, Hosts = [stage.Server.Url.Authority] });

        Assert.False(await store.SetAsync("a", new("1"), default));
        Assert.Equal("1", (await stage.Store().FindAsync("a"))!.Reveal());
    }

    [Fact]
    public async Task Another_host_gets_neither_token_nor_secret()
    {
        await using var elsewhere = await DoubleServer.StartAsync(stage.Time);
        stage.Server.Active = elsewhere.Url;

        var problem = await stage.ProblemAsync(stage.Store().SetAsync("a", new("1"), default));
        Assert.Equal("LCT7230", problem.Code);
        Assert.Contains(elsewhere.Url.Authority, problem.What, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Seen);
        Assert.Single(stage.Server.Seen);
    }

    [Fact]
    public async Task Two_that_send_on_to_each_other_lead_nowhere()
    {
        stage.Server.Active = stage.Server.Url;

        Assert.Equal("LCT7230", (await stage.ProblemAsync(stage.Store().FindAsync("a"))).Code);
        Assert.Equal(4, stage.Server.Seen.Count);
    }

    [Fact]
    public async Task A_redirect_that_would_change_the_method_is_not_followed()
    {
        stage.Server.Before = context =>
        {
            context.Response.Redirect(stage.Server.Url + "v1/secret/data/lct/a");
            return true;
        };

        Assert.Equal("LCT7230", (await stage.ProblemAsync(stage.Store().FindAsync("a"))).Code);
    }

    [Fact]
    public async Task Trusts_an_authority_of_its_own_only_where_it_was_named_and_for_its_own_name()
    {
        using var folder = new TempFolder();
        using var authority = new Authority();
        await File.WriteAllTextAsync(folder["ca.pem"], authority.Pem);
        await using var right = await DoubleServer.StartAsync(certificate: authority.Issue("127.0.0.1"));
        await using var wrong = await DoubleServer.StartAsync(certificate: authority.Issue("vault.example.com"));
        var options = new VaultOptions { Address = right.Url, Auth = new VaultToken(new(right.Vault.RootToken)), CaFile = folder["ca.pem"] };

        await using var trusted = new VaultSecretStore(options, TimeProvider.System);
        await trusted.SetAsync("a", new("1"), default);
        Assert.Equal("1", (await trusted.FindAsync("a"))!.Reveal());

        Assert.Equal("LCT7225", (await stage.ProblemAsync(stage.Store(options with { CaFile = null }).FindAsync("a"))).Code);
        Assert.Equal("LCT7225", (await stage.ProblemAsync(stage.Store(options with { Address = wrong.Url }).FindAsync("a"))).Code);
        Assert.Empty(wrong.Seen);
        Assert.Equal("LCT7050", Problem(options with { CaFile = folder["none.pem"] }).Code);
    }

    private static VaultOptions Options(string url) => new() { Address = new(url), Auth = new VaultToken(new("t")) };

    private static Problem Problem(VaultOptions options) =>
        Assert.Throws<LinodeToolkitException>(() => new VaultSecretStore(options, TimeProvider.System)).Problem;
}
