using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V3;

/// <summary>A batch that gets no answer, or one answer for all: a boot may not be done twice, a list may.</summary>
public sealed class BatchTroubleTests
{
    private const string Booted = """{"ERRORARRAY":[],"DATA":{"JobID":8},"ACTION":"linode.boot"}""";
    private const string Listed = """{"ERRORARRAY":[],"DATA":[],"ACTION":"linode.list"}""";
    private const string RanOut = """{"ERRORARRAY":[{"ERRORCODE":12,"ERRORMESSAGE":"out of time"}],"DATA":{},"ACTION":""}""";

    private static readonly Dictionary<string, object> MayHaveHappened = new()
    {
        ["503 html"] = Html(503),
        ["500"] = Says("", 500),
        ["cut"] = new HttpRequestException(HttpRequestError.ResponseEnded, "the response ended early"),
        ["no time for the batch"] = Says(RanOut),
    };

    private readonly ManualTime time = new();

    public static TheoryData<string> Troubles => [.. MayHaveHappened.Keys];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task What_may_have_happened_is_asked_for_again_where_that_does_no_harm_and_lost_where_it_does(string trouble)
    {
        var api = FakeApi.Script(MayHaveHappened[trouble], Says(Listed));
        using var client = new LinodeV3Client(FakeV3.On(api, time));
        var (boot, list) = (client.SendAsync(new BootLinode(1)), client.SendAsync(new ListLinodes()));
        Assert.Empty(await time.DriveAsync(list));
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => boot);
        Assert.Equal((ApiFailure.AnswerLost, "LCT5006", "linode.boot"), (failure.Failure, failure.Problem.Code, failure.Problem.Where));
        Assert.Equal(["linode.boot linode.list", "linode.list"], Requests(api));
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Lists_alone_are_sent_again_as_they_were(string trouble)
    {
        var api = FakeApi.Script(MayHaveHappened[trouble], Says($"[{Listed},{Listed}]"));
        using var client = new LinodeV3Client(FakeV3.On(api, time));
        await time.DriveAsync(Task.WhenAll(client.SendAsync(new ListLinodes()), client.SendAsync(new ListLinodes(7))));
        Assert.Equal(["linode.list linode.list", "linode.list linode.list"], Requests(api));
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("14")]
    [InlineData("all 14")]
    [InlineData("429")]
    public async Task What_surely_did_not_happen_is_sent_again_as_a_whole(string trouble)
    {
        const string limited = """{"ERRORARRAY":[{"ERRORCODE":14,"ERRORMESSAGE":"slow down"}],"DATA":{},"ACTION":""}""";
        var api = FakeApi.Script(
            trouble switch
            {
                "refused" => new HttpRequestException(HttpRequestError.ConnectionError, "connection refused"),
                "14" => Says(limited),
                "all 14" => Says($"[{limited},{limited}]"),
                _ => Html(429),
            },
            Says($"[{Booted},{Listed}]"));
        var options = FakeV3.On(api, time);
        using var client = new LinodeV3Client(options);
        var (boot, list) = (client.SendAsync(new BootLinode(1)), client.SendAsync(new ListLinodes()));
        await time.DriveAsync(Task.WhenAll(boot, list));
        Assert.Equal((8, 2), ((await boot).JobId, api.Seen.Count));
        Assert.Equal(trouble == "refused" ? 0 : 1, options.Counters!.RateLimited);
    }

    [Theory]
    [InlineData("[BOOTED,RANOUT,RANOUT]")]
    [InlineData("[BOOTED,RANOUT]")]
    public async Task What_a_batch_had_no_time_for_is_sent_again_and_nothing_else(string answer)
    {
        var api = FakeApi.Script(Says(answer.Replace("BOOTED", Booted).Replace("RANOUT", RanOut)), Says($"[{Booted},{Booted}]"));
        using var client = new LinodeV3Client(FakeV3.On(api, time));
        await time.DriveAsync(Task.WhenAll(Enumerable.Range(1, 3).Select(id => client.SendAsync(new BootLinode(id)))));
        Assert.Equal([["1", "2", "3"], ["2", "3"]], api.Seen.Select(request => FakeV3.Read(request).Select(one => one["linodeid"])));
    }

    [Fact]
    public async Task What_never_has_time_fails_at_last()
    {
        var api = FakeApi.Script(Says($"[{RanOut},{RanOut}]"));
        using var client = new LinodeV3Client(FakeV3.On(api, time));
        var boots = Enumerable.Range(1, 2).Select(id => client.SendAsync(new BootLinode(id))).ToList();
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => time.DriveAsync(boots[0]));
        Assert.Equal((ApiFailure.Unavailable, "LCT5041", true), (failure.Failure, failure.Problem.Code, failure.Problem.Retryable));
        await Assert.ThrowsAsync<LinodeApiException>(() => boots[1]);
        Assert.Equal(7, api.Seen.Count);
    }

    [Fact]
    public async Task A_call_the_rate_limit_refused_among_others_is_sent_again_after_a_pause()
    {
        var api = FakeApi.Script(Says($"[{Booted},{FakeV3.Error(14, "slow down")},{Booted}]"), Says(Booted));
        using var client = new LinodeV3Client(FakeV3.On(api, time));
        var start = time.GetUtcNow();
        await time.DriveAsync(Task.WhenAll(Enumerable.Range(1, 3).Select(id => client.SendAsync(new BootLinode(id)))));
        Assert.Equal("2", FakeV3.Read(api.Seen[1]).Single()["linodeid"]);
        Assert.True(time.GetUtcNow() - start >= TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public async Task A_batch_that_is_too_large_or_cannot_be_read_is_sent_in_halves(int code)
    {
        var api = new FakeApi((request, _) => FakeV3.Read(request) is { Count: > 1 } many
            ? FakeApi.Json(many.Count > 2 ? FakeV3.Error(code, "no") : $"[{Booted},{Booted}]")
            : FakeApi.Json(Booted));
        using var client = new LinodeV3Client(FakeV3.On(api, time));
        await time.DriveAsync(Task.WhenAll(Enumerable.Range(1, 5).Select(id => client.SendAsync(new BootLinode(id)))));
        Assert.Equal([1, 2, 2, 3, 5], api.Seen.Select(request => FakeV3.Read(request).Count).Order());
    }

    [Fact]
    public async Task A_key_that_is_refused_is_refused_to_each()
    {
        var api = FakeApi.Script(Says(FakeV3.Error(4, "Authentication failed")));
        using var client = new LinodeV3Client(FakeV3.On(api, time));
        var (boot, list) = (client.SendAsync(new BootLinode(1)), client.SendAsync(new ListLinodes()));
        var first = await Assert.ThrowsAsync<LinodeApiException>(() => time.DriveAsync(boot));
        var second = await Assert.ThrowsAsync<LinodeApiException>(() => list);
        Assert.Equal((ApiFailure.NotAllowed, "linode.boot"), (first.Failure, first.Problem.Where));
        Assert.Equal((ApiFailure.NotAllowed, "linode.list"), (second.Failure, second.Problem.Where));
        Assert.Single(api.Seen);
    }

    [Fact]
    public async Task An_answer_that_is_too_short_loses_a_change_and_repeats_a_look()
    {
        var api = FakeApi.Script(Says($"[{Booted}]"), Says(Listed));
        using var client = new LinodeV3Client(FakeV3.On(api, time));
        var (first, second) = (client.SendAsync(new BootLinode(1)), client.SendAsync(new BootLinode(2)));
        var list = client.SendAsync(new ListLinodes());
        Assert.Empty(await time.DriveAsync(list));
        Assert.Equal(8, (await first).JobId);
        Assert.Equal(ApiFailure.AnswerLost, (await Assert.ThrowsAsync<LinodeApiException>(() => second)).Failure);
    }

    [Fact]
    public async Task An_answer_nobody_can_read_loses_changes_and_is_bad_for_looks()
    {
        var api = FakeApi.Script(Says("[{\"ERRORARR"));
        using var client = new LinodeV3Client(FakeV3.On(api, time));
        var (boot, list) = (client.SendAsync(new BootLinode(1)), client.SendAsync(new ListLinodes()));
        Assert.Equal(ApiFailure.AnswerLost, (await Assert.ThrowsAsync<LinodeApiException>(() => time.DriveAsync(boot))).Failure);
        Assert.Equal(ApiFailure.BadAnswer, (await Assert.ThrowsAsync<LinodeApiException>(() => list)).Failure);
    }

    private static Func<HttpResponseMessage> Says(string json, int status = 200) => () => FakeApi.Json(json, status);

    private static Func<HttpResponseMessage> Html(int status) => () => FakeApi.Html(status);

    private static IEnumerable<string> Requests(FakeApi api) =>
        api.Seen.Select(request => string.Join(' ', FakeV3.Read(request).Select(one => one.Action)));
}
