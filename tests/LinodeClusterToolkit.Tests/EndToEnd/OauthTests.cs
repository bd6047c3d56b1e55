using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Tests.Support;
using LinodeEmulator;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>Tokens of OAuth, which run out while they are in use.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class OauthTests
{
    private const string Old = "the-first-oauth-token-of-all";
    private const string Refresh = "the-first-refresh-token-of-all";
    private readonly List<string> log = [];

    [Fact]
    public async Task A_token_that_runs_out_again_and_again_within_a_run_is_renewed_each_time()
    {
        await using var world = await WorldAsync(TimeSpan.FromSeconds(20));

        var summary = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));

        Assert.Equal("done", summary.Outcome);
        var renewals = log.Count(line => line.EndsWith("/oauth/token -> 200", StringComparison.Ordinal));
        Assert.True(renewals > 3, $"{renewals} renewals");
        var (access, refresh) = (await ValueAsync(world, KnownSecrets.OauthToken), await ValueAsync(world, KnownSecrets.OauthRefreshToken));
        Assert.All([Old, Refresh, access, refresh, "the-client-secret"], value => Assert.DoesNotContain(log, line => line.Contains(value)));
        Assert.NotEqual((Old, Refresh), (access, refresh));
    }

    [Fact]
    public async Task What_was_renewed_is_stored_and_used_by_the_next_process()
    {
        await using var world = await WorldAsync(TimeSpan.FromHours(2));
        await world.Time.RunAsync(() => world.Toolkit.GetIdentityAsync());
        await world.RestartAsync();

        await world.Time.RunAsync(() => world.Toolkit.GetIdentityAsync());

        Assert.Single(log, line => line.Contains("/oauth/token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_processes_with_one_token_each_gets_a_good_one_and_neither_locks_the_other_out()
    {
        await using var world = await WorldAsync(TimeSpan.FromHours(2));
        await using var other = world.Open();

        await world.Time.RunAsync(async () =>
        {
            var both = await Task.WhenAll(world.Toolkit.GetIdentityAsync(), other.GetIdentityAsync());
            return both.Length;
        });

        Assert.Single(log, line => line.EndsWith("/oauth/token -> 200", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refresh_token_that_somebody_else_used_is_told_and_what_to_do()
    {
        await using var world = await WorldAsync(TimeSpan.FromHours(2));
        await world.Toolkit.Secrets.SetAsync(KnownSecrets.OauthRefreshToken, new("one-that-was-used-before"), default);

        Assert.Equal("LCT3014", (await RefusedAsync(world)).Code);
    }

    [Fact]
    public async Task An_application_that_the_login_server_does_not_know_is_told()
    {
        await using var world = await WorldAsync(TimeSpan.FromHours(2));
        await world.Toolkit.Secrets.SetAsync(KnownSecrets.OauthClientSecret, new("another-secret"), default);

        var problem = await RefusedAsync(world);

        Assert.Equal(("LCT3013", "it answered 401 invalid_client"), (problem.Code, problem.Why));
        Assert.Equal(Refresh, await ValueAsync(world, KnownSecrets.OauthRefreshToken));
    }

    [Fact]
    public async Task Without_a_refresh_token_it_is_an_ordinary_token_that_is_not_accepted()
    {
        await using var world = await WorldAsync(TimeSpan.FromHours(2));
        await world.Toolkit.Secrets.DeleteAsync(KnownSecrets.OauthRefreshToken, default);

        Assert.Equal("LCT3010", (await RefusedAsync(world)).Code);
    }

    [Theory]
    [InlineData("https://api.linode.com/", "https://login.linode.com/")]
    [InlineData("https://api.linode.com/v4", "https://login.linode.com/")]
    [InlineData("http://127.0.0.1:8080/v4", "http://127.0.0.1:8080/")]
    [InlineData("https://api.notlinode.com/", "https://api.notlinode.com/")]
    [InlineData("https://linode.com.example.org/", "https://linode.com.example.org/")]
    public void What_is_for_one_login_server_is_never_sent_to_another(string api, string login) =>
        Assert.Equal(new Uri(login), ApiAddress.LoginFor(new(api)));

    private static async Task<string> ValueAsync(World world, string name) => (await world.Toolkit.Secrets.FindAsync(name))!.Reveal();

    private static async Task<Problem> RefusedAsync(World world) => (await Assert.ThrowsAnyAsync<LinodeToolkitException>(
        () => world.Time.RunAsync(() => world.Toolkit.GetIdentityAsync()))).Problem;

    private async Task<World> WorldAsync(TimeSpan life)
    {
        LinodeToolkit? first = null;
        var world = new World(
            new EmulatorOptions
            {
                Tokens = [new(Old) { Revoked = true }], OauthClients = [new("the-client-id", "the-client-secret", Refresh) { Life = life }],
            },
            with: options => options with
            {
                TokenIsOauth = () => true, Token = () => first!.Secrets.FindAsync(KnownSecrets.OauthToken).GetAwaiter().GetResult()!,
                HttpLog = line =>
                {
                    lock (log)
                    {
                        log.Add(line);
                    }
                },
            });
        first = world.Toolkit;
        foreach (var (name, value) in new[]
        {
            (KnownSecrets.OauthToken, Old), (KnownSecrets.OauthRefreshToken, Refresh), (KnownSecrets.OauthClientId, "the-client-id"),
            (KnownSecrets.OauthClientSecret, "the-client-secret"),
        })
        {
            await first.Secrets.SetAsync(name, new(value), default);
        }

        return world;
    }
}
