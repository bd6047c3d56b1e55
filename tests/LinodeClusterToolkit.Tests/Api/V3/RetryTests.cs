using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V3;

public sealed class RetryTests
{
    private static readonly Dictionary<string, object> Troubles = new()
    {
        ["14"] = new Func<HttpResponseMessage>(() => FakeApi.Json(FakeV3.Error(14, "slow down"))),
        ["429"] = new Func<HttpResponseMessage>(() => FakeApi.Html(429)),
        ["500"] = new Func<HttpResponseMessage>(() => FakeApi.Json("", 500)),
        ["503 html"] = new Func<HttpResponseMessage>(() => FakeApi.Html(503)),
        ["cut"] = new HttpRequestException(HttpRequestError.ResponseEnded, "the response ended early"),
        ["refused"] = new HttpRequestException(HttpRequestError.ConnectionError, "connection refused"),
    };

    private readonly ManualTime time = new();

    public static TheoryData<string, string> RepeatableCalls()
    {
        var data = new TheoryData<string, string>();
        foreach (var trouble in Troubles.Keys)
        {
            foreach (var call in new[] { "list", "update", "delete" })
            {
                data.Add(call, trouble);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(RepeatableCalls))]
    public async Task Sends_again_what_does_no_harm_twice(string call, string trouble)
    {
        var api = FakeApi.Script(Troubles[trouble], Fine());
        var options = FakeV3.On(api, time);
        using var client = new LinodeV3Client(options);
        await time.DriveAsync(Send(client, call));
        Assert.Equal((2, 2, 1), (api.Seen.Count, options.Counters!.Calls, options.Counters.Retries));
    }

    [Theory]
    [InlineData("create", "14")]
    [InlineData("create", "429")]
    [InlineData("create", "refused")]
    [InlineData("boot", "14")]
    public async Task Sends_a_create_again_that_surely_did_not_happen(string call, string trouble)
    {
        var api = FakeApi.Script(Troubles[trouble], Fine());
        using var client = new LinodeV3Client(FakeV3.On(api, time));
        await time.DriveAsync(Send(client, call));
        Assert.Equal(2, api.Seen.Count);
    }

    [Theory]
    [InlineData("create", "500")]
    [InlineData("create", "503 html")]
    [InlineData("create", "cut")]
    [InlineData("boot", "503 html")]
    [InlineData("boot", "cut")]
    public async Task Never_sends_a_create_twice_that_may_have_happened(string call, string trouble)
    {
        var api = FakeApi.Script(Troubles[trouble], Fine());
        using var client = new LinodeV3Client(FakeV3.On(api, time));
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => time.DriveAsync(Send(client, call)));
        Assert.Equal((ApiFailure.AnswerLost, "LCT5006", 1), (failure.Failure, failure.Problem.Code, api.Seen.Count));
    }

    [Theory]
    [InlineData("503 html", ApiFailure.Unavailable, "LCT5038", 7)]
    [InlineData("14", ApiFailure.RateLimited, "LCT5032", 7)]
    [InlineData("refused", ApiFailure.Unavailable, "LCT5011", 4)]
    public async Task Gives_up_after_so_many_tries_and_says_why(string trouble, ApiFailure expected, string code, int tries)
    {
        var api = FakeApi.Script(Troubles[trouble]);
        using var client = new LinodeV3Client(FakeV3.On(api, time));
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => time.DriveAsync(Send(client, "list")));
        Assert.Equal((expected, code, tries, true), (failure.Failure, failure.Problem.Code, api.Seen.Count, failure.Problem.Retryable));
        Assert.Equal("linode.list", failure.Problem.Where);
    }

    [Fact]
    public async Task Waits_after_a_refusal_by_the_limit_as_long_as_the_API_says()
    {
        var api = FakeApi.Script(
            new Func<HttpResponseMessage>(() => FakeApi.Json(FakeV3.Error(14, "slow down"), 200, ("Retry-After", "42"))), Fine());
        var options = FakeV3.On(api, time);
        using var client = new LinodeV3Client(options);
        var start = time.GetUtcNow();
        await time.DriveAsync(Send(client, "create"));
        Assert.Equal(TimeSpan.FromSeconds(42), time.GetUtcNow() - start - TimeSpan.FromMilliseconds(20)); // after the time calls are gathered
        Assert.Equal((1, 1, 1), (options.Counters!.RateLimited, options.Counters.Waited, options.Counters.Retries));
    }

    [Theory]
    [InlineData(42, 42)]
    [InlineData(86400, 300)] // nobody waits a day
    public async Task Waits_after_a_failure_as_long_as_the_API_says_within_reason(int said, int waited)
    {
        var failing = new Func<HttpResponseMessage>(() => FakeApi.Json("", 503, ("Retry-After", $"{said}")));
        var api = FakeApi.Script(failing, Fine());
        using var client = new LinodeV3Client(FakeV3.On(api, time));
        var start = time.GetUtcNow();
        await time.DriveAsync(Send(client, "list"));
        Assert.Equal(TimeSpan.FromSeconds(waited), time.GetUtcNow() - start - TimeSpan.FromMilliseconds(20));
    }

    private static Func<HttpResponseMessage> Fine() => () => FakeApi.Json(FakeV3.Fine("""{"LINODEID":7,"JOBID":8}"""));

    private static Task Send(LinodeV3Client client, string call) => call switch
    {
        "list" => client.SendAsync(new ListLinodes()),
        "update" => client.SendAsync(new UpdateLinode(7, new(Label: "web-1"))),
        "delete" => client.SendAsync(new DeleteLinode(7)),
        "boot" => client.SendAsync(new BootLinode(7)),
        "create" => client.SendAsync(new CreateLinode(2, 1)),
        _ => throw new ArgumentException("no such call", nameof(call)),
    };
}
