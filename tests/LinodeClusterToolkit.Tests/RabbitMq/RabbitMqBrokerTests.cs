using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.RabbitMq;
using LinodeClusterToolkit.Tests.Support;
using LinodeClusterToolkit.Work;
using RabbitMQ.Client;

namespace LinodeClusterToolkit.Tests.RabbitMq;

public sealed class RabbitMqBrokerTests : IAsyncLifetime
{
    private readonly string place = RabbitMqServer.NewPlace();
    private RabbitMqBroker broker = null!;

    public Task InitializeAsync()
    {
        broker = RabbitMqServer.Open(place, TimeSpan.FromSeconds(5));
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => broker.DisposeAsync().AsTask();

    [Fact]
    public async Task Brings_what_was_put_in_once_and_in_its_order()
    {
        var texts = Enumerable.Range(0, 2500).Select(n => $"{n}").ToArray();
        await broker.PublishAsync("lct.a", Taken.Messages(texts), default);
        Assert.Equal(2500, await broker.DepthAsync("lct.a", default));
        await using var taken = new Taken(broker, "lct.a");
        Assert.Equal(texts, await taken.AckedAsync(2500));
        await broker.PublishAsync("lct.a", Taken.Messages("last"), default);
        Assert.Equal(["last"], await taken.AckedAsync(1));
        Assert.Equal(0, await broker.DepthAsync("lct.a", default));
    }

    [Fact]
    public async Task Takes_from_many_at_once_for_many_queues()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(n =>
            broker.PublishAsync($"lct.q{n % 4}", Taken.Messages($"{n} first", $"{n} second"), default)));
        for (var queue = 0; queue < 4; queue++)
        {
            await using var taken = new Taken(broker, $"lct.q{queue}");
            var texts = await taken.AckedAsync(20);
            Assert.Equal(20, texts.Distinct().Count());
            Assert.All(texts.Where(text => text.EndsWith("first")), text =>
                Assert.True(texts.IndexOf(text) < texts.IndexOf(text.Replace("first", "second"))));
        }
    }

    [Fact]
    public async Task Hands_over_no_more_than_may_be_unsettled()
    {
        await broker.PublishAsync("lct.a", Taken.Messages(Enumerable.Range(0, 10).Select(n => $"{n}")), default);
        await using var taken = new Taken(broker, "lct.a", most: 3);
        var held = new List<IWorkDelivery> { await taken.NextAsync(), await taken.NextAsync(), await taken.NextAsync() };
        Assert.Equal((0, 7), (taken.Count, await broker.DepthAsync("lct.a", default)));
        await held[1].AckAsync();
        Assert.Equal("3", Taken.Text(await taken.NextAsync()));
        Assert.Equal((0, 6), (taken.Count, await broker.DepthAsync("lct.a", default)));
    }

    [Fact]
    public async Task What_is_returned_comes_again_and_tells_how_often_it_did()
    {
        await broker.PublishAsync("lct.a", Taken.Messages("x"), default);
        await using var taken = new Taken(broker, "lct.a");
        for (var time = 0; time < 3; time++)
        {
            var delivery = await taken.NextAsync();
            Assert.Equal(("x", time, (string?)null), (Taken.Text(delivery), delivery.Returned, delivery.DeadFor));
            await delivery.ReturnAsync();
        }
    }

    [Fact]
    public async Task The_21st_delivery_that_comes_back_is_dead_and_kept_with_the_reason()
    {
        await broker.PublishAsync("lct.a", Taken.Messages("x"), default);
        await using var taken = new Taken(broker, "lct.a");
        for (var time = 0; time < 21; time++)
        {
            await (await taken.NextAsync()).ReturnAsync();
        }

        await using var dead = new Taken(broker, WorkQueues.Dead);
        for (var time = 0; time < 30; time++) // of the dead none goes astray
        {
            var delivery = await dead.NextAsync();
            Assert.Equal(("x", "delivery_limit"), (Taken.Text(delivery), delivery.DeadFor));
            await delivery.ReturnAsync();
        }

        Assert.Equal(0, taken.Count);
    }

    [Fact]
    public async Task What_is_rejected_is_dead_at_once()
    {
        await broker.PublishAsync("lct.a", Taken.Messages("x"), default);
        await using var taken = new Taken(broker, "lct.a");
        await (await taken.NextAsync()).RejectAsync();
        await using var dead = new Taken(broker, WorkQueues.Dead);
        var delivery = await dead.NextAsync();
        Assert.Equal(("x", "rejected", 0), (Taken.Text(delivery), delivery.DeadFor, delivery.Returned));
    }

    [Fact]
    public async Task Settling_twice_does_no_harm()
    {
        await broker.PublishAsync("lct.a", Taken.Messages("x", "y"), default);
        await using var taken = new Taken(broker, "lct.a");
        var delivery = await taken.NextAsync();
        await delivery.AckAsync();
        await delivery.AckAsync();
        await delivery.RejectAsync();
        Assert.Equal(["y"], await taken.AckedAsync(1));
        Assert.Equal(0, await broker.DepthAsync(WorkQueues.Dead, default));
    }

    [Fact]
    public async Task Where_a_consumer_ended_what_it_has_can_still_be_settled_and_others_get_the_rest()
    {
        await broker.PublishAsync("lct.a", Taken.Messages("x", "y", "z"), default);
        await using var taken = new Taken(broker, "lct.a", most: 2);
        var (first, second) = (await taken.NextAsync(), await taken.NextAsync());
        await taken.StopAsync();
        await first.AckAsync();
        await using var other = new Taken(broker, "lct.a");
        Assert.Equal(["z"], await other.AckedAsync(1));
        await second.ReturnAsync();
        Assert.Equal(["y"], await other.AckedAsync(1));
        Assert.Equal(0, taken.Count);
    }

    [Fact]
    public async Task What_was_not_settled_comes_again_where_its_consumer_is_gone()
    {
        await broker.PublishAsync("lct.a", Taken.Messages("x"), default);
        await using (var gone = RabbitMqServer.Open(place))
        {
            var taken = new Taken(gone, "lct.a");
            await taken.NextAsync();
        }

        await using var other = new Taken(broker, "lct.a");
        var delivery = await other.NextAsync();
        Assert.Equal(("x", 1), (Taken.Text(delivery), delivery.Returned));
    }

    [Fact]
    public async Task A_queue_that_was_deleted_is_made_again()
    {
        await using var taken = new Taken(broker, "lct.a");
        await broker.PublishAsync("lct.a", Taken.Messages("x"), default);
        Assert.Equal(["x"], await taken.AckedAsync(1));
        await OnChannelAsync(channel => channel.QueueDeleteAsync("lct.a"));

        // Meanwhile a publisher may be told that there is none; then it makes it itself. What went down with the old one is gone.
        var first = await Record.ExceptionAsync(() => broker.PublishAsync("lct.a", Taken.Messages("y"), default));
        Assert.True(first is null or LinodeToolkitException { Problem: { Code: "LCT7157", Retryable: true } }, $"{first}");
        await broker.PublishAsync("lct.a", Taken.Messages("z"), default);
        while ((await taken.AckedAsync(1))[0] != "z")
        {
        }
    }

    [Fact]
    public async Task Says_that_a_queue_is_another_kind()
    {
        await OnChannelAsync(channel => channel.QueueDeclareAsync("lct.a", durable: true, exclusive: false, autoDelete: false));

        var put = await Assert.ThrowsAsync<LinodeToolkitException>(() => broker.PublishAsync("lct.a", Taken.Messages("x"), default));
        var got = await Assert.ThrowsAsync<LinodeToolkitException>(() => broker.ConsumeAsync("lct.a", 1, _ => { }, default));
        Assert.Equal(("LCT7156", "LCT7156", false), (put.Problem.Code, got.Problem.Code, put.Problem.Retryable));
        await broker.PublishAsync("lct.b", Taken.Messages("x"), default);
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_empty() => Assert.Equal(0, await broker.DepthAsync("lct.none", default));

    [Fact]
    public async Task Nothing_to_put_in_needs_no_server()
    {
        await using var nowhere = RabbitMqServer.Open("amqp://127.0.0.1:1");
        await nowhere.PublishAsync("lct.a", [], default);
    }

    private async Task OnChannelAsync(Func<IChannel, Task> work)
    {
        await using var connection = await RabbitMqFactory.Of(RabbitMqAddress.Parse(place), null, "test").CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await work(channel);
    }
}
