using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Api.Http;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V3;

public sealed class RefusalTests
{
    private readonly ManualTime time = new();

    [Theory]
    [InlineData(1, "Bad request", ApiFailure.Refused, "LCT5040", "bad request", false)]
    [InlineData(4, "Authentication failed", ApiFailure.NotAllowed, "LCT3016", "AUTHFAIL", false)]
    [InlineData(5, "Object not found", ApiFailure.NotFound, "LCT5030", "NOTFOUND", false)]
    [InlineData(6, "PLANID is required but missing", ApiFailure.Refused, "LCT5033", "property missing", false)]
    [InlineData(7, "PlanID is not valid", ApiFailure.Refused, "LCT5033", "property invalid", false)]
    [InlineData(8, "Label may only contain letters", ApiFailure.Refused, "LCT5033", "VALIDATION", false)]
    [InlineData(8, "The label web-1 is already in use", ApiFailure.LabelTaken, "LCT5031", "VALIDATION", false)]
    [InlineData(8, "Linode label must be unique", ApiFailure.LabelTaken, "LCT5031", "VALIDATION", false)]
    [InlineData(9, "No such method", ApiFailure.Refused, "LCT5040", "no such method", false)]
    [InlineData(12, "Time", ApiFailure.Unavailable, "LCT5041", "batch out of time", true)]
    [InlineData(13, "Permission denied", ApiFailure.NotAllowed, "LCT3017", "NOACCESS", false)]
    [InlineData(15, "Limit reached", ApiFailure.Refused, "LCT5035", "ACCOUNTLIMIT", false)]
    [InlineData(30, "Charge failed", ApiFailure.Refused, "LCT5036", "CCFAILED", false)]
    [InlineData(31, "Card expired", ApiFailure.Refused, "LCT5036", "CCEXPIRED", false)]
    [InlineData(40, "Too many Linodes this hour", ApiFailure.Refused, "LCT5034", "LINODELIMITER", true)]
    [InlineData(41, "Linode must have no disks", ApiFailure.Refused, "LCT5037", "LINODENOTEMPTY", false)]
    [InlineData(42, "Too many StackScripts", ApiFailure.Refused, "LCT5035", "STACKSCRIPTLIMIT", false)]
    [InlineData(44, "Token needed", ApiFailure.NotAllowed, "LCT3018", "NEEDTOKEN", false)]
    [InlineData(443, "Fatal", ApiFailure.Refused, "LCT5040", "fatal", false)]
    [InlineData(999, "New", ApiFailure.Refused, "LCT5040", "a code without a name", false)]
    public async Task Tells_refusals_apart_and_keeps_the_API_s_own_words(
        int code, string words, ApiFailure expected, string problem, string name, bool retryable)
    {
        var failure = await CreateAsync(FakeV3.Error(code, words));
        Assert.Equal((expected, problem, retryable), (failure.Failure, failure.Problem.Code, failure.Problem.Retryable));
        Assert.Equal(("linode.create", $"API said {code} {name} \"{words}\""), (failure.Problem.Where, failure.Problem.Why));
        Assert.NotEmpty(failure.Problem.Fixes);
    }

    [Fact]
    public async Task Shows_several_errors_at_once_and_passes_over_an_ok()
    {
        var failure = await CreateAsync(
            """{"ERRORARRAY":[{"ERRORCODE":0,"ERRORMESSAGE":"ok"},{"ERRORCODE":"5","ERRORMESSAGE":"gone"},{"errorcode":13,"errormessage":"no"}]}""");
        Assert.Equal((ApiFailure.NotFound, "API said 5 NOTFOUND \"gone\"; 13 NOACCESS \"no\""), (failure.Failure, failure.Problem.Why));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"errors\":[{\"reason\":\"Not found\"}]}")]
    [InlineData("{\"ERRORARRAY\":[],\"DATA\":{\"LinodeID\":7")]
    [InlineData("{\"ERRORARRAY\":[],\"DATA\":{}}")]
    [InlineData("{\"ERRORARRAY\":[],\"DATA\":{\"LinodeID\":\"\"}}")]
    [InlineData("{\"ERRORARRAY\":[]}")]
    public async Task A_success_that_cannot_be_read_may_have_created_something(string body) =>
        Assert.Equal(ApiFailure.AnswerLost, (await CreateAsync(body)).Failure);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"ERRORARRAY\":[],\"DATA\":[{\"LABEL\":\"without an id\"}]}")]
    public async Task A_list_that_cannot_be_read_is_a_bad_answer(string body)
    {
        var failure = await FailAsync(Says(body), new ListLinodes());
        Assert.Equal((ApiFailure.BadAnswer, "LCT5039"), (failure.Failure, failure.Problem.Code));
    }

    [Theory]
    [InlineData(401, ApiFailure.NotAllowed, "LCT3016")]
    [InlineData(404, ApiFailure.Refused, "LCT5040")]
    [InlineData(301, ApiFailure.BadAnswer, "LCT5039")]
    public async Task Understands_what_stands_before_the_API_by_its_status(int status, ApiFailure expected, string code)
    {
        var failure = await FailAsync(() => FakeApi.Html(status), new CreateLinode(2, 1));
        Assert.Equal((expected, code, status), (failure.Failure, failure.Problem.Code, failure.Status));
    }

    [Fact]
    public async Task Does_not_carry_the_key_to_where_a_redirect_points()
    {
        var called = 0;
        await using var elsewhere = await LoopbackServer.StartAsync(_ =>
        {
            Interlocked.Increment(ref called);
            return Task.CompletedTask;
        });
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = elsewhere.Url.AbsoluteUri;
            return Task.CompletedTask;
        });
        using var client = new LinodeV3Client(new V3Options { ApiUrl = server.Url, Key = () => new("k3y-of-tests") });
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => client.SendAsync(new ListLinodes()));
        Assert.Equal((ApiFailure.BadAnswer, 0), (failure.Failure, called));
    }

    [Fact]
    public async Task No_message_repeats_a_key_or_a_password_though_the_API_does()
    {
        var order = new CreateDiskFromStackScript(
            7, 9, new Dictionary<string, Sensitive> { ["db"] = new("CANARY-3") }, 124, "root", 4096, new("CANARY-1"), new("CANARY-2"));
        var failure = await FailAsync(Says(FakeV3.Error(8, "rootPass CANARY-1 of k3y-of-tests is weak; CANARY-2, CANARY-3")), order);
        Assert.Equal("API said 8 VALIDATION \"rootPass *** of *** is weak; ***, ***\"", failure.Problem.Why);
        Assert.DoesNotContain("CANARY", failure.ToString(), StringComparison.Ordinal);
    }

    private static Func<HttpResponseMessage> Says(string json) => () => FakeApi.Json(json);

    private Task<LinodeApiException> CreateAsync(string body) => FailAsync(Says(body), new CreateLinode(2, 1));

    private async Task<LinodeApiException> FailAsync<TReply>(Func<HttpResponseMessage> answer, V3Operation<TReply> operation)
    {
        using var client = new LinodeV3Client(FakeV3.On(FakeApi.Script(answer), time));
        return await Assert.ThrowsAsync<LinodeApiException>(() => time.DriveAsync(client.SendAsync(operation)));
    }
}
