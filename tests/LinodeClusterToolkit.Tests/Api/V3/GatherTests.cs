using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V3;

public sealed class GatherTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(20);

    private readonly ManualTime time = new();
    private readonly FakeV3 api = new(asked => asked.Action switch
    {
        "linode.boot" when asked["linodeid"] == "13" => FakeV3.Error(5, "Object not found"),
        "linode.boot" => FakeV3.Fine($$"""{"JobID":{{asked["linodeid"]}}}"""),
        "linode.list" => FakeV3.Fine("""[{"LINODEID":7,"LABEL":"web-1"}]"""),
        _ => FakeV3.Fine("""{"LinodeID":7,"API_KEY":"n3w-key"}"""),
    });

    [Fact]
    public async Task Calls_made_at_the_same_time_travel_in_one_request_and_each_gets_its_own_answer()
    {
        using var client = Client();
        var boots = Enumerable.Range(1, 3).Select(id => client.SendAsync(new BootLinode(id, 100 + id))).ToList();
        var list = client.SendAsync(new ListLinodes());
        Assert.Empty(api.Requests);
        time.Advance(Window);
        Assert.Equal([1, 2, 3], (await Task.WhenAll(boots)).Select(reply => reply.JobId));
        Assert.Equal("web-1", Assert.Single(await list).Label);
        Assert.Equal(["linode.boot", "linode.boot", "linode.boot", "linode.list"], Assert.Single(api.Requests).Select(one => one.Action));
        Assert.Equal(
            """[{"api_action":"linode.boot","LinodeID":1,"ConfigID":101},{"api_action":"linode.boot","LinodeID":2,"ConfigID":102},"""
            + """{"api_action":"linode.boot","LinodeID":3,"ConfigID":103},{"api_action":"linode.list"}]""",
            FakeV3.Form(api.Api.Seen[0].Body)["api_requestarray"]);
    }

    [Fact]
    public async Task A_lone_call_waits_for_company_and_then_travels_as_it_is()
    {
        using var client = Client();
        var boot = client.SendAsync(new BootLinode(1));
        time.Advance(Window - TimeSpan.FromMilliseconds(1));
        Assert.Empty(api.Requests);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await boot;
        Assert.Equal("api_key=k3y-of-tests&api_action=linode.boot&LinodeID=1", Assert.Single(api.Api.Seen).Body);
    }

    [Fact]
    public async Task Twenty_five_do_not_wait_and_no_request_takes_more()
    {
        using var client = Client();
        var boots = Enumerable.Range(101, 51).Select(id => client.SendAsync(new BootLinode(id))).ToList();
        await Task.WhenAll(boots.Take(50));
        Assert.False(boots[50].IsCompleted);
        await time.DriveAsync(boots[50]);
        Assert.Equal([25, 25, 1], api.Requests.Select(request => request.Count));
    }

    [Fact]
    public async Task One_bad_call_does_not_hurt_the_others()
    {
        using var client = Client();
        var boots = new[] { 12, 13, 14 }.Select(id => client.SendAsync(new BootLinode(id))).ToList();
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => time.DriveAsync(boots[1]));
        Assert.Equal((ApiFailure.NotFound, "linode.boot"), (failure.Failure, failure.Problem.Where));
        Assert.Equal((12, 14), ((await boots[0]).JobId, (await boots[2]).JobId));
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task A_key_is_never_asked_for_in_a_batch()
    {
        using var client = Client();
        var boot = client.SendAsync(new BootLinode(1));
        await client.SendAsync(new GetApiKey("ann", new("Very-Secret-1")));
        Assert.Equal("user.getapikey", Assert.Single(Assert.Single(api.Requests)).Action);
        await time.DriveAsync(boot);
    }

    [Fact]
    public async Task Calls_with_different_keys_do_not_travel_together()
    {
        var keys = new Queue<string>(["first-key", "first-key", "other-key"]);
        using var client = new LinodeV3Client(FakeV3.On(api.Api, time) with { Key = () => new Sensitive(keys.Dequeue()) });
        var boots = Enumerable.Range(1, 3).Select(id => client.SendAsync(new BootLinode(id))).ToList();
        await time.DriveAsync(Task.WhenAll(boots));
        Assert.Equal(["first-key 2", "other-key 1"], api.Api.Seen.Select(
            request => $"{FakeV3.Form(request.Body)["api_key"]} {FakeV3.Read(request).Count}"));
    }

    [Fact]
    public async Task Who_gives_up_before_it_is_sent_leaves_at_once_and_is_left_out()
    {
        using var client = Client();
        using var stop = new CancellationTokenSource();
        var kept = Enumerable.Range(1, 2).Select(id => client.SendAsync(new BootLinode(id))).ToList();
        var left = client.SendAsync(new BootLinode(3), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await time.DriveAsync(Task.WhenAll(kept));
        Assert.Equal(["1", "2"], Assert.Single(api.Requests).Select(one => one["linodeid"]));
    }

    [Fact]
    public async Task Where_all_give_up_nothing_is_sent()
    {
        using var client = Client();
        using var stop = new CancellationTokenSource();
        var left = Enumerable.Range(1, 2).Select(id => client.SendAsync(new BootLinode(id), stop.Token)).ToList();
        await stop.CancelAsync();
        time.Advance(Window);
        foreach (var one in left)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        }

        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task A_change_on_its_way_is_seen_through_and_a_look_is_given_up()
    {
        var server = new OpenServer();
        using var client = new LinodeV3Client(FakeV3.On(server, time));
        using var stop = new CancellationTokenSource();
        var boot = client.SendAsync(new BootLinode(1), stop.Token);
        var list = client.SendAsync(new ListLinodes(), stop.Token);
        time.Advance(Window);
        await server.Arrived;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => list);
        Assert.False(boot.IsCompleted);
        server.Answer(FakeApi.Json($$"""[{{FakeV3.Fine("""{"JobID":8}""")}},{{FakeV3.Fine("[]")}}]"""));
        Assert.Equal(8, (await boot).JobId);
    }

    [Fact]
    public async Task Requests_keep_to_ten_a_second()
    {
        using var client = Client();
        var start = time.GetUtcNow();
        await time.DriveAsync(Task.WhenAll(Enumerable.Range(1001, 275).Select(id => client.SendAsync(new BootLinode(id)))));
        Assert.Equal(11, api.Requests.Count);
        Assert.Equal(TimeSpan.FromSeconds(1), time.GetUtcNow() - start);
        Assert.Equal((11, 1), (client.Counters.Calls, client.Counters.Waited));
    }

    [Fact]
    public async Task A_client_that_is_closed_leaves_nobody_waiting()
    {
        var client = Client();
        var boots = Enumerable.Range(1, 2).Select(id => client.SendAsync(new BootLinode(id))).ToList();
        client.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => time.DriveAsync(boots[0]));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => boots[1]);
        Assert.Empty(api.Requests);
    }

    private LinodeV3Client Client() => new(FakeV3.On(api.Api, time));

    /// <summary>Answers when the test says so.</summary>
    private sealed class OpenServer : HttpMessageHandler
    {
        private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<HttpResponseMessage> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Arrived => arrived.Task;

        public void Answer(HttpResponseMessage message) => answer.SetResult(message);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            arrived.SetResult();
            return answer.Task.WaitAsync(cancellationToken);
        }
    }
}
