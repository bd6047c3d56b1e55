using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Secrets.Vault;

namespace LinodeClusterToolkit.Tests.Secrets.Vault;

/// <summary>How a store is let in, and how it stays in.</summary>
public sealed class VaultSessionTests : IAsyncLifetime
{
    private const string Login = "POST auth/approle/login";
    private const string Look = "GET auth/token/lookup-self";
    private const string Renew = "POST auth/token/renew-self";
    private const string Revoke = "POST auth/token/revoke-self";
    private const string Read = "GET secret/data/lct/a";

    private VaultStage stage = null!;

    public async Task InitializeAsync()
    {
        stage = await VaultStage.StartAsync();
        const string policy = """path "secret/data/lct/*" { capabilities = ["read", "create", "update"] }""";
        await stage.Server.DoAsync("PUT", "sys/policies/acl/lct", new { policy });
    }

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Logs_in_once_for_many_that_come_at_once()
    {
        var store = await StoreOfRoleAsync(new { token_policies = "lct", token_ttl = "1h" });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.FindAsync("a")));

        Assert.Single(stage.Server.Seen, Login);
        Assert.Equal(8, stage.Server.Seen.Count(call => call == Read));
    }

    [Fact]
    public async Task Renews_at_two_thirds_for_as_long_as_that_brings_much_and_then_logs_in_again()
    {
        var store = await StoreOfRoleAsync(new { token_policies = "lct", token_ttl = "1h", token_max_ttl = "2h" });
        await store.FindAsync("a");
        stage.Time.Advance(TimeSpan.FromSeconds(2399));
        Assert.Equal([Login, Read], stage.Server.Seen);

        await AdvanceAsync(TimeSpan.FromSeconds(1), nextAfter: TimeSpan.FromMinutes(40));
        await AdvanceAsync(TimeSpan.FromMinutes(40), nextAfter: TimeSpan.FromSeconds(1600));
        await AdvanceAsync(TimeSpan.FromSeconds(1600), nextAfter: TimeSpan.FromMinutes(40));
        Assert.Equal([Login, Read, Renew, Renew, Renew, Login], stage.Server.Seen);
        await store.FindAsync("a");
        Assert.Equal(Read, stage.Server.Seen[^1]);
    }

    [Fact]
    public async Task Gets_another_token_in_time_where_the_first_cannot_be_renewed()
    {
        var store = await StoreOfRoleAsync(new { token_policies = "lct", token_ttl = "30m", token_type = "batch" });
        await store.FindAsync("a");
        await AdvanceAsync(TimeSpan.FromMinutes(20), nextAfter: TimeSpan.FromMinutes(20));

        Assert.Equal([Login, Read, Login], stage.Server.Seen);
    }

    [Fact]
    public async Task Gets_another_token_where_somebody_revoked_the_first()
    {
        var store = await StoreOfRoleAsync(new { token_policies = "lct", token_ttl = "1h" });
        await store.FindAsync("a");
        stage.Server.Vault.RevokeAll();

        Assert.Null(await store.FindAsync("a"));
        Assert.Equal([Login, Read, Read, Look, Login, Read], stage.Server.Seen);
    }

    [Fact]
    public async Task A_Vault_that_is_away_at_the_time_of_a_renewal_is_asked_again_while_the_token_lasts()
    {
        var store = await StoreOfRoleAsync(new { token_policies = "lct", token_ttl = "1h" });
        await store.FindAsync("a");
        stage.Server.Vault.IsSealed = true;
        stage.Time.Advance(TimeSpan.FromMinutes(40));
        await stage.Time.DriveAsync(stage.Server.UntilSeenAsync(Renew, 6));
        stage.Server.Vault.IsSealed = false;
        await stage.Time.DriveAsync(stage.Server.UntilSeenAsync(Renew, 7));

        Assert.Null(await store.FindAsync("a"));
        Assert.Single(stage.Server.Seen, Login);
    }

    [Fact]
    public async Task Gives_back_at_the_end_what_it_got_and_not_what_it_was_given()
    {
        var got = await StoreOfRoleAsync(new { token_policies = "lct", token_ttl = "1h" });
        await got.FindAsync("a");
        var token = await stage.Server.NewTokenAsync(new { policies = "lct", ttl = "1h" });
        var given = stage.Store(stage.Root with { Auth = new VaultToken(new(token)) });
        await given.FindAsync("a");
        Assert.Equal(3, stage.Server.Vault.Tokens);

        await got.DisposeAsync();
        await given.DisposeAsync();
        Assert.Equal((1, 2), (stage.Server.Seen.Count(call => call == Revoke), stage.Server.Vault.Tokens));
    }

    [Fact]
    public async Task Renews_a_token_that_was_given_as_long_as_it_may()
    {
        var token = await stage.Server.NewTokenAsync(new { policies = "lct", ttl = "30m" });
        var store = stage.Store(stage.Root with { Auth = new VaultToken(new(token)) });
        await store.FindAsync("a");
        await AdvanceAsync(TimeSpan.FromMinutes(20), nextAfter: TimeSpan.FromMinutes(20));
        await AdvanceAsync(TimeSpan.FromMinutes(20), nextAfter: TimeSpan.FromMinutes(20));

        Assert.Equal([Look, Read, Renew, Renew], stage.Server.Seen);
        Assert.Null(await store.FindAsync("a"));
    }

    [Fact]
    public async Task Says_so_where_a_token_that_was_given_has_ended()
    {
        var token = await stage.Server.NewTokenAsync(new { policies = "lct", ttl = "30m", renewable = false });
        var store = stage.Store(stage.Root with { Auth = new VaultToken(new(token)) });
        await store.FindAsync("a");
        stage.Time.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal("LCT3021", (await stage.ProblemAsync(store.FindAsync("a"))).Code);
    }

    [Fact]
    public async Task Opens_a_wrapped_secret_id_once()
    {
        var store = await StoreOfRoleAsync(new { token_policies = "lct", token_ttl = "1h" }, wrapTtl: "5m");
        Assert.Null(await store.FindAsync("a"));
        stage.Server.Vault.RevokeAll();
        Assert.Null(await store.FindAsync("a"));

        Assert.Equal(
            ["POST sys/wrapping/lookup", "POST sys/wrapping/unwrap", Login, Read, Read, Look, Login, Read], stage.Server.Seen);
    }

    [Fact]
    public async Task A_wrapping_that_is_spent_or_too_old_is_told_as_what_it_may_be()
    {
        var (role, wrapped) = await stage.Server.NewRoleAsync(new { token_policies = "lct" }, wrapTtl: "5m");
        var auth = new VaultAppRole(new(role), new(wrapped)) { IsWrapped = true };
        await stage.Store(stage.Root with { Auth = auth }).FindAsync("a");

        var problem = await stage.ProblemAsync(stage.Store(stage.Root with { Auth = auth }).FindAsync("a"));
        Assert.Equal(("LCT3024", "wrapping token is not valid or does not exist"), (problem.Code, problem.Why));
    }

    [Fact]
    public async Task A_wrapping_that_was_made_elsewhere_is_not_opened()
    {
        var (role, _) = await stage.Server.NewRoleAsync(new { token_policies = "lct" });
        var other = (await stage.Server.DoAsync("POST", "sys/wrapping/wrap", new { secret_id = "of somebody else" }, wrapTtl: "5m"))!;
        var wrapped = (string)other["wrap_info"]!["token"]!;
        var auth = new VaultAppRole(new(role), new(wrapped)) { IsWrapped = true };

        var problem = await stage.ProblemAsync(stage.Store(stage.Root with { Auth = auth }).FindAsync("a"));
        Assert.Equal("LCT3024", problem.Code);
        Assert.Contains("sys/wrapping/wrap", problem.Why, StringComparison.Ordinal);
        Assert.Equal(["POST sys/wrapping/lookup"], stage.Server.Seen);
    }

    [Fact]
    public async Task Says_so_where_the_ids_of_a_role_are_not_taken()
    {
        var (role, _) = await stage.Server.NewRoleAsync(new { token_policies = "lct" });
        var store = stage.Store(stage.Root with { Auth = new VaultAppRole(new(role), new("not-the-one")) });

        var problem = await stage.ProblemAsync(store.FindAsync("a"));
        Assert.Equal(("LCT3023", "invalid role or secret ID"), (problem.Code, problem.Why));
    }

    private async Task<VaultSecretStore> StoreOfRoleAsync(object wanted, string? wrapTtl = null)
    {
        var (role, secret) = await stage.Server.NewRoleAsync(wanted, wrapTtl);
        return stage.Store(stage.Root with { Auth = new VaultAppRole(new(role), new(secret)) { IsWrapped = wrapTtl is not null } });
    }

    private async Task AdvanceAsync(TimeSpan by, TimeSpan nextAfter)
    {
        stage.Time.Advance(by);
        await stage.Time.UntilArmedAsync(nextAfter);
    }
}
