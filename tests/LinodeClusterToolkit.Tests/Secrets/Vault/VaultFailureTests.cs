using System.Text.Json.Nodes;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Secrets.Vault;
using LinodeClusterToolkit.Tests.Secrets.Vault.Double;
using Microsoft.AspNetCore.Http;

namespace LinodeClusterToolkit.Tests.Secrets.Vault;

/// <summary>What a Vault refuses, and what becomes of calls while it is not at its best.</summary>
public sealed class VaultFailureTests : IAsyncLifetime
{
    private const string Read = "GET secret/data/lct/a";
    private VaultStage stage = null!;

    public async Task InitializeAsync() => stage = await VaultStage.StartAsync();

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task A_sealed_one_is_asked_a_few_times_and_works_again_when_it_is_unsealed()
    {
        var store = stage.Store();
        stage.Server.Vault.IsSealed = true;

        var problem = await stage.ProblemAsync(store.FindAsync("a"));
        Assert.Equal(("LCT7226", true, "Vault is sealed", 5), (problem.Code, problem.Retryable, problem.Why, stage.Server.Seen.Count));

        stage.Server.Vault.IsSealed = false;
        Assert.Null(await store.FindAsync("a"));
    }

    [Theory]
    [InlineData(412, "required index state not present", "")]
    [InlineData(500, "internal error", "")]
    [InlineData(502, null, "")]
    [InlineData(503, "Vault is sealed", "")]
    [InlineData(429, "rate limit quota exceeded", "1")]
    [InlineData(473, null, "")]
    public async Task What_passes_is_waited_for(int status, string? said, string retryAfter)
    {
        await stage.Store().SetAsync("a", new("1"), default);
        var left = 3;
        stage.Server.Before = context => left-- > 0 && Answer(context, status, said, retryAfter);

        Assert.Equal("1", (await stage.DriveAsync(stage.Store().FindAsync("a")))!.Reveal());
    }

    [Theory]
    [InlineData(412, "required index state not present", "LCT7229")]
    [InlineData(500, "internal error", "LCT7229")]
    [InlineData(502, null, "LCT7229")]
    [InlineData(500, "local node not active but active cluster node not found", "LCT7227")]
    [InlineData(472, null, "LCT7227")]
    [InlineData(473, null, "LCT7227")]
    [InlineData(429, "rate limit quota exceeded", "LCT7228")]
    public async Task What_does_not_pass_is_told_after_five_tries(int status, string? said, string code)
    {
        stage.Server.Before = context => Answer(context, status, said, "");

        var problem = await stage.ProblemAsync(stage.Store().FindAsync("a"));
        Assert.Equal((code, true, 5), (problem.Code, problem.Retryable, stage.Server.Seen.Count));
    }

    [Fact]
    public async Task Waits_as_long_as_a_quota_asks_for()
    {
        await stage.Server.DoAsync("POST", "sys/quotas/rate-limit/small", new { rate = 2, interval = "20s" });
        var (store, began) = (stage.Store(), stage.Time.GetUtcNow());
        await store.FindAsync("a");

        Assert.Null(await stage.DriveAsync(store.FindAsync("a")));
        Assert.InRange(stage.Time.GetUtcNow() - began, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(21));
        Assert.Equal(4, stage.Server.Seen.Count);
    }

    [Fact]
    public async Task Does_not_wait_for_an_hour()
    {
        stage.Server.Before = context => Answer(context, 429, "rate limit quota exceeded", "3600");

        var problem = await stage.ProblemAsync(stage.Store().FindAsync("a"));
        Assert.Equal(("LCT7228", "it would have the next one in 3600 seconds"), (problem.Code, problem.Why));
        Assert.Single(stage.Server.Seen);
    }

    [Fact]
    public async Task Names_the_path_and_the_policy_that_is_missing()
    {
        var store = await StoreWithAsync("other");

        var problem = await stage.ProblemAsync(store.FindAsync("a"));
        Assert.Equal(("LCT3022", Read), (problem.Code, problem.Where));
        Assert.Equal(
            [
                """give it a policy with: path "secret/data/lct/*" { capabilities = ["create", "read", "update"] }""",
                """and with: path "secret/metadata/lct/*" { capabilities = ["list", "delete"] }""",
            ],
            problem.Fixes);
    }

    [Fact]
    public async Task The_policy_it_names_is_enough_for_all_it_does()
    {
        var denied = await stage.ProblemAsync((await StoreWithAsync("other")).FindAsync("a"));
        var policy = string.Join('\n', denied.Fixes.Select(fix => fix[fix.IndexOf("path", StringComparison.Ordinal)..]));
        await stage.Server.DoAsync("PUT", "sys/policies/acl/lct", new { policy });
        var store = await StoreWithAsync("lct");

        Assert.Empty(await store.ListAsync(default));
        Assert.False(await store.SetAsync("a", new("1"), default));
        Assert.True(await store.SetAsync("a", new("2"), default));
        Assert.Equal(["a"], await store.ListAsync(default));
        Assert.True(await store.DeleteAsync("a", default));
    }

    [Fact]
    public async Task A_token_it_does_not_know_is_told_from_a_policy()
    {
        var store = stage.Store(stage.Root with { Auth = new VaultToken(new("hvs.of-another-vault")) });

        Assert.Equal("LCT3021", (await stage.ProblemAsync(store.SetAsync("a", new("1"), default))).Code);
    }

    [Fact]
    public async Task No_such_secret_is_told_from_no_such_mount_and_from_another_version_of_the_engine()
    {
        await stage.Server.DoAsync("POST", "sys/mounts/old", new { type = "kv", options = new { version = "1" } });

        Assert.Null(await stage.Store().FindAsync("a"));
        var none = stage.Store(stage.Root with { Mount = "nowhere" });
        Assert.Equal("LCT7233", (await stage.ProblemAsync(none.FindAsync("a"))).Code);
        Assert.Equal("LCT7233", (await stage.ProblemAsync(none.ListAsync(default))).Code);
        Assert.Equal("LCT7233", (await stage.ProblemAsync(none.SetAsync("a", new("1"), default))).Code);
        Assert.Equal("LCT7234", (await stage.ProblemAsync(stage.Store(stage.Root with { Mount = "old" }).SetAsync("a", new("1"), default))).Code);
    }

    [Fact]
    public async Task A_page_of_something_else_is_no_missing_secret()
    {
        stage.Server.Before = context => context.Request.Path.Value!.Contains("/data/", StringComparison.Ordinal) && Answer(context, 404, null, "");

        Assert.Equal("LCT7239", (await stage.ProblemAsync(stage.Store().FindAsync("a"))).Code);
    }

    [Fact]
    public async Task A_write_whose_answer_got_lost_is_done_once()
    {
        var store = stage.Store();
        await store.FindAsync("a");
        stage.Server.LoseAnswers = 1;
        Assert.True(await stage.DriveAsync(store.TrySetAsync("a", new("1"), expected: null, default)));

        stage.Server.LoseAnswers = 1;
        Assert.True(await stage.DriveAsync(store.SetAsync("a", new("2"), default)));
        Assert.StartsWith("2@", (await store.ReadAsync("a", default))!.Version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_that_got_lost_is_not_taken_for_that_of_another_with_the_same_value()
    {
        var (mine, other) = (stage.Store(), stage.Store());
        await Task.WhenAll(mine.FindAsync("a"), other.FindAsync("a"));
        var lost = false;
        stage.Server.Before = context =>
        {
            if (context.Request.Method != "POST" || lost)
            {
                return false;
            }

            // The request is lost on its way, and before it is sent again another writes what it would have written.
            lost = true;
            Assert.True(other.TrySetAsync("a", new("1"), null, default).GetAwaiter().GetResult());
            context.Abort();
            return true;
        };

        Assert.False(await stage.DriveAsync(mine.TrySetAsync("a", new("1"), expected: null, default)));
    }

    [Fact]
    public async Task A_Vault_that_is_not_there_is_told_after_three_tries()
    {
        var store = stage.Store();
        await stage.Server.DisposeAsync();

        var problem = await stage.ProblemAsync(store.FindAsync("a"));
        Assert.Equal(("LCT7224", true, 3), (problem.Code, problem.Retryable, stage.Log.Count));
    }

    [Fact]
    public async Task What_the_caller_gives_up_is_given_up()
    {
        using var end = new CancellationTokenSource();
        stage.Server.Before = context =>
        {
            end.Cancel();
            return Answer(context, 503, "Vault is sealed", "");
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.Store().ReadAsync("a", end.Token));
        Assert.Single(stage.Server.Seen);
    }

    private async Task<VaultSecretStore> StoreWithAsync(string policies) =>
        stage.Store(stage.Root with { Auth = new VaultToken(new(await stage.Server.NewTokenAsync(new { policies, ttl = "1h" }))) });

    private static bool Answer(HttpContext context, int status, string? said, string retryAfter)
    {
        if (retryAfter.Length > 0)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = said is null ? "text/html" : "application/json";
        var body = said is null ? "<html>of a load balancer</html>" : new JsonObject { ["errors"] = new JsonArray(said) }.ToJsonString();
        context.Response.WriteAsync(body).GetAwaiter().GetResult();
        return true;
    }
}
