using System.Net;

namespace LinodeEmulator.Tests.Endpoints;

/// <summary>Tokens of OAuth, given for refresh tokens.</summary>
public sealed class OauthLoginTests : IAsyncDisposable
{
    private readonly TestCloud cloud = new(new EmulatorOptions { OauthClients = [new("app", "hush", "first") { Life = TimeSpan.FromMinutes(5) }] });

    [Fact]
    public async Task A_token_is_good_for_its_time_and_a_refresh_token_once()
    {
        var given = await AskAsync("first");
        cloud.Token = (string)given.Json["access_token"]!;

        Assert.Equal(300, (int)given.Json["expires_in"]!);
        Assert.Equal(HttpStatusCode.OK, (await cloud.GetAsync("profile")).Status);
        Assert.Equal("invalid_grant", (string)(await AskAsync("first")).Json["error"]!);
        cloud.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("401 Invalid Token", (await cloud.GetAsync("profile")).Refusal);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync((string)given.Json["refresh_token"]!)).Status);
    }

    [Theory]
    [InlineData("grant_type=refresh_token&refresh_token=first&client_id=app&client_secret=wrong", 401, "invalid_client")]
    [InlineData("grant_type=refresh_token&refresh_token=first&client_id=other&client_secret=hush", 401, "invalid_client")]
    [InlineData("grant_type=password&refresh_token=first&client_id=app&client_secret=hush", 400, "unsupported_grant_type")]
    [InlineData("", 400, "unsupported_grant_type")]
    public async Task What_is_wrong_is_said_as_the_standard_says_it(string form, int status, string error)
    {
        var answer = await cloud.PostAsync("/oauth/token", form);

        Assert.Equal((status, error), ((int)answer.Status, (string)answer.Json["error"]!));
    }

    public ValueTask DisposeAsync() => cloud.DisposeAsync();

    private Task<Answer> AskAsync(string refresh) =>
        cloud.PostAsync("/oauth/token", $"grant_type=refresh_token&refresh_token={refresh}&client_id=app&client_secret=hush");
}
