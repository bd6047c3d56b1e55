using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V4;

public sealed class RefusalTests
{
    private readonly ManualTime time = new();

    [Theory]
    [InlineData(400, "Linode busy.", ApiFailure.Busy, "LCT5004", true)]
    [InlineData(400, "Linode busy. Really", ApiFailure.Refused, "LCT5001", false)]
    [InlineData(400, "Label must be unique among your linodes", ApiFailure.LabelTaken, "LCT5003", false)]
    [InlineData(400, "Account Limit reached. Please open a support ticket.", ApiFailure.Refused, "LCT5001", false)]
    [InlineData(404, "Not found", ApiFailure.NotFound, "LCT5002", false)]
    [InlineData(405, "Method Not Allowed", ApiFailure.Refused, "LCT5001", false)]
    [InlineData(401, "Invalid Token", ApiFailure.NotAllowed, "LCT3010", false)]
    [InlineData(403, "Unauthorized", ApiFailure.NotAllowed, "LCT3012", false)]
    public async Task Tells_refusals_apart_and_keeps_the_API_s_own_words(int status, string reason, ApiFailure expected, string code, bool retryable)
    {
        var failure = await CreateAsync(FakeApi.Error(status, reason, "label", ("X-Request-Id", "9c1e")));
        Assert.Equal((expected, code, retryable, status), (failure.Failure, failure.Problem.Code, failure.Problem.Retryable, failure.Status));
        Assert.Equal($"API said {status} \"{reason}\" (field label)", failure.Problem.Why);
        Assert.Equal(("POST linode/instances", "9c1e"), (failure.Problem.Where, failure.Problem.RequestId));
    }

    [Fact]
    public async Task Shows_several_errors_at_once()
    {
        var failure = await CreateAsync(FakeApi.Json(
            """
            {"errors":[{"reason":"region is not valid","field":"region"},
                       {"reason":"Label must be unique among your linodes","field":"label"}]}
            """,
            400));
        Assert.Equal(ApiFailure.LabelTaken, failure.Failure);
        Assert.Equal(
            "API said 400 \"region is not valid\" (field region); \"Label must be unique among your linodes\" (field label)", failure.Problem.Why);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"errors\":[{\"rea")]
    [InlineData("{\"errors\":null}")]
    public async Task Understands_a_status_without_a_readable_body(string body)
    {
        var failure = await CreateAsync(FakeApi.Json(body, 422));
        Assert.Equal((ApiFailure.Refused, 422), (failure.Failure, failure.Status));
    }

    [Fact]
    public async Task Names_the_scope_a_token_lacks()
    {
        var failure = await CreateAsync(FakeApi.Error(
            401, "Your OAuth token is not authorized to use this endpoint.", null,
            ("X-Accepted-OAuth-Scopes", "linodes:read_write"), ("X-OAuth-Scopes", "linodes:read_only,events:read_only")));
        Assert.Equal((ApiFailure.NotAllowed, "LCT3011", 3), (failure.Failure, failure.Problem.Code, failure.Problem.Family));
        Assert.Contains("needed: linodes:read_write; granted: linodes:read_only, events:read_only", failure.Problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_the_API_does_not_know_lacks_no_scope()
    {
        var failure = await CreateAsync(FakeApi.Error(
            401, "Invalid Token", null, ("X-Accepted-OAuth-Scopes", "linodes:read_write"), ("X-OAuth-Scopes", "unknown")));
        Assert.Equal("LCT3010", failure.Problem.Code);
    }

    [Theory]
    [InlineData("<html>", "text/html")]
    [InlineData("", "application/json")]
    [InlineData("{\"id\":7,\"label\":\"w", "application/json")]
    [InlineData("{\"id\":7}", "application/json")]
    [InlineData("null", "application/json")]
    public async Task An_unreadable_success_is_a_bad_answer_and_for_a_create_a_lost_one(string body, string type)
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => new(System.Net.HttpStatusCode.OK)
        {
            Content = new StringContent(body, null, type),
        }));
        using var client = new LinodeV4Client(Clouds.On(api, time));
        var read = await Assert.ThrowsAsync<LinodeApiException>(() => client.SendAsync(new GetInstance(7)));
        var created = await Assert.ThrowsAsync<LinodeApiException>(() => client.SendAsync(new CreateInstance(new())));
        Assert.Equal((ApiFailure.BadAnswer, ApiFailure.AnswerLost), (read.Failure, created.Failure));
    }

    [Fact]
    public async Task Does_not_follow_a_redirect()
    {
        var failure = await CreateAsync(FakeApi.Json("", 302, ("Location", "https://elsewhere.example/")));
        Assert.Equal(ApiFailure.BadAnswer, failure.Failure);
    }

    private async Task<LinodeApiException> CreateAsync(HttpResponseMessage answer)
    {
        using var client = new LinodeV4Client(Clouds.On(FakeApi.Script(new Func<HttpResponseMessage>(() => answer)), time));
        return await Assert.ThrowsAsync<LinodeApiException>(() => client.SendAsync(new CreateInstance(new())));
    }
}
