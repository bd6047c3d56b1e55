using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets.Vault;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace LinodeClusterToolkit.Tests.Secrets.Vault;

/// <summary>Values, tokens and ids are in no message, no log and no exception.</summary>
public sealed class VaultSecrecyTests : IAsyncLifetime
{
    private const string Value = "canary-of-a-value-7Q";
    private VaultStage stage = null!;

    public async Task InitializeAsync() => stage = await VaultStage.StartAsync();

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task The_log_has_paths_and_outcomes_alone()
    {
        var (role, secret) = await stage.Server.NewRoleAsync(new { token_policies = "root", token_ttl = "1h" });
        var store = stage.Store(stage.Root with { Auth = new VaultAppRole(new(role), new(secret)) });
        await store.SetAsync("a", new(Value), default);
        await store.ReadAsync("a", default);
        await store.DisposeAsync();

        Assert.Equal(5, stage.Log.Count);
        Assert.StartsWith($"POST http://{stage.Server.Url.Authority} auth/approle/login -> 200 ", stage.Log[0], StringComparison.Ordinal);
        Assert.All(stage.Log, line => Assert.Equal(line, Masked(line, Value, role, secret)));
        Assert.All(stage.Log, line => Assert.DoesNotContain("hvs.", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Value)]
    [InlineData("7Q")]
    [InlineData("line one\nline two of it")]
    public async Task What_echoes_a_request_is_not_quoted(string value)
    {
        stage.Server.Before = context =>
        {
            if (context.Request.Method != "POST")
            {
                return false;
            }

            using var reader = new StreamReader(context.Request.Body);
            var body = reader.ReadToEndAsync().GetAwaiter().GetResult();
            var echo = new System.Text.Json.Nodes.JsonArray($"denied: {context.Request.Headers["X-Vault-Token"]} wanted to put {body}");
            context.Response.StatusCode = 400;
            context.Response.WriteAsync(new System.Text.Json.Nodes.JsonObject { ["errors"] = echo }.ToJsonString()).GetAwaiter().GetResult();
            return true;
        };

        var thrown = await Assert.ThrowsAsync<LinodeToolkitException>(() => stage.Store().SetAsync("a", new(value), default));
        Assert.Equal("LCT7239", thrown.Problem.Code);
        var shown = $"{thrown} {thrown.Problem.Why} {string.Join(' ', thrown.Problem.Fixes)}";
        Assert.DoesNotContain(stage.Server.Vault.RootToken, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(value, shown, StringComparison.Ordinal);
        Assert.Equal("what it said holds something secret and is not shown", thrown.Problem.Why);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_is_not_quoted()
    {
        stage.Server.Before = context =>
        {
            if (!context.Request.Path.Value!.Contains("/data/", StringComparison.Ordinal))
            {
                return false;
            }

            context.Response.WriteAsync($$"""{"data":{"data":{"value":"{{Value}}"}, {{Value}}""").GetAwaiter().GetResult();
            return true;
        };

        var thrown = await Assert.ThrowsAsync<LinodeToolkitException>(() => stage.Store().ReadAsync("a", default));
        Assert.Equal("LCT7239", thrown.Problem.Code);
        Assert.DoesNotContain(Value, $"{thrown} {thrown.Problem.Why}", StringComparison.Ordinal);
    }

    [Fact]
    public void Options_do_not_show_what_they_hold()
    {
        var options = new VaultOptions { Address = new("https://v"), Auth = new VaultAppRole(new("role-1"), new("secret-1")) };

        Assert.DoesNotContain("role-1", options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-1", options.ToString(), StringComparison.Ordinal);
    }

    private static string Masked(string text, params string[] secrets)
    {
        var redactor = new Redactor();
        Array.ForEach(secrets, secret => redactor.Add(new(secret)));
        return redactor.Redact(text);
    }
}
