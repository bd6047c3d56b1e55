using System.Collections.Concurrent;
using System.Diagnostics;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Tests.Support;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit.Tests.RabbitMq;

/// <summary>What happens while the server is away: these kill one of their own.</summary>
public sealed class RabbitMqLossTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private readonly RabbitMqServer server = RabbitMqServer.Own();

    [Fact]
    public async Task Where_the_server_is_killed_nothing_that_was_safe_is_lost_and_consumers_go_on()
    {
        await using var broker = RabbitMqServer.Open(server.Url);
        var states = new ConcurrentQueue<bool>();
        broker.Changed = state =>
        {
            if (states.LastOrDefault() != state.IsConnected) // else it is another reason
            {
                states.Enqueue(state.IsConnected);
            }
        };
        await using var taken = new Taken(broker, "lct.a", most: 50);
        var (safe, seen, failures) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<string, bool>(), 0);
        using var enough = new CancellationTokenSource();
        var publishing = Task.Run(async () =>
        {
            for (var n = 0; !enough.IsCancellationRequested; n++)
            {
                var texts = Enumerable.Range(0, 20).Select(of => $"{n} {of}").ToArray();
                try
                {
                    await broker.PublishAsync("lct.a", Taken.Messages(texts), default);
                    Array.ForEach(texts, safe.Enqueue);
                }
                catch (LinodeToolkitException thrown)
                {
                    Assert.True(thrown.Problem.Retryable, thrown.ToString());
                    failures++;
                }
            }
        });
        var taking = Task.Run(async () =>
        {
            while (!publishing.IsCompleted || safe.Any(text => !seen.ContainsKey(text)))
            {
                var delivery = await taken.NextAsync();
                seen[Taken.Text(delivery)] = true;
                await delivery.AckAsync();
            }
        });
        await RabbitMqServer.KeptAsync();
        for (var kill = 0; kill < 2; kill++)
        {
            var before = seen.Count;
            Assert.True(SpinWait.SpinUntil(() => seen.Count > before + 200 || publishing.IsCompleted, Soon));
            server.Restart();
            before = seen.Count;
            Assert.True(SpinWait.SpinUntil(() => seen.Count > before + 200 || publishing.IsCompleted, Soon));
        }

        await enough.CancelAsync();
        await publishing;
        await taking.WaitAsync(Soon);
        Assert.True(failures > 0, "it was killed while something was under way");
        Assert.DoesNotContain(safe, text => !seen.ContainsKey(text));
        Assert.Equal([true, false, true, false, true], states);
        Assert.True(broker.State.IsConnected);
    }

    [Fact]
    public async Task While_the_server_is_away_calls_fail_in_time_and_say_why()
    {
        await using var broker = RabbitMqServer.Open(server.Url, TimeSpan.FromSeconds(3));
        var told = new TaskCompletionSource<BrokerState>(TaskCreationOptions.RunContinuationsAsynchronously);
        await broker.PublishAsync("lct.a", Taken.Messages("x"), default);
        broker.Changed = state => told.TrySetResult(state);
        server.Kill();
        var lost = await told.Task.WaitAsync(Soon);
        Assert.False(lost.IsConnected);
        Assert.NotNull(lost.Why);
        var watch = Stopwatch.StartNew();
        var put = await Assert.ThrowsAsync<LinodeToolkitException>(() => broker.PublishAsync("lct.a", Taken.Messages("y"), default));
        var depth = await Assert.ThrowsAsync<LinodeToolkitException>(() => broker.DepthAsync("lct.a", default));
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(30));
        Assert.Equal(("LCT7152", true, "LCT7152"), (put.Problem.Code, put.Problem.Retryable, depth.Problem.Code));
        Assert.Contains("refused", put.Problem.Why);
    }

    [Fact]
    public async Task A_server_that_hangs_keeps_neither_a_call_nor_the_end()
    {
        // As long as a server that has only just come may need for its first answer.
        var broker = RabbitMqServer.Open(server.Url, TimeSpan.FromSeconds(6));
        var taken = new Taken(broker, "lct.a");
        await broker.PublishAsync("lct.a", Taken.Messages("x"), default);
        var delivery = await taken.NextAsync();
        server.Hang();
        var put = await Assert.ThrowsAsync<LinodeToolkitException>(() => broker.PublishAsync("lct.a", Taken.Messages("y"), default));
        Assert.Equal(("LCT7157", true), (put.Problem.Code, put.Problem.Retryable));
        var watch = Stopwatch.StartNew();
        await delivery.AckAsync();
        await broker.DisposeAsync();
        await taken.Consuming;
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task What_a_dead_channel_brought_is_settled_without_effect_and_comes_again()
    {
        await using var broker = RabbitMqServer.Open(server.Url);
        await using var taken = new Taken(broker, "lct.a");
        await broker.PublishAsync("lct.a", Taken.Messages("x"), default);
        var before = await taken.NextAsync();
        await RabbitMqServer.KeptAsync();
        server.Restart();
        var after = await taken.NextAsync();
        await before.RejectAsync();
        await before.AckAsync();
        Assert.Equal(("x", null), (Taken.Text(after), after.DeadFor));
        await after.ReturnAsync();
        Assert.Equal(["x"], await taken.AckedAsync(1));
    }

    public void Dispose() => server.Dispose();
}
