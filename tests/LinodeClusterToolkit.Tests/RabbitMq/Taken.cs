using System.Text;
using System.Threading.Channels;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit.Tests.RabbitMq;

/// <summary>What a consumer was handed.</summary>
internal sealed class Taken : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Channel<IWorkDelivery> deliveries = Channel.CreateUnbounded<IWorkDelivery>();
    private readonly CancellationTokenSource stop = new();

    public Taken(IWorkBroker broker, string queue, int most = 100) =>
        Consuming = broker.ConsumeAsync(queue, most, delivery => deliveries.Writer.TryWrite(delivery), stop.Token);

    /// <summary>Ends with the consumer.</summary>
    public Task Consuming { get; }

    /// <summary>How many were handed over and not asked for here.</summary>
    public int Count => deliveries.Reader.Count;

    public static string Text(IWorkDelivery delivery) => Encoding.UTF8.GetString(delivery.Body.Span);

    public static ReadOnlyMemory<byte>[] Messages(params IEnumerable<string> texts) =>
        [.. texts.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))];

    public async Task<IWorkDelivery> NextAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        return await deliveries.Reader.ReadAsync(late.Token);
    }

    /// <summary>The texts of the next ones, which are dealt with.</summary>
    public async Task<List<string>> AckedAsync(int count)
    {
        var texts = new List<string>();
        while (texts.Count < count)
        {
            var delivery = await NextAsync();
            texts.Add(Text(delivery));
            await delivery.AckAsync();
        }

        return texts;
    }

    public Task StopAsync()
    {
        stop.Cancel();
        return Consuming.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
