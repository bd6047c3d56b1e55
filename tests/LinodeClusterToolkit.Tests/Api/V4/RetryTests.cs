using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V4;

public sealed class RetryTests
{
    private static readonly Dictionary<string, object> Troubles = new()
    {
        ["408"] = new Func<HttpResponseMessage>(() => FakeApi.Json("", 408)),
        ["429"] = new Func<HttpResponseMessage>(() => FakeApi.Error(429, "Too many requests")),
        ["429 html"] = new Func<HttpResponseMessage>(() => FakeApi.Html(429)),
        ["500"] = new Func<HttpResponseMessage>(() => FakeApi.Error(500, "Internal server error")),
        ["502 html"] = new Func<HttpResponseMessage>(() => FakeApi.Html(502)),
        ["503"] = new Func<HttpResponseMessage>(() => FakeApi.Error(503, "not yet available. Please try again later.")),
        ["cut"] = new HttpRequestException(HttpRequestError.ResponseEnded, "the response ended early"),
        ["refused"] = new HttpRequestException(HttpRequestError.ConnectionError, "connection refused"),
        ["no name"] = new HttpRequestException(HttpRequestError.NameResolutionError, "no such host"),
    };

    private readonly ManualTime time = new();

    public static TheoryData<string, string> RepeatableCalls()
    {
        var data = new TheoryData<string, string>();
        foreach (var trouble in Troubles.Keys)
        {
            foreach (var call in new[] { "get", "put", "delete", "boot" })
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
        var options = Clouds.On(api, time);
        using var client = new LinodeV4Client(options);
        await time.DriveAsync(Send(client, call));
        Assert.Equal((2, 2, 1), (api.Seen.Count, options.Counters!.Calls, options.Counters.Retries));
    }

    [Theory]
    [InlineData("429")]
    [InlineData("429 html")]
    [InlineData("refused")]
    [InlineData("no name")]
    public async Task Sends_a_create_again_that_surely_did_not_happen(string trouble)
    {
        var api = FakeApi.Script(Troubles[trouble], Fine());
        using var client = new LinodeV4Client(Clouds.On(api, time));
        await time.DriveAsync(Send(client, "create"));
        Assert.Equal(2, api.Seen.Count);
    }

    [Theory]
    [InlineData("408")]
    [InlineData("500")]
    [InlineData("502 html")]
    [InlineData("503")]
    [InlineData("cut")]
    public async Task Never_sends_a_create_twice_that_may_have_happened(string trouble)
    {
        var api = FakeApi.Script(Troubles[trouble], Fine());
        using var client = new LinodeV4Client(Clouds.On(api, time));
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => time.DriveAsync(Send(client, "create")));
        Assert.Equal((ApiFailure.AnswerLost, "LCT5006", 1), (failure.Failure, failure.Problem.Code, api.Seen.Count));
    }

    [Theory]
    [InlineData("get", ApiFailure.Unavailable, 7)]
    [InlineData("create", ApiFailure.AnswerLost, 1)]
    public async Task A_try_ends_after_thirty_seconds_without_an_answer(string call, ApiFailure expected, int tries)
    {
        var api = new SilentApi();
        using var client = new LinodeV4Client(Clouds.On(FakeApi.Script(), time) with { Handler = api });
        var work = Send(client, call);
        for (var number = 1; number <= tries; number++)
        {
            await api.UntilAskedAsync();
            time.Advance(TimeSpan.FromSeconds(30));
            if (number < tries)
            {
                await api.UntilAskedAgainAsync(time);
            }
        }

        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => work);
        Assert.Equal((expected, tries), (failure.Failure, api.Asked));
    }

    [Theory]
    [InlineData("500", ApiFailure.Unavailable, "LCT5007", 7)]
    [InlineData("502 html", ApiFailure.Unavailable, "LCT5007", 7)]
    [InlineData("429", ApiFailure.RateLimited, "LCT5005", 7)]
    [InlineData("cut", ApiFailure.Unavailable, "LCT5014", 7)]
    [InlineData("refused", ApiFailure.Unavailable, "LCT5011", 4)]
    [InlineData("no name", ApiFailure.Unavailable, "LCT5010", 4)]
    public async Task Gives_up_after_so_many_tries_and_says_why(string trouble, ApiFailure expected, string code, int tries)
    {
        var api = FakeApi.Script(Troubles[trouble]);
        using var client = new LinodeV4Client(Clouds.On(api, time));
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => time.DriveAsync(Send(client, "get")));
        Assert.Equal((expected, code, tries, true), (failure.Failure, failure.Problem.Code, api.Seen.Count, failure.Problem.Retryable));
        Assert.Equal("GET linode/instances/7", failure.Problem.Where);
        Assert.NotEmpty(failure.Problem.Fixes);
    }

    [Fact]
    public async Task Does_not_ask_again_while_the_API_is_under_maintenance()
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Error(503, "Down", null, ("X-Maintenance-Mode", "all,reads"))));
        using var client = new LinodeV4Client(Clouds.On(api, time));
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => Send(client, "get"));
        Assert.Equal((ApiFailure.Unavailable, "LCT5008", 1), (failure.Failure, failure.Problem.Code, api.Seen.Count));
    }

    [Fact]
    public async Task Does_not_try_again_where_the_far_side_is_not_trusted()
    {
        var api = FakeApi.Script(new HttpRequestException(HttpRequestError.SecureConnectionError, "the certificate is not valid"));
        using var client = new LinodeV4Client(Clouds.On(api, time));
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => Send(client, "get"));
        Assert.Equal(("LCT5012", 1), (failure.Problem.Code, api.Seen.Count));
        Assert.Contains("https://api.example", failure.Problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_after_a_429_as_long_as_the_API_says()
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Error(429, "Too many requests", null, ("Retry-After", "42"))), Fine());
        var options = Clouds.On(api, time);
        using var client = new LinodeV4Client(options);
        var start = time.GetUtcNow();
        await time.DriveAsync(Send(client, "create"));
        Assert.Equal(TimeSpan.FromSeconds(42), time.GetUtcNow() - start);
        Assert.Equal((1, 1, 1), (options.Counters!.RateLimited, options.Counters.Waited, options.Counters.Retries));
    }

    [Fact]
    public async Task Who_gives_up_while_waiting_for_a_turn_leaves_at_once_and_nothing_was_sent()
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Json(Clouds.Node)));
        using var client = new LinodeV4Client(Clouds.On(api, time));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Send(client, "create")));
        using var stop = new CancellationTokenSource();
        var waiting = client.SendAsync(new CreateInstance(new()), stop.Token);
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(20, api.Seen.Count);
    }

    [Fact]
    public async Task Who_waits_for_a_turn_takes_no_slot_from_other_calls()
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Json(Clouds.Node)));
        using var client = new LinodeV4Client(Clouds.On(api, time) with { Parallelism = 2 });
        var creates = Enumerable.Range(0, 60).Select(_ => Send(client, "create")).ToList();
        await Send(client, "get");
        Assert.Contains(creates, create => !create.IsCompleted);
    }

    private static Func<HttpResponseMessage> Fine() => () => FakeApi.Json(Clouds.Node);

    private static Task Send(LinodeV4Client client, string call) => call switch
    {
        "get" => client.SendAsync(new GetInstance(7)),
        "put" => client.SendAsync(new UpdateInstance(7, new(Label: "web-1"))),
        "delete" => client.SendAsync(new DeleteInstance(7)),
        "boot" => client.SendAsync(new BootInstance(7)),
        "create" => client.SendAsync(new CreateInstance(new("us-east", "g6-nanode-1", "web-1"))),
        _ => throw new ArgumentException("no such call", nameof(call)),
    };
}
