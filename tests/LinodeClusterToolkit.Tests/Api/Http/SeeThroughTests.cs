using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Tests.Api.V4;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.Http;

public sealed class SeeThroughTests
{
    private readonly ManualTime time = new();
    private readonly OpenAnswer api = new();

    [Fact]
    public async Task A_create_on_its_way_is_awaited_though_the_caller_wants_to_stop()
    {
        using var client = new LinodeV4Client(Clouds.On(api, time));
        using var stop = new CancellationTokenSource();
        var create = client.SendAsync(new CreateVolume(new VolumeBody("data", 20, "us-east")), stop.Token);
        await api.Arrived;

        await stop.CancelAsync();
        Assert.False(create.IsCompleted);
        api.Answer(FakeApi.Json("""{ "id": 7, "label": "data", "status": "creating", "size": 20 }"""));

        Assert.Equal(7, (await create).Id);
    }

    [Fact]
    public async Task A_create_that_is_not_answered_in_thirty_seconds_is_lost_though_the_caller_wanted_to_stop()
    {
        using var client = new LinodeV4Client(Clouds.On(api, time));
        using var stop = new CancellationTokenSource();
        var create = client.SendAsync(new CreateVolume(new VolumeBody("data", 20, "us-east")), stop.Token);
        await api.Arrived;
        await stop.CancelAsync();

        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(ApiFailure.AnswerLost, (await Assert.ThrowsAsync<LinodeApiException>(() => create)).Failure);
    }

    [Fact]
    public async Task A_look_on_its_way_is_given_up_at_once()
    {
        using var client = new LinodeV4Client(Clouds.On(api, time));
        using var stop = new CancellationTokenSource();
        var look = client.SendAsync(new GetVolume(7), stop.Token);
        await api.Arrived;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => look);
    }

    [Fact]
    public async Task A_create_that_was_not_sent_yet_never_is()
    {
        using var client = new LinodeV4Client(Clouds.On(api, time));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.SendAsync(new CreateVolume(new VolumeBody("data", 20, "us-east")), new CancellationToken(canceled: true)));

        Assert.False(api.Arrived.IsCompleted);
    }

    /// <summary>Answers when the test says so.</summary>
    private sealed class OpenAnswer : HttpMessageHandler
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
