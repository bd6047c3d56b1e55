using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V3;

public sealed class WireTests
{
    private readonly ManualTime time = new();

    [Fact]
    public async Task A_call_is_a_form_posted_to_the_root_and_the_key_is_in_it()
    {
        var api = Answering("""{"LinodeID":7}""");
        await SendAsync(api, new UpdateLinode(7, new("web 1", "a&b=c", Watchdog: false)));
        var sent = Assert.Single(api.Api.Seen);
        Assert.Equal(("POST", "/", null), (sent.Method, sent.PathAndQuery, sent.Authorization));
        Assert.Equal(
            "api_key=k3y-of-tests&api_action=linode.update&LinodeID=7&Label=web+1&lpm_displayGroup=a%26b%3Dc&watchdog=false", sent.Body);
    }

    [Theory]
    [InlineData("https://api.linode.com", "https://api.linode.com/")]
    [InlineData("https://api.linode.com/api", "https://api.linode.com/api/")]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080/")]
    public async Task The_address_is_taken_as_it_is(string url, string called)
    {
        Uri? seen = null;
        using var handler = new Recorder(request => seen = request.RequestUri);
        using var client = new LinodeV3Client(FakeV3.On(handler, time) with { ApiUrl = new(url) });
        await time.DriveAsync(client.SendAsync(new ListDatacenters()));
        Assert.Equal(called, seen!.OriginalString);
    }

    [Theory]
    [InlineData("http://api.linode.com/")]
    [InlineData("http://192.168.1.4:8080/")]
    public void Refuses_to_send_a_key_unencrypted_to_another_machine(string url)
    {
        var failure = Assert.Throws<LinodeToolkitException>(() => new LinodeV3Client(FakeV3.On(FakeApi.Script(), time) with { ApiUrl = new(url) }));
        Assert.Equal("LCT1050", failure.Problem.Code);
    }

    [Fact]
    public async Task Flags_are_words_but_where_the_API_takes_only_digits()
    {
        var api = Answering("""{"DiskID":1,"JobID":2}""");
        await SendAsync(api, new ListJobs(7, PendingOnly: true));
        await SendAsync(api, new CreateDisk(7, "data", "ext4", 2048, IsReadOnly: true));
        Assert.Equal(("1", "true"), (api.Requests[0][0]["pendingonly"], api.Requests[1][0]["isreadonly"]));
    }

    [Fact]
    public async Task Nothing_and_an_empty_text_are_two_things()
    {
        var api = Answering("""{"LinodeID":7}""");
        await SendAsync(api, new UpdateLinode(7, new(DisplayGroup: "")));
        Assert.EndsWith("&LinodeID=7&lpm_displayGroup=", api.Api.Seen[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ERRORARRAY":[],"DATA":{"LinodeID":7},"ACTION":"linode.create"}""")]
    [InlineData("""{"action":"LINODE.Create","data":{"LINODEID":"7"},"errorarray":[]}""")]
    [InlineData("""{"Data":[{"linodeid":7.0}],"ErrorArray":[{"ErrorCode":0,"ErrorMessage":"ok"}]}""")]
    public async Task Reads_envelopes_in_any_case_and_order_with_or_without_an_ok(string body)
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Json(body)));
        using var client = new LinodeV3Client(FakeV3.On(api, time));
        Assert.Equal(7, (await time.DriveAsync(client.SendAsync(new CreateLinode(2, 1)))).LinodeId);
    }

    [Fact]
    public async Task A_resize_is_answered_with_an_ok_among_the_errors_and_with_nothing_else()
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Json(FakeV3.Error(0, "ok"))));
        using var client = new LinodeV3Client(FakeV3.On(api, time));
        await time.DriveAsync(client.SendAsync(new ResizeLinode(7, 2)));
        Assert.Single(api.Seen);
    }

    [Theory]
    [InlineData("[]", 0)]
    [InlineData("{}", 0)]
    [InlineData("""[{"LINODEID":7},{"LINODEID":8}]""", 2)]
    [InlineData("""{"LINODEID":7}""", 1)]
    public async Task A_list_may_be_empty_in_two_ways_and_one_record_may_stand_alone(string data, int count) =>
        Assert.Equal(count, (await SendAsync(Answering(data), new ListLinodes())).Count);

    [Fact]
    public async Task What_needs_no_key_is_asked_for_without_one_where_there_is_none()
    {
        var api = Answering("""[{"DATACENTERID":2,"LOCATION":"Dallas, TX, USA","ABBR":"dallas"}]""");
        using var client = new LinodeV3Client(FakeV3.On(api.Api, time) with { Key = NoKey });
        Assert.Equal("dallas", Assert.Single(await time.DriveAsync(client.SendAsync(new ListDatacenters()))).Abbr);
        Assert.Equal("api_action=avail.datacenters", api.Api.Seen[0].Body);
    }

    [Fact]
    public async Task What_needs_a_key_says_that_there_is_none_and_sends_nothing()
    {
        var api = Answering("[]");
        using var client = new LinodeV3Client(FakeV3.On(api.Api, time) with { Key = NoKey });
        var failure = await Assert.ThrowsAsync<LinodeToolkitException>(() => client.SendAsync(new ListLinodes()));
        Assert.Equal(("LCT3001", 0), (failure.Problem.Code, api.Requests.Count));
    }

    [Fact]
    public async Task A_key_is_made_with_name_and_password_and_without_a_key()
    {
        var api = Answering("""{"USERNAME":"ann","API_KEY":"n3w-key"}""");
        var made = await SendAsync(api, new GetApiKey("ann", new Sensitive("Very-Secret-1"), Expires: 0));
        Assert.Equal(("ann", "n3w-key"), (made.UserName, made.ApiKey.Reveal()));
        Assert.Equal("api_action=user.getapikey&username=ann&password=Very-Secret-1&expires=0", api.Api.Seen[0].Body);
        Assert.DoesNotContain("n3w-key", made.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_lists_its_disks_by_place_and_tells_of_nine()
    {
        var api = Answering("""{"ConfigID":5}""");
        await SendAsync(api, new CreateConfig(7, new(210, "boot", [101, null, 102])));
        Assert.Equal("101,,102", api.Requests[0][0]["disklist"]);
        var told = Assert.Single(await SendAsync(
            Answering("""[{"ConfigID":5,"DiskList":"101,102,,,,,,,","RootDeviceRO":true,"helper_distro":1,"__validationErrorArray":[]}]"""),
            new ListConfigs(7)));
        Assert.Equal([101, 102, null, null, null, null, null, null, null], told.Disks);
        Assert.Equal((true, true), (told.RootDeviceRo, told.HelperDistro));
    }

    [Fact]
    public async Task The_answers_to_a_script_travel_as_one_JSON_text()
    {
        var api = Answering("""{"JobID":1,"DiskID":2}""");
        await SendAsync(api, new CreateDiskFromStackScript(
            7, 9, new Dictionary<string, Sensitive> { ["db"] = new("p\"w") }, 124, "root", 4096, new("Very-Secret-1"),
            new("ssh-ed25519 A\nssh-ed25519 B")));
        Assert.Equal("""{"db":"p\"w"}""", api.Requests[0][0]["stackscriptudfresponses"]);
        Assert.Equal("ssh-ed25519 A\nssh-ed25519 B", api.Requests[0][0]["rootsshkey"]);
    }

    [Fact]
    public async Task An_echo_gives_the_texts_back()
    {
        var echo = await SendAsync(Answering("""{"FOO":"bar","NUMBER":12}"""), new TestEcho(new Dictionary<string, string> { ["foo"] = "bar" }));
        Assert.Equal(("bar", "12"), (echo["FOO"], echo["NUMBER"]));
    }

    [Fact]
    public void An_operation_prints_its_action_and_no_parameter()
    {
        var operation = new CreateDiskFromDistribution(7, 124, "root", 4096, new Sensitive("Very-Secret-1"));
        Assert.Equal("linode.disk.createfromdistribution", operation.ToString());
        Assert.Equal(["LinodeID", "DistributionID", "Label", "Size", "rootPass"], operation.Parameters);
    }

    private static Sensitive NoKey() => throw new LinodeToolkitException(new Problem("LCT3001", "no API key found"));

    private static FakeV3 Answering(string data) => new(_ => FakeV3.Fine(data));

    private async Task<TReply> SendAsync<TReply>(FakeV3 api, V3Operation<TReply> operation)
    {
        using var client = new LinodeV3Client(FakeV3.On(api.Api, time));
        return await time.DriveAsync(client.SendAsync(operation));
    }

    private sealed class Recorder(Action<HttpRequestMessage> see) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            see(request);
            return Task.FromResult(FakeApi.Json(FakeV3.Fine("[]")));
        }
    }
}
